import type { ReceivedEvent } from '@ziv/messaging'
import type { Queryable, Transaction } from '@ziv/postgres'

/** Offset of the last event taken in, per `topic:partition`, as the contract writes it. */
export type Positions = Readonly<Record<string, string>>

/** The contexts whose facts are kept, as the topics name them. */
export const contexts = ['affiliation', 'contributions', 'rights', 'reimbursement'] as const
export type BoundedContext = (typeof contexts)[number]

/** Name of the topic of an insurer. */
export const topicOf = (insurer: string, context: BoundedContext): string => `ziv.${insurer}.${context}.v1`

/** Notes how far the partitions of a batch are, in the transaction that stores their facts. */
export async function savePositions(tx: Transaction, events: readonly ReceivedEvent[]): Promise<void> {
  const last = new Map<string, { topic: string; partition: number; offset: bigint; events: number }>()
  for (const { topic, partition, offset } of events) {
    const key = `${topic}:${partition}`
    const known = last.get(key) ?? { topic, partition, offset: -1n, events: 0 }
    const at = BigInt(offset)
    if (at > known.offset) known.offset = at
    known.events += 1
    last.set(key, known)
  }
  const rows = [...last.values()].sort((a, b) =>
    a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1,
  )
  await tx.query({
    name: 'landsbond_positions',
    text: `insert into app.positions as p (topic, partition, "offset", events)
           select * from unnest($1::text[], $2::smallint[], $3::bigint[], $4::bigint[])
           on conflict (topic, partition) do update
             set "offset" = greatest(p."offset", excluded."offset"), events = p.events + excluded.events`,
    values: [
      rows.map((row) => row.topic),
      rows.map((row) => row.partition),
      rows.map((row) => String(row.offset)),
      rows.map((row) => row.events),
    ],
  })
}

/** A state of the topics of one insurer that can be folded again at any later time. */
export interface Capture {
  readonly positions: Positions
  /** Messages at or before these positions that wait for an operator: what was folded now would not be foldable again. */
  readonly parked: number
}

/**
 * The positions of an insurer at one moment. Rows up to them are committed and never change, so one statement is enough:
 * whoever folds later sees exactly the same facts.
 */
export async function capturePositions(q: Queryable, consumer: string, insurer: string): Promise<Capture> {
  const topics = contexts.map((context) => topicOf(insurer, context))
  const { rows } = await q.query<{ topic: string; partition: number; offset: string; parked: string }>({
    name: 'landsbond_capture',
    text: `select p.topic, p.partition, p."offset",
                  (select count(*) from es.parked k where k.consumer = $1 and k.topic = p.topic and k.partition = p.partition
                     and k."offset" <= p."offset" and k.sequence > 0) as parked
           from app.positions p where p.topic = any($2) order by p.topic, p.partition`,
    values: [consumer, topics],
  })
  return {
    positions: Object.fromEntries(rows.map((row) => [`${row.topic}:${row.partition}`, row.offset])),
    parked: rows.reduce((sum, row) => sum + Number(row.parked), 0),
  }
}

/** Offsets of one topic by partition number, for `(array)[partition + 1]` in SQL; -1 where nothing was taken in. */
export function offsetsOf(positions: Positions, topic: string): string[] {
  const offsets: string[] = []
  for (const [key, offset] of Object.entries(positions)) {
    const split = key.lastIndexOf(':')
    if (key.slice(0, split) === topic) offsets[Number(key.slice(split + 1))] = offset
  }
  return Array.from(offsets, (offset) => offset ?? '-1')
}
