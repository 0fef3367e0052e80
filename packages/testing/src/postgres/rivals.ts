import { setTimeout as sleep } from 'node:timers/promises'
import type { Database, Transaction } from '@ziv/postgres'

/** Resolves when so many sessions of the database wait for a lock, or when this work ended before. */
export async function lockWaits(database: Database, sessions: number, work?: Promise<unknown>): Promise<void> {
  let ended = false
  const end = () => {
    ended = true
  }
  work?.then(end, end)
  for (let waiting = 0; waiting < sessions && !ended; await sleep(5)) {
    const { rows } = await database.query<{ waiting: number }>(
      `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    waiting = rows[0]!.waiting
  }
}

/**
 * Two rivals in the one order that a race needs: `hold` locks what the first is going to write, so that the first has read and
 * decided when it waits; the second then gets as far as it can, and both go on to their end.
 */
export async function sideBySide<A, B>(
  database: Database,
  hold: (tx: Transaction) => Promise<unknown>,
  first: () => Promise<A>,
  second: () => Promise<B>,
): Promise<[A, B]> {
  const both = await database.transaction(async (tx) => {
    await hold(tx)
    const one = first()
    await lockWaits(database, 1, one)
    const other = second()
    await lockWaits(database, 2, other)
    return [one, other] as const
  })
  return await Promise.all(both)
}
