import { relayProcessor } from '@ziv/messaging'
import type { Queryable } from '@ziv/postgres'

/** An outbox row older than this waits for something: a relay that lives sends within milliseconds. */
const STANDS_AFTER_SECONDS = 3

/** Age in seconds of the oldest outbox row that is not relayed yet; no row when none waits. $1 is the processor of the relay. */
export const OLDEST_PENDING = `select extract(epoch from clock_timestamp() - o.created_at)::float8 as age
  from es.outbox o
  where (o.epoch, o.tx, o.id) > (
    coalesce((select epoch from es.checkpoints where processor = $1), 0::smallint),
    coalesce((select tx from es.checkpoints where processor = $1), '0'::xid8),
    coalesce((select position from es.checkpoints where processor = $1), 0))
  order by o.epoch, o.tx, o.id limit 1`

/**
 * Whether messages of a service stand still in its database: one is parked, or what it told is not sent, because the relay is away or
 * because a writing transaction somewhere in the cluster is open and holds everything after it back.
 */
export async function messagesStandStill(q: Queryable): Promise<boolean> {
  const { rows } = await q.query<{ stands: boolean }>({
    name: 'messages-stand-still',
    text: `select exists (select from es.parked) or coalesce((${OLDEST_PENDING}) > $2, false) as stands`,
    values: [relayProcessor, STANDS_AFTER_SECONDS],
  })
  return rows[0]?.stands ?? false
}
