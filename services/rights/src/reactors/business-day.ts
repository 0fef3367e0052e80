import type { Clock, IsoDate } from '@ziv/kernel'
import type { Database, Transaction } from '@ziv/postgres'

const LOCK = `hashtextextended('rights.businessDay', 0)`

/**
 * The business day of work that begins now. Until the transaction ends nobody goes on who waits for the end of earlier days: what is
 * decided as of 31 December is there before the renewal of the next year looks for whom it has to decide.
 */
export async function holdToday(tx: Transaction, clock: Clock): Promise<IsoDate> {
  await tx.query({ name: 'rights_hold_today', text: `select pg_advisory_xact_lock_shared(${LOCK})` })
  return clock.today()
}

/** Resolves when all work is stored that began before now, and so perhaps on an earlier day. */
export async function earlierDaysStored(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    // a batch may take longer than whoever waits for a lock otherwise does
    await tx.query('set local lock_timeout = 0')
    await tx.query(`select pg_advisory_xact_lock(${LOCK})`)
  })
}
