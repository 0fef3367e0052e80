import { setTimeout as sleep } from 'node:timers/promises'
import type { Queryable } from './types.ts'

/** First word of a transaction that only reads: nobody waits for it, however long it lasts. */
export const READS = "set local application_name = 'ziv-reads'"

// the moment of the first look counts to the end: whoever begins after that is no concern of the asker
const OPEN = `with before as materialized (select coalesce($2::timestamptz, clock_timestamp() - $1 * interval '1 millisecond') as at)
  select before.at::text as before, exists (
           select from pg_stat_activity a
            where a.datname = current_database() and a.application_name = current_setting('application_name')
              and a.pid <> pg_backend_pid() and a.xact_start <= before.at
         ) as open
    from before`

/**
 * Waits until every transaction of this application on this database that began so many milliseconds ago or earlier has ended, one that
 * is known to read only excepted: what they wrote is visible then. False: one is still open after `patienceMs`. Not inside a transaction:
 * what it sees of others would stand still.
 */
export async function outlastTransactions(
  q: Queryable,
  { agoMs, patienceMs }: { readonly agoMs: number; readonly patienceMs: number },
): Promise<boolean> {
  const deadline = performance.now() + patienceMs
  let before: string | null = null
  for (let waitMs = 2; ; waitMs = Math.min(waitMs * 2, 50)) {
    const values: readonly unknown[] = [agoMs, before]
    const { rows } = await q.query<{ before: string; open: boolean }>({ name: 'outlast', text: OPEN, values })
    const [found] = rows
    if (found?.open !== true) return true
    if (performance.now() >= deadline) return false
    before = found.before
    await sleep(waitMs)
  }
}
