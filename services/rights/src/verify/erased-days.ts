import type { EventStore } from '@ziv/event-store'
import type { Transaction } from '@ziv/postgres'
import type { RightDecision } from '../domain/decision.ts'
import { loadDecisionIds, loadPeriods } from '../projections/entitlements.ts'
import { decisionsTaken, standingInLog } from '../projections/log-standing.ts'

/**
 * Of erased persons, those of whom something else is stored than what was decided. Their facts give their days no more, the day of birth
 * is gone: the decisions that stand are those of the log, and every day lies in the decision it rests on.
 */
export async function erasedDiffering(
  tx: Transaction,
  store: EventStore,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const standing = await standingInLog(tx, store, ids)
  const stored = await loadDecisionIds(tx, ids)
  const periods = await loadPeriods(tx, ids)
  const wrong: string[] = []
  for (const id of ids) {
    const log = standing.get(id) ?? new Map<string, number>()
    const kept = stored.get(id) ?? new Map<string, number>()
    const same = log.size === kept.size && [...log].every(([decisionId, year]) => kept.get(decisionId) === year)
    const taken = same ? await decisionsTaken(tx, store, log.keys()) : []
    const given = new Map<string, RightDecision>(taken.map((decision) => [decision.decisionId, decision]))
    const inside = (periods.get(id) ?? []).every(({ decisionId, from, to, capacity, ground }) => {
      const by = given.get(decisionId)
      return (
        by?.outcome === 'granted' && by.from <= from && to <= by.to && by.capacity === capacity && by.ground === ground
      )
    })
    if (!same || !inside) wrong.push(id)
  }
  return wrong
}
