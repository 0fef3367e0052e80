import type { LoadedStream, StreamAppend } from '@ziv/event-store'
import { foldEvents, uuidV5, yearOf } from '@ziv/kernel'
import type { Transaction } from '@ziv/postgres'
import type { RightDecision, RightPeriod, Timeline } from '../domain/decision.ts'
import type { EntitlementEvent } from '../domain/entitlement.events.ts'
import { entitlement, entitlementStream } from '../domain/entitlement.ts'
import type { Dossier } from '../domain/facts.ts'
import { firstDifference } from '../domain/periods.ts'
import { type ChangeCause, insurabilityMessage } from '../integration/insurability-message.ts'
import type { Bases } from './bases.ts'
import type { DecisionContext } from './context.ts'

/** A person whose stored decisions or days are no longer those the facts lead to. */
export interface Revision {
  readonly dossier: Dossier
  readonly timeline: Timeline
  readonly cause: ChangeCause
  /** Events of other services that brought the change. */
  readonly because: readonly string[]
  /** Standing decisions, id -> year, and the days in order, as stored. */
  readonly decisionsBefore: ReadonlyMap<string, number>
  readonly periodsBefore: readonly RightPeriod[]
}

/** Years in which the standing decisions and the wanted ones are not the same. */
function changedYears({ decisionsBefore, timeline }: Revision): readonly number[] {
  const wanted = new Set(timeline.decisions.map(({ decisionId }) => decisionId))
  const years = new Set<number>()
  for (const [id, year] of decisionsBefore) if (!wanted.has(id)) years.add(year)
  for (const { decisionId, year } of timeline.decisions) if (!decisionsBefore.has(decisionId)) years.add(year)
  return [...years].sort((a, b) => a - b)
}

/** What the revisions append: one stream per person and changed year, all read in one query, one message per person. */
export async function appendsFor(
  tx: Transaction,
  context: DecisionContext,
  revisions: readonly Revision[],
): Promise<StreamAppend[]> {
  const plans = revisions.map((revision) => {
    const years = changedYears(revision)
    // the days changed though no decision did (another ziekenfonds, a death): the year of the first decision carries it
    const first = revision.timeline.decisions[0]?.year ?? yearOf(context.today)
    return { revision, years: years.length === 0 ? [first] : years }
  })
  const streams = await context.store.loadMany(
    tx,
    plans.flatMap(({ revision, years }) => years.map((year) => entitlementStream(revision.dossier.personId, year))),
  )
  return plans.flatMap(({ revision, years }) => {
    const { dossier, timeline, periodsBefore, cause } = revision
    const changedFrom = firstDifference(periodsBefore, timeline.periods)
    const message =
      changedFrom === null ? null : insurabilityMessage({ dossier, ...timeline, changedFrom, cause }, context)
    return years.map((year, index): StreamAppend => {
      const loaded = streams.get(entitlementStream(dossier.personId, year)) as LoadedStream
      const last = index === years.length - 1
      return {
        streamId: loaded.streamId,
        expected: loaded.head,
        events: eventsOf(revision, year, changedFrom, loaded, context.bases),
        recordedAt: context.recordedAt,
        metadata: context.metadata,
        ...(last && message !== null ? { outbox: [message] } : {}),
      }
    })
  })
}

function eventsOf(
  { dossier: { personId }, timeline, because }: Revision,
  year: number,
  daysChangedFrom: string | null,
  { events, head }: LoadedStream,
  bases: Bases,
): StreamAppend['events'] {
  const past = events.map(pastEvent)
  const desired = timeline.decisions.filter((decision) => decision.year === year)
  const command = { personId, desired, because, ...(daysChangedFrom === null ? {} : { daysChangedFrom }) }
  const decision = entitlement.decide(command, foldEvents(entitlement, past), undefined)
  if (!decision.ok) throw new Error(`establishing rights cannot be refused: ${decision.rejection.code}`)
  return decision.events.map((event, offset) => toNewEvent(event, head.version + offset + 1, bases))
}

/** An event as the fold needs it: a decision is its own event id, and of what it says no more is asked here. */
const pastEvent = ({ type, eventId, data }: LoadedStream['events'][number]): EntitlementEvent =>
  ({ type, version: 1, data: type === 'RightDecided' ? { decisionId: eventId } : data }) as unknown as EntitlementEvent

/** Withdrawals and reinstatements are numbered by their place in the stream. */
function toNewEvent(event: EntitlementEvent, version: number, bases: Bases): StreamAppend['events'][number] {
  if (event.type === 'RightDecided') {
    const { personId: _inTheStreamId, ...decision } = event.data
    return newDecision(decision, bases)
  }
  const { personId } = event.data
  const what = 'decisionId' in event.data ? event.data.decisionId : event.data.changedFrom
  return {
    eventId: uuidV5(`${personId}/${event.type}/${version}/${what}`),
    type: event.type,
    schemaVersion: event.version,
    data: event.data,
  }
}

/** The event that records a decision: the person is in the name of the stream. */
export const newDecision = (decision: RightDecision, bases: Bases): StreamAppend['events'][number] => ({
  eventId: decision.decisionId,
  type: 'RightDecided',
  schemaVersion: 1,
  data: bases.stored(decision),
})
