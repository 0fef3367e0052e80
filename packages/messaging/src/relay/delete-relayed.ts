import { readCheckpoint } from '@ziv/event-store'
import type { Database } from '@ziv/postgres'
import { relayProcessor } from './outbox-source.ts'

export interface DeleteRelayedOptions {
  readonly retentionDays?: number
  /** Rows per transaction: short ones, because an open writer hides new rows from every tail. Default 5 000. */
  readonly chunk?: number
}

/**
 * Deletes outbox rows that were relayed and are older than the retention (default 14 days). Meant for every hour, as the
 * owner of the schema: the services themselves may not delete. Answers how many rows went.
 */
export async function deleteRelayed(database: Database, options: DeleteRelayedOptions = {}): Promise<number> {
  const { retentionDays = 14, chunk = 5_000 } = options
  const { epoch, tx, position } = await readCheckpoint(database, relayProcessor)
  let total = 0
  for (;;) {
    const { rowCount } = await database.query(
      `delete from es.outbox where (epoch, tx, id) in (
         select epoch, tx, id from es.outbox
         where (epoch, tx, id) <= ($1::smallint, $2::xid8, $3::bigint) and created_at < now() - $4 * interval '1 day'
         order by epoch, tx, id limit $5)`,
      [epoch, tx, position, retentionDays, chunk],
    )
    total += rowCount ?? 0
    if ((rowCount ?? 0) < chunk) return total
  }
}
