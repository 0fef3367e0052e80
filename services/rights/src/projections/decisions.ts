import type { EventStore } from '@ziv/event-store'
import type { Instant } from '@ziv/kernel'
import type { Queryable } from '@ziv/postgres'
import { basisStream, joinBasis } from '../domain/basis.ts'
import type { RightDecision } from '../domain/decision.ts'
import { entitlementStream, personOfStream } from '../domain/entitlement.ts'
import type { Fact } from '../domain/facts.ts'

export interface StoredDecision {
  readonly personId: string
  readonly recordedAt: Instant
  readonly decision: RightDecision
}

type Data = RightDecision | { readonly basis: string; readonly values: readonly unknown[] }

/** The decision is the event of the same id: it is found by the unique index of the store, never copied. */
export async function findDecision(
  q: Queryable,
  store: EventStore,
  decisionId: string,
): Promise<StoredDecision | null> {
  const event = await store.find(q, decisionId)
  if (event?.type !== 'RightDecided') return null
  const { recordedAt } = event
  const personId = personOfStream(event.streamId)
  const data = event.data as unknown as Data
  if (!('basis' in data)) return { personId, recordedAt, decision: data }
  const [stated] = (await store.load(q, basisStream(data.basis))).events
  if (stated === undefined) throw new Error(`decision ${decisionId} rests on basis ${data.basis}, which is not stored`)
  return { personId, recordedAt, decision: joinBasis(decisionId, stated.data.shared as object, data.values) }
}

/** That a decision stands no more: since when, by which facts, and the decisions that stand on its days now. */
export interface Withdrawal {
  readonly at: Instant
  /** Facts of other services that took it away; none when a run did. */
  readonly because: readonly { readonly eventId: string; readonly kind: Fact['kind']; readonly recordedAt: Instant }[]
  readonly replacedBy: readonly RightDecision[]
}

/** The withdrawal of a decision, null while it stands: the last word about it in the stream of its year tells. */
export async function findWithdrawal(
  q: Queryable,
  store: EventStore,
  { personId, decision }: StoredDecision,
): Promise<Withdrawal | null> {
  const { decisionId, year } = decision
  const { events } = await store.load(q, entitlementStream(personId, year))
  const last = events.findLast(({ type, data }) => lastWords.has(type) && data.decisionId === decisionId)
  if (last?.type !== 'RightWithdrawn') return null
  return {
    at: last.recordedAt,
    because: await causesOf(q, (last.data.because ?? []) as readonly string[]),
    replacedBy: await standingOn(q, store, personId, decision),
  }
}

const lastWords: ReadonlySet<string> = new Set(['RightWithdrawn', 'RightReinstated'])

async function causesOf(q: Queryable, eventIds: readonly string[]): Promise<Withdrawal['because']> {
  const { rows } = await q.query<Withdrawal['because'][number]>({
    name: 'rights_causes',
    text: `select event_id as "eventId", kind, recorded_at as "recordedAt" from app.all_facts
           where event_id = any($1::uuid[]) order by recorded_at, event_id`,
    values: [eventIds],
  })
  return rows
}

async function standingOn(
  q: Queryable,
  store: EventStore,
  personId: string,
  { from, to }: RightDecision,
): Promise<RightDecision[]> {
  const { rows } = await q.query<{ decision_id: string }>({
    name: 'rights_standing_on_days',
    text: `select decision_id from app.periods where person_id = $1 and from_day <= $3 and to_day >= $2
           union select decision_id from app.decisions where person_id = $1 and from_day <= $3 and to_day >= $2`,
    values: [personId, from, to],
  })
  const found: RightDecision[] = []
  for (const { decision_id } of rows) {
    const stored = await findDecision(q, store, decision_id)
    if (stored !== null) found.push(stored.decision)
  }
  return found.sort((a, b) => (a.from < b.from ? -1 : 1))
}
