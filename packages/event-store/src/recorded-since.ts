import type { Queryable } from '@ziv/postgres'

const RECORDED_SINCE_SQL = `select exists (
    select from es.events first, lateral (
      select from es.events e where (e.epoch, e.tx, e.position) > (first.epoch, first.tx, first.position)
        and e.type = any ($2::text[]) limit 1) later
     where first.stream_id = $1 and first.version = 1) as later`

/**
 * Whether an event of one of these types stands in the tail behind the first event of a stream; of a stream that does not exist, none.
 * A transaction that ran beside the one of the first event may stand on either side of it.
 */
export async function isRecordedSince(q: Queryable, streamId: string, types: readonly string[]): Promise<boolean> {
  const { rows } = await q.query<{ later: boolean }>(RECORDED_SINCE_SQL, [streamId, types])
  return rows[0]!.later
}
