import { type EventStore, handleCommands } from '@ziv/event-store'
import type { Transaction } from '@ziv/postgres'
import type { Read, RunKind } from '@ziv/runs'
import type { Context } from '../context.ts'
import { timelineOfDecisions } from '../domain/timeline.ts'
import { type Entitlement, replaceEntitlements } from '../projections/entitlements.ts'
import { type Folded, foldPersons } from '../projections/fold-persons.ts'
import { decisionsTaken, lastYearInLog, standingInLog } from '../projections/log-standing.ts'
import { clearPersons, holdersNamed, loadDecidedThrough, lockPersons, savePersons } from '../projections/persons.ts'
import { type DecisionContext, recordedNow } from '../reactors/decision-context.ts'
import { entitlementHandling } from '../reactors/entitlements.ts'
import { sameIds } from '../reactors/establish.ts'
import { type Revision, requestsFor } from '../reactors/revisions.ts'
import { runContext } from './runner.ts'
import { isYearHalfRenewed, lastYearRenewed } from './years.ts'

const NOBODY = '00000000-0000-0000-0000-000000000000'
const EVERYBODY = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/**
 * Throws the read models away and makes them again from the facts; whoever was not reached yet keeps the old answer. Where the facts
 * still lead to the decisions that stand by the log, no event is written. Where they lead to others (the law or its rules were put
 * right since), the correction is decided and told as any other, so that nobody keeps a right that does not stand. One chunk at a
 * time and in one part: it also clears what lies between the persons it knows, and a dependant's days follow from a holder's facts.
 */
export function rebuildKind(context: Context): RunKind<object, string, Read<string> & { readonly after: string }> {
  const { personsPerChunk } = context.config
  return {
    kind: 'rebuild',
    keyOf: () => 'all',
    chunkSize: personsPerChunk,
    inFlight: 1,
    itemKey: (personId) => personId,
    read: async (tx, { after, through, limit }) => {
      if (after === EVERYBODY) return null
      const { rows } = await tx.query<{ person_id: string }>(
        `select distinct person_id from app.all_facts where person_id > $1 and person_id <= $2 order by person_id limit $3`,
        [after ?? NOBODY, through ?? EVERYBODY, limit],
      )
      const items = rows.map((row) => row.person_id)
      const last = items.length < limit ? (through ?? EVERYBODY) : (items.at(-1) as string)
      return { items, last, after: after ?? NOBODY }
    },
    store: async (tx, { items, last, after }, run) => {
      // from here on whoever else changes these persons, or a holder whom they follow, waits for this chunk
      await lockPersons(tx, new Set([...items, ...(await holdersNamed(tx, items))]))
      const decided = await decidedYears(tx, context.store, items)
      await clearPersons(tx, items, { after, through: last === EVERYBODY ? null : last })
      const decision = recordedNow(runContext(context, run))
      const corrected = items.length === 0 ? 0 : await restore(tx, items, decided, decision)
      return { rebuilt: items.length, corrected }
    },
  }
}

/**
 * Through which year persons are decided. A renewal leaves no trace in a row: what it decided so far is taken for everybody's when it is
 * done, and until then the log alone tells whom it has reached.
 */
async function decidedYears(
  tx: Transaction,
  store: EventStore,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const kept = await loadDecidedThrough(tx, store, ids)
  if (!(await isYearHalfRenewed(tx))) return kept
  const log = await lastYearInLog(tx, store, ids)
  return new Map(ids.map((id) => [id, Math.max(kept.get(id) ?? 0, log.get(id) ?? 0)]))
}

/** Makes the rows of persons again; gives how many of them were told another right than before. */
async function restore(
  tx: Transaction,
  ids: readonly string[],
  decided: ReadonlyMap<string, number>,
  context: DecisionContext,
): Promise<number> {
  const renewedThrough = (await lastYearRenewed(tx)) ?? 0
  const yearOf = (id: string): number => decided.get(id) ?? 0
  const decidedThrough = (id: string): number => Math.max(yearOf(id), renewedThrough)
  const folded = await foldPersons(tx, ids, { rules: context.rules, decidedThrough })
  const { entitlements, revisions } = await againstLog(tx, context, folded)
  await savePersons(
    tx,
    [...folded].map(([id, { dossier }]) => ({ dossier, decidedThrough: yearOf(id) })),
  )
  await replaceEntitlements(tx, entitlements)
  if (revisions.length > 0)
    await handleCommands(tx, context.store, entitlementHandling(context), requestsFor(context, revisions))
  return revisions.length
}

/** What the facts lead to beside what stands by the log. */
async function againstLog(
  tx: Transaction,
  { store }: DecisionContext,
  folded: ReadonlyMap<string, Folded>,
): Promise<{ readonly entitlements: readonly Entitlement[]; readonly revisions: readonly Revision[] }> {
  const standing = await standingInLog(tx, store, [...folded.keys()])
  const entitlements: Entitlement[] = []
  const revisions: Revision[] = []
  for (const [personId, { dossier, timeline }] of folded) {
    const decisionsBefore = standing.get(personId) ?? new Map<string, number>()
    const same = sameIds(decisionsBefore, timeline.decisions)
    const stood = same
      ? timeline
      : timelineOfDecisions(dossier, await decisionsTaken(tx, store, decisionsBefore.keys()))
    // what was decided with a birth date stands after the birth date is gone
    entitlements.push({ personId, ...(dossier.erased ? stood : timeline) })
    if (same || dossier.erased) continue
    const { periods: periodsBefore } = stood
    revisions.push({ dossier, timeline, cause: 'correction', because: [], decisionsBefore, periodsBefore })
  }
  return { entitlements, revisions }
}
