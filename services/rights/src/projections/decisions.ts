import type { Instant } from '@ziv/kernel'
import type { Queryable } from '@ziv/postgres'
import { joinBasis } from '../domain/basis.ts'
import type { RightDecision } from '../domain/decision.ts'

export interface StoredDecision {
  readonly personId: string
  readonly recordedAt: Instant
  readonly decision: RightDecision
}

interface DecisionRow {
  person_id: string
  recorded_at: Instant
  data: RightDecision | { readonly basis: string; readonly values: readonly unknown[] }
  shared: object | null
}

/** The decision is the event of the same id: it is found by the unique index of the store, never copied. */
export async function findDecision(q: Queryable, decisionId: string): Promise<StoredDecision | null> {
  const { rows } = await q.query<DecisionRow>({
    name: 'rights_decision',
    text: `select substr(d.stream_id, length('entitlement-') + 1, 36) as person_id, d.recorded_at, d.data, b.data->'shared' as shared
           from es.events d left join es.events b on b.stream_id = 'decisionBasis-' || (d.data->>'basis') and b.version = 1
           where d.event_id = $1 and d.type = 'RightDecided'`,
    values: [decisionId],
  })
  const row = rows[0]
  if (row === undefined) return null
  const { person_id: personId, recorded_at: recordedAt, data, shared } = row
  if (!('basis' in data)) return { personId, recordedAt, decision: data }
  if (shared === null) throw new Error(`decision ${decisionId} rests on basis ${data.basis}, which is not stored`)
  return { personId, recordedAt, decision: joinBasis(decisionId, shared, data.values) }
}
