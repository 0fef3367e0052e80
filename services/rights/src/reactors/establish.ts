import { handleCommands } from '@ziv/event-store'
import { yearOf } from '@ziv/kernel'
import type { Transaction } from '@ziv/postgres'
import type { RightDecision, RightPeriod, Timeline } from '../domain/decision.ts'
import type { Dossier } from '../domain/facts.ts'
import { firstDifference } from '../domain/periods.ts'
import { holdersOf, timelineWithHolders } from '../domain/timeline.ts'
import type { ChangeCause } from '../integration/insurability-message.ts'
import { loadDecisionIds, loadPeriods, replaceEntitlements } from '../projections/entitlements.ts'
import { loadDependants, loadDossiers, lockPersons, savePersons } from '../projections/persons.ts'
import type { DecisionContext } from './decision-context.ts'
import { entitlementHandling } from './entitlements.ts'
import { type Revision, requestsFor } from './revisions.ts'

/** Why persons are decided again: the cause told to others, and the events that brought it. */
export interface Trigger {
  readonly cause: ChangeCause
  readonly because: readonly string[]
}
type TriggerOf = (personId: string) => Trigger

/**
 * How the holders of the persons are read who are not among them. `lock`, also those not known yet: a holder and a dependant
 * who change at the same moment then wait for one another, and neither misses what the other was told. `read` is enough
 * where the person's own facts are not new: whoever changes the holder has to lock the known dependants too.
 */
type Holders = 'lock' | 'read'

/** Timelines of many persons. */
async function timelinesOf(
  tx: Transaction,
  dossiers: ReadonlyMap<string, Dossier>,
  context: DecisionContext,
  how: Holders,
): Promise<ReadonlyMap<string, Timeline>> {
  const missing = new Set<string>()
  for (const dossier of dossiers.values()) {
    for (const id of holdersOf(dossier)) if (!dossiers.has(id)) missing.add(id)
  }
  let holders = dossiers
  if (missing.size > 0) {
    if (how === 'lock') await lockPersons(tx, [...missing])
    holders = new Map([...dossiers, ...(await loadDossiers(tx, [...missing]))])
  }
  const span = { rules: context.rules, decidedThrough: yearOf(context.today) }
  return new Map([...dossiers].map(([id, dossier]) => [id, timelineWithHolders(dossier, holders, span)]))
}

/**
 * Brings stored decisions in line with the facts: appends what changed to the streams of the years concerned, replaces the
 * days in order and publishes the new timeline of each person whose answer changed. The caller has locked the persons.
 * Returns those whose timeline changed.
 */
export async function establish(
  tx: Transaction,
  context: DecisionContext,
  dossiers: ReadonlyMap<string, Dossier>,
  triggerOf: TriggerOf,
  holders: Holders = 'lock',
): Promise<readonly string[]> {
  const ids = [...dossiers.keys()]
  if (ids.length === 0) return []
  const timelines = await timelinesOf(tx, dossiers, context, holders)
  const decisions = await loadDecisionIds(tx, ids)
  const periods = await loadPeriods(tx, ids)
  const revisions: Revision[] = []
  for (const [id, dossier] of dossiers) {
    const timeline = timelines.get(id) as Timeline
    const decisionsBefore = decisions.get(id) ?? new Map<string, number>()
    const periodsBefore = periods.get(id) ?? []
    const same = sameIds(decisionsBefore, timeline.decisions)
    if (same && firstDifference(periodsBefore, timeline.periods) === null) continue
    const { cause: told, because } = triggerOf(id)
    const cause = causeFrom(periodsBefore, told)
    revisions.push({ dossier, timeline, cause, because, decisionsBefore, periodsBefore })
  }
  const decidedThrough = yearOf(context.today)
  await savePersons(
    tx,
    [...dossiers.values()].map((dossier) => ({ dossier, decidedThrough })),
  )
  if (revisions.length === 0) return []
  await handleCommands(tx, context.store, entitlementHandling(context), requestsFor(context, revisions))
  await replaceEntitlements(
    tx,
    revisions.map(({ dossier, timeline }) => ({ personId: dossier.personId, ...timeline })),
  )
  return revisions.map(({ dossier }) => dossier.personId)
}

/** As `establish`, and then the dependants of those whose timeline changed: their right follows. */
export async function establishWithDependants(
  tx: Transaction,
  context: DecisionContext,
  dossiers: ReadonlyMap<string, Dossier>,
  triggerOf: TriggerOf,
): Promise<void> {
  const changed = await establish(tx, context, dossiers, triggerOf)
  if (changed.length === 0) return
  const holderOf = new Map<string, string>()
  for (const { holderId, dependantId } of await loadDependants(tx, changed)) {
    if (!dossiers.has(dependantId)) holderOf.set(dependantId, holderId)
  }
  if (holderOf.size === 0) return
  const dependants = [...holderOf.keys()]
  await lockPersons(tx, dependants)
  await establish(tx, context, await loadDossiers(tx, dependants), (id) => triggerOf(holderOf.get(id) as string))
}

/** Whoever had no day before is in order for the first time, whatever brought it about. */
export const causeFrom = (before: readonly RightPeriod[], cause: ChangeCause): ChangeCause =>
  before.length === 0 ? 'opening' : cause

/** Whether the decisions that stand are those wanted. */
export const sameIds = (before: ReadonlyMap<string, number>, after: readonly RightDecision[]): boolean =>
  before.size === after.length && after.every(({ decisionId }) => before.has(decisionId))
