import { GENESIS_HASH, type StreamAppend } from '@ziv/event-store'
import type { Transaction } from '@ziv/postgres'
import type { HolderDays, RightPeriod } from '../domain/decision.ts'
import { decided, entitlementStream } from '../domain/entitlement.ts'
import type { Dossier } from '../domain/facts.ts'
import { periodsOf } from '../domain/periods.ts'
import {
  addedInYear,
  hasDaysFrom,
  holderDaysFrom,
  ownDaysReaching,
  type YearAlone,
  yearAlone,
} from '../domain/renewal.ts'
import { insurabilityMessage } from '../integration/insurability-message.ts'
import { copyEntitlements, type Entitlement, loadHolderDays, loadPeriods } from '../projections/entitlements.ts'
import { loadDossiers } from '../projections/persons.ts'
import { toNewEvent } from './appends.ts'
import type { DecisionContext } from './context.ts'
import { causeFrom } from './establish.ts'

/** Somebody already has a stream for the year: the whole fold reads what stands. */
export class YearHasDecisions extends Error {}

export interface Outcomes {
  readonly granted: number
  readonly refused: number
}

interface Renewal extends Entitlement {
  readonly dossier: Dossier
  /** The days in order before the renewal. */
  readonly known: readonly RightPeriod[]
}

interface Sorted {
  readonly alone: readonly { readonly dossier: Dossier; readonly way: YearAlone }[]
  readonly others: readonly Dossier[]
}

/**
 * The fast way of a renewal: whose year stands alone gets its decisions added to what stands. Nothing decided before is read
 * but the days in order, every renewal opens the stream of its year, and everything is written by COPY. Answers with those
 * for whom only the whole fold tells; throws `YearHasDecisions` or `WrongExpectedVersion` when a stream exists already.
 */
export async function renewAlone(
  tx: Transaction,
  context: DecisionContext,
  dossiers: readonly Dossier[],
  year: number,
): Promise<Outcomes & { readonly others: readonly Dossier[] }> {
  const { alone, others } = sorted(dossiers, context, year)
  const holders = await holderDays(tx, context, alone, year)
  const known = await loadPeriods(
    tx,
    alone.map(({ dossier }) => dossier.personId),
  )
  const renewals: Renewal[] = []
  const outcomes = { granted: 0, refused: 0, others: [...others] }
  for (const { dossier, way } of alone) {
    const { personId } = dossier
    const before = known.get(personId) ?? []
    const follows = way.follows === null ? [] : (holders.get(way.follows.holderPersonId) ?? [])
    const decisions = hasDaysFrom(before, year) ? null : addedInYear(dossier, way, follows, year, context.rules)
    if (decisions === null) outcomes.others.push(dossier)
    else if (decisions.length > 0) {
      for (const { outcome } of decisions) outcomes[outcome] += 1
      renewals.push({ personId, dossier, decisions, periods: periodsOf(dossier, decisions), known: before })
    }
  }
  await store(tx, context, renewals, year)
  return outcomes
}

function sorted(dossiers: readonly Dossier[], { rules }: DecisionContext, year: number): Sorted {
  const alone: { dossier: Dossier; way: YearAlone }[] = []
  const others: Dossier[] = []
  for (const dossier of dossiers) {
    const way = yearAlone(dossier, year, rules)
    if (way === null) others.push(dossier)
    else alone.push({ dossier, way })
  }
  return { alone, others }
}

/** The days of the holders who are followed; those of a holder who is a dependant too are decided again, from the dossier. */
async function holderDays(
  tx: Transaction,
  { rules }: DecisionContext,
  alone: Sorted['alone'],
  year: number,
): Promise<ReadonlyMap<string, readonly HolderDays[]>> {
  const ids = new Set<string>()
  for (const { way } of alone) if (way.follows !== null) ids.add(way.follows.holderPersonId)
  const stored = await loadHolderDays(tx, [...ids], holderDaysFrom(year))
  const days = new Map<string, readonly HolderDays[]>()
  const mixed: string[] = []
  for (const [id, found] of stored) {
    if (found === null) mixed.push(id)
    else days.set(id, found)
  }
  for (const [id, dossier] of await loadDossiers(tx, mixed)) days.set(id, ownDaysReaching(dossier, year, rules))
  return days
}

async function store(
  tx: Transaction,
  context: DecisionContext,
  renewals: readonly Renewal[],
  year: number,
): Promise<void> {
  if (renewals.length === 0) return
  const appends = renewals.map((renewal) => appendOf(renewal, context, year))
  const appended = await context.store.appendMany(tx, appends)
  if (appended.some(({ repeated }) => repeated)) throw new YearHasDecisions()
  await copyEntitlements(tx, renewals)
}

function appendOf({ personId, dossier, decisions, periods, known }: Renewal, context: DecisionContext, year: number) {
  const [first] = periods
  const change = first && {
    ...{ dossier, periods: known.length === 0 ? periods : [...known, ...periods] },
    ...{ changedFrom: first.from, cause: causeFrom(known, 'renewal') },
  }
  const message = change === undefined ? null : insurabilityMessage(change, context)
  return {
    streamId: entitlementStream(personId, year),
    expected: { version: 0, hash: GENESIS_HASH },
    events: decisions.map((decision, index) => toNewEvent(decided(personId, decision), index + 1)),
    recordedAt: context.recordedAt,
    metadata: context.metadata,
    ...(message === null ? {} : { outbox: [message] }),
  } satisfies StreamAppend
}
