import { insurabilityChanged } from '@ziv/contracts'
import type { EventMetadata, EventStore, OutboxDraft, StreamAppend } from '@ziv/event-store'
import { type Instant, type IsoDate, uuidV5, yearOf } from '@ziv/kernel'
import { draft } from '@ziv/messaging'
import type { Transaction } from '@ziv/postgres'
import type { RightDecision, RightPeriod, Timeline } from '../domain/decision.ts'
import type { EntitlementEvent } from '../domain/entitlement.events.ts'
import { entitlement, entitlementStream } from '../domain/entitlement.ts'
import type { Dossier } from '../domain/facts.ts'
import type { EntitlementRules } from '../domain/rules.ts'
import { firstDifference, timelineOf } from '../domain/timeline.ts'
import { loadDecisionIds, loadPeriods, replaceEntitlements, savePersons } from '../projections/persons.ts'

export type ChangeCause = 'opening' | 'renewal' | 'correction' | 'capacityChange' | 'death' | 'affiliationChange'

export interface DecisionContext {
  readonly store: EventStore
  readonly rules: EntitlementRules
  readonly today: IsoDate
  readonly recordedAt: Instant
  readonly metadata: EventMetadata
}

interface Revised {
  readonly dossier: Dossier
  readonly timeline: Timeline
  readonly cause: ChangeCause
}

/** What holders' periods look like to their dependants: freshly decided when they are in the batch, as stored otherwise. */
async function holdersOf(
  tx: Transaction,
  dossiers: readonly Dossier[],
  fresh: ReadonlyMap<string, Timeline>,
): Promise<ReadonlyMap<string, Timeline>> {
  const wanted = new Set<string>()
  for (const { capacities } of dossiers) {
    for (const { holderPersonId } of capacities) {
      if (holderPersonId !== null && !fresh.has(holderPersonId)) wanted.add(holderPersonId)
    }
  }
  if (wanted.size === 0) return fresh
  const stored = await loadPeriods(tx, [...wanted])
  const holders = new Map(fresh)
  for (const [id, periods] of stored) holders.set(id, { decisions: [], periods })
  return holders
}

/** Timelines of many persons; holders first, then those who depend on them. */
export async function timelinesOf(
  tx: Transaction,
  dossiers: ReadonlyMap<string, Dossier>,
  context: Pick<DecisionContext, 'rules' | 'today'>,
): Promise<ReadonlyMap<string, Timeline>> {
  const decidedThrough = yearOf(context.today)
  const timelines = new Map<string, Timeline>()
  const dependants: Dossier[] = []
  for (const dossier of dossiers.values()) {
    if (dossier.capacities.some((spell) => spell.holderPersonId !== null)) dependants.push(dossier)
    else
      timelines.set(dossier.personId, timelineOf(dossier, { rules: context.rules, decidedThrough, holders: new Map() }))
  }
  // a holder can be somebody's dependant as well (a spouse with an own right): own rights first for everybody
  for (const dossier of dependants) {
    timelines.set(dossier.personId, timelineOf(dossier, { rules: context.rules, decidedThrough, holders: new Map() }))
  }
  const holders = await holdersOf(tx, dependants, timelines)
  for (const dossier of dependants) {
    timelines.set(dossier.personId, timelineOf(dossier, { rules: context.rules, decidedThrough, holders }))
  }
  return timelines
}

const sameIds = (before: ReadonlyMap<string, number>, after: readonly RightDecision[]): boolean =>
  before.size === after.length && after.every(({ decisionId }) => before.has(decisionId))

/** Years in which the standing decisions and the wanted ones are not the same. */
function changedYears(before: ReadonlyMap<string, number>, after: readonly RightDecision[]): readonly number[] {
  const wanted = new Set(after.map(({ decisionId }) => decisionId))
  const years = new Set<number>()
  for (const [id, year] of before) if (!wanted.has(id)) years.add(year)
  for (const { decisionId, year } of after) if (!before.has(decisionId)) years.add(year)
  return [...years].sort()
}

/**
 * Brings stored decisions in line with the facts: appends what changed to the streams of the years concerned, replaces the
 * days in order and publishes the new timeline of each person whose answer changed. Persons are locked by the caller.
 */
export async function establish(
  tx: Transaction,
  context: DecisionContext,
  dossiers: ReadonlyMap<string, Dossier>,
  causeOf: (personId: string) => ChangeCause,
): Promise<readonly string[]> {
  const ids = [...dossiers.keys()]
  const timelines = await timelinesOf(tx, dossiers, context)
  const [standing, periods] = [await loadDecisionIds(tx, ids), await loadPeriods(tx, ids)]
  const revised: Revised[] = []
  for (const id of ids) {
    const timeline = timelines.get(id) as Timeline
    const changed = !sameIds(standing.get(id) ?? new Map(), timeline.decisions)
    const cause = (periods.get(id)?.length ?? 0) === 0 ? 'opening' : causeOf(id)
    if (changed || firstDifference(periods.get(id) ?? [], timeline.periods) !== null) {
      revised.push({ dossier: dossiers.get(id) as Dossier, timeline, cause })
    }
  }
  await savePersons(
    tx,
    [...dossiers.values()].map((dossier) => ({ dossier, decidedThrough: yearOf(context.today) })),
  )
  if (revised.length === 0) return []
  const appends = await appendsFor(tx, context, revised, standing, periods)
  await context.store.appendMany(tx, appends)
  await replaceEntitlements(
    tx,
    revised.map(({ dossier, timeline }) => ({ personId: dossier.personId, ...timeline })),
  )
  return revised.map(({ dossier }) => dossier.personId)
}

async function appendsFor(
  tx: Transaction,
  context: DecisionContext,
  revised: readonly Revised[],
  standing: ReadonlyMap<string, ReadonlyMap<string, number>>,
  before: ReadonlyMap<string, readonly RightPeriod[]>,
): Promise<StreamAppend[]> {
  const plans = revised.map((entry) => {
    const personId = entry.dossier.personId
    const years = changedYears(standing.get(personId) ?? new Map(), entry.timeline.decisions)
    // the days changed though no decision did (another ziekenfonds, a death): the year of the first decision carries the message
    const first = entry.timeline.decisions[0]?.year ?? yearOf(context.today)
    return { ...entry, personId, years: years.length === 0 ? [first] : years }
  })
  const streams = await context.store.loadMany(
    tx,
    plans.flatMap(({ personId, years }) => years.map((year) => entitlementStream(personId, year))),
  )
  const appends: StreamAppend[] = []
  for (const plan of plans) {
    const message = publicMessage(plan, before.get(plan.personId) ?? [], context)
    plan.years.forEach((year, index) => {
      const streamId = entitlementStream(plan.personId, year)
      const loaded = streams.get(streamId)
      if (loaded === undefined) throw new Error(`the store did not answer for stream ${streamId}`)
      const state = loaded.events.reduce(
        (folded, event) =>
          entitlement.evolve(folded, { type: event.type, version: 1, data: event.data } as unknown as EntitlementEvent),
        entitlement.initialState(),
      )
      const desired = plan.timeline.decisions.filter((decision) => decision.year === year)
      const daysChangedFrom = firstDifference(before.get(plan.personId) ?? [], plan.timeline.periods)
      const decision = entitlement.decide(
        { personId: plan.personId, desired, ...(daysChangedFrom === null ? {} : { daysChangedFrom }) },
        state,
        undefined,
      )
      if (!decision.ok) throw new Error(`establishing rights cannot be refused: ${decision.rejection.code}`)
      appends.push({
        streamId,
        expected: loaded.head,
        events: decision.events.map((event, offset) => toNewEvent(event, loaded.head.version + offset + 1)),
        recordedAt: context.recordedAt,
        metadata: context.metadata,
        ...(index === plan.years.length - 1 && message !== null ? { outbox: [message] } : {}),
      })
    })
  }
  return appends
}

/** A decision is its own event id; withdrawals and reinstatements are numbered by their place in the stream. */
export function toNewEvent(event: EntitlementEvent, version: number): StreamAppend['events'][number] {
  return {
    eventId:
      event.type === 'RightDecided'
        ? event.data.decisionId
        : uuidV5(
            `${event.data.personId}/${event.type}/${version}/${'decisionId' in event.data ? event.data.decisionId : event.data.changedFrom}`,
          ),
    type: event.type,
    schemaVersion: event.version,
    data: event.data as never,
  }
}

/** The state-carried message of a person, or null when nobody insures the person (yet). */
export function publicMessage(
  plan: { readonly dossier: Dossier; readonly timeline: Timeline; readonly cause: ChangeCause },
  before: readonly RightPeriod[],
  context: DecisionContext,
): OutboxDraft | null {
  const { dossier, timeline } = plan
  const affiliation = dossier.affiliations.at(-1)
  const changedFrom = firstDifference(before, timeline.periods)
  if (affiliation === undefined || changedFrom === null) return null
  return draft(insurabilityChanged, {
    key: dossier.personId,
    insurer: affiliation.insurer,
    ziekenfonds: affiliation.ziekenfonds,
    recordedAt: context.recordedAt,
    actor: context.metadata.actor,
    correlationId: context.metadata.correlationId,
    ...(context.metadata.causationId === undefined ? {} : { causationId: context.metadata.causationId }),
    source: 'rights',
    data: {
      personId: dossier.personId,
      insurer: affiliation.insurer as never,
      ziekenfonds: affiliation.ziekenfonds,
      periods: timeline.periods as never,
      changedFrom,
      cause: plan.cause,
    },
  })
}
