import type { Instant } from '@ziv/kernel'
import type { Queryable } from '@ziv/postgres'
import { joinBasis } from '../domain/basis.ts'
import type { RightDecision } from '../domain/decision.ts'
import { entitlementStream } from '../domain/entitlement.ts'
import type { Fact } from '../domain/facts.ts'

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

/** That a decision stands no more: since when, by which facts, and the decisions that stand on its days now. */
export interface Withdrawal {
  readonly at: Instant
  /** Facts of other services that took it away; none when a run did. */
  readonly because: readonly { readonly eventId: string; readonly kind: Fact['kind']; readonly recordedAt: Instant }[]
  readonly replacedBy: readonly RightDecision[]
}

/** The withdrawal of a decision, null while it stands: the last word about it in the stream of its year tells. */
export async function findWithdrawal(q: Queryable, { personId, decision }: StoredDecision): Promise<Withdrawal | null> {
  const { rows } = await q.query<{ type: string; recorded_at: Instant; because: readonly string[] | null }>({
    name: 'rights_last_word',
    text: `select type, recorded_at, data->'because' as because from es.events
           where stream_id = $1 and type in ('RightWithdrawn', 'RightReinstated') and data->>'decisionId' = $2
           order by version desc limit 1`,
    values: [entitlementStream(personId, decision.year), decision.decisionId],
  })
  const last = rows[0]
  if (last?.type !== 'RightWithdrawn') return null
  return {
    at: last.recorded_at,
    because: await causesOf(q, last.because ?? []),
    replacedBy: await standingOn(q, personId, decision),
  }
}

async function causesOf(q: Queryable, eventIds: readonly string[]): Promise<Withdrawal['because']> {
  const { rows } = await q.query<Withdrawal['because'][number]>({
    name: 'rights_causes',
    text: `select event_id as "eventId", kind, recorded_at as "recordedAt" from app.all_facts
           where event_id = any($1::uuid[]) order by recorded_at, event_id`,
    values: [eventIds],
  })
  return rows
}

async function standingOn(q: Queryable, personId: string, { from, to }: RightDecision): Promise<RightDecision[]> {
  const { rows } = await q.query<{ decision_id: string }>({
    name: 'rights_standing_on_days',
    text: `select decision_id from app.periods where person_id = $1 and from_day <= $3 and to_day >= $2
           union select decision_id from app.decisions where person_id = $1 and from_day <= $3 and to_day >= $2`,
    values: [personId, from, to],
  })
  const found: RightDecision[] = []
  for (const { decision_id } of rows) {
    const stored = await findDecision(q, decision_id)
    if (stored !== null) found.push(stored.decision)
  }
  return found.sort((a, b) => (a.from < b.from ? -1 : 1))
}
