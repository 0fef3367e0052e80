import { CommandBatch, type OutboxDraft } from '@ziv/event-store'
import type { Queryable, Transaction } from '@ziv/postgres'
import type { HolderDays, RightDecision, RightPeriod } from '../domain/decision.ts'
import { entitlementStream } from '../domain/entitlement.ts'
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
import { insurabilityMessages } from '../integration/insurability-message.ts'
import {
  copyEntitlementLines,
  type EntitlementLines,
  entitlementLines,
  loadHolderDays,
  loadPeriods,
} from '../projections/entitlements.ts'
import { loadDossiers } from '../projections/persons.ts'
import type { DecisionContext } from '../reactors/decision-context.ts'
import { type EstablishRequest, entitlementHandling } from '../reactors/entitlements.ts'
import { causeFrom } from '../reactors/establish.ts'

export interface Outcomes {
  readonly granted: number
  readonly refused: number
}

/** What is stored of one renewed person; nothing else is kept until the chunk is. */
export interface Renewal {
  readonly request: EstablishRequest
  readonly lines: EntitlementLines
  readonly outcomes: Outcomes
}

interface Sorted {
  readonly alone: readonly { readonly dossier: Dossier; readonly way: YearAlone }[]
  readonly others: Dossier[]
}

/** Renewals of whose year stands alone, and those for whom only the whole fold tells. */
interface Decided {
  readonly renewals: readonly Renewal[]
  readonly others: readonly Dossier[]
}

/**
 * The fast way of a renewal: whose year stands alone gets its decisions added to what stands. Nothing decided before is read
 * but the days in order. Writes nothing.
 */
export async function decideAlone(
  q: Queryable,
  context: DecisionContext,
  dossiers: readonly Dossier[],
  year: number,
): Promise<Decided> {
  const { alone, others } = sorted(dossiers, context, year)
  const holders = await holderDays(q, context, alone, year)
  const known = await loadPeriods(
    q,
    alone.map(({ dossier }) => dossier.personId),
  )
  const renewals: Renewal[] = []
  for (const { dossier, way } of alone) {
    const before = known.get(dossier.personId) ?? []
    const follows = way.follows === null ? [] : (holders.get(way.follows.holderPersonId) ?? [])
    const decisions = hasDaysFrom(before, year) ? null : addedInYear(dossier, way, follows, year, context.rules)
    if (decisions === null) others.push(dossier)
    else if (decisions.length > 0) renewals.push(renewalOf(dossier, decisions, before, context, year))
  }
  return { renewals, others }
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
  q: Queryable,
  { rules }: DecisionContext,
  alone: Sorted['alone'],
  year: number,
): Promise<ReadonlyMap<string, readonly HolderDays[]>> {
  const ids = new Set<string>()
  for (const { way } of alone) if (way.follows !== null) ids.add(way.follows.holderPersonId)
  const stored = await loadHolderDays(q, [...ids], holderDaysFrom(year))
  const days = new Map<string, readonly HolderDays[]>()
  const mixed: string[] = []
  for (const [id, found] of stored) {
    if (found === null) mixed.push(id)
    else days.set(id, found)
  }
  for (const [id, dossier] of await loadDossiers(q, mixed)) days.set(id, ownDaysReaching(dossier, year, rules))
  return days
}

/** Renewals as changes of the streams they open; what they share is known once the batch is prepared. */
export function batchOf(context: DecisionContext, renewals: readonly Renewal[]) {
  const batch = new CommandBatch(context.store, entitlementHandling(context))
  batch.openNew(renewals.map(({ request }) => request.streamId))
  for (const { request } of renewals) batch.decide(request)
  return batch
}

/**
 * Stores renewals: each opens the stream of its year, so nothing is read back and everything is written by COPY. Throws
 * `WrongExpectedVersion` when a stream exists already: the whole fold reads what stands.
 */
export async function storeRenewals(
  tx: Transaction,
  context: DecisionContext,
  renewals: readonly Renewal[],
): Promise<Outcomes> {
  const outcomes = { granted: 0, refused: 0 }
  if (renewals.length === 0) return outcomes
  await batchOf(context, renewals).store(tx)
  await copyEntitlementLines(
    tx,
    renewals.map(({ lines }) => lines),
  )
  for (const { granted, refused } of renewals.map((renewal) => renewal.outcomes)) {
    outcomes.granted += granted
    outcomes.refused += refused
  }
  return outcomes
}

/** The new decisions and days of a person as they are stored. */
function renewalOf(
  dossier: Dossier,
  decisions: readonly RightDecision[],
  known: readonly RightPeriod[],
  context: DecisionContext,
  year: number,
): Renewal {
  const { personId } = dossier
  const periods = periodsOf(dossier, decisions)
  const granted = decisions.filter(({ outcome }) => outcome === 'granted').length
  return {
    request: {
      streamId: entitlementStream(personId, year),
      command: { personId, desired: decisions, because: [] },
      commandId: 'establish',
      facts: { messages: messagesOf(dossier, periods, known, context) },
      metadata: context.metadata,
    },
    lines: entitlementLines({ personId, decisions, periods }),
    outcomes: { granted, refused: decisions.length - granted },
  }
}

/** Nobody is told when no day came. */
function messagesOf(
  dossier: Dossier,
  periods: readonly RightPeriod[],
  known: readonly RightPeriod[],
  context: DecisionContext,
): OutboxDraft[] {
  const [first] = periods
  if (first === undefined) return []
  const all = known.length === 0 ? periods : [...known, ...periods]
  const change = { dossier, periods: all, changedFrom: first.from, cause: causeFrom(known, 'renewal') }
  return insurabilityMessages(change, context)
}
