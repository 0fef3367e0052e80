import type { Queryable } from '@ziv/postgres'
import { START } from './read.ts'
import type { TailPosition } from './types.ts'

/** One public message, ready to be sent. `position` is the outbox row's id. */
export interface OutboxRow extends TailPosition {
  readonly eventId: string
  readonly topic: string
  readonly key: string
  /** Dense per (topic, key), from 1. */
  readonly sequence: number
  readonly type: string
  /** JSON text, as it goes on the wire. */
  readonly payload: string
  /** CloudEvents attributes without the `ce_` prefix, without epoch and sequence. */
  readonly attributes: Readonly<Record<string, string>>
}

interface Row {
  epoch: number
  tx: string
  id: string
  event_id: string
  topic: string
  key: string
  sequence: string
  type: string
  payload: string
  headers: Record<string, string>
}

export const TAIL_OUTBOX_SQL = `select epoch, tx, id, event_id, topic, key, sequence, type, payload::text as payload, headers
  from es.outbox
  where (epoch, tx, id) > ($1::smallint, $2::xid8, $3::bigint)
    and (epoch, tx) < ((select max(epoch) from es.epochs), pg_snapshot_xmin(pg_current_snapshot()))
  order by epoch, tx, id limit $4`

/** What a commit that wrote outbox rows notifies of: whoever carries them out listens for it at the database. */
export const OUTBOX_WRITTEN = 'outbox'

/** Outbox rows after a place (null: from the start), in order, below the snapshot horizon; per (topic, key) in rising sequence. */
export async function tailOutbox(
  q: Queryable,
  after: TailPosition | null,
  limit: number,
): Promise<readonly OutboxRow[]> {
  const { epoch, tx, position } = after ?? START
  const { rows } = await q.query<Row>({
    name: 'es_tail_outbox',
    text: TAIL_OUTBOX_SQL,
    values: [epoch, tx, position, limit],
  })
  return rows.map((row) => ({
    epoch: row.epoch,
    tx: row.tx,
    position: row.id,
    eventId: row.event_id,
    topic: row.topic,
    key: row.key,
    sequence: Number(row.sequence),
    type: row.type,
    payload: row.payload,
    attributes: row.headers,
  }))
}

// the place as three values of their own, not joined: only so does the count begin at the checkpoint and not at the oldest row
export const COUNT_OUTBOX_SQL = `select count(*) from es.outbox
  where (epoch, tx, id) > (
    coalesce((select epoch from es.checkpoints where processor = $1), 0::smallint),
    coalesce((select tx from es.checkpoints where processor = $1), '0'::xid8),
    coalesce((select position from es.checkpoints where processor = $1), 0))`

/** Outbox rows after the checkpoint of a processor, also those above the horizon: what a relay still has to send. */
export async function countOutbox(q: Queryable, processor: string): Promise<number> {
  const { rows } = await q.query<{ count: string }>({
    name: 'es_count_outbox',
    text: COUNT_OUTBOX_SQL,
    values: [processor],
  })
  return Number(rows[0]!.count)
}

export interface PruneOptions {
  /** The relay whose checkpoint says what was sent. */
  readonly processor: string
  /** Default 14, at least 1. */
  readonly keepDays?: number
  /** Rows per call: call again while it returns this many. Default 10,000. */
  readonly rowsMax?: number
}

/** Removes outbox rows that were sent and are older than the retention. Returns how many. */
export async function pruneOutbox(q: Queryable, options: PruneOptions): Promise<number> {
  const { rows } = await q.query<{ pruned: number }>(
    "select es.prune_outbox($1, $2 * interval '1 day', $3) as pruned",
    [options.processor, options.keepDays ?? 14, options.rowsMax ?? 10_000],
  )
  return rows[0]!.pruned
}
