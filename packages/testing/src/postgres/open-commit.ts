import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '@ziv/postgres'

/** A question beside a transaction that has written and not committed. */
interface BesideOpen<T> {
  readonly database: Database
  /** Table that the transaction writes to: the first one that did is held open before its commit. */
  readonly table: string
  /** Writes, over the database it is given. */
  readonly write: (held: Database) => Promise<unknown>
  /** The moment that the question is about, drawn while the transaction is open. */
  readonly moment: () => string
  readonly ask: (moment: string) => Promise<T>
  /** How long the transaction stays open once the question was asked. Default 300. */
  readonly openMs?: number
}

/** What a question about a moment answers while an event of an earlier moment is not committed, and what it answers after that. */
export async function askBesideOpen<T>(options: BesideOpen<T>): Promise<{ readonly beside: T; readonly later: T }> {
  const { database, table, write, moment, ask, openMs = 300 } = options
  const written = Promise.withResolvers<void>()
  const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>()
  const held: Database = {
    ...database,
    transaction: (work, kind) =>
      database.transaction(async (tx) => {
        const result = await work(tx)
        const { rowCount } = await tx.query(
          `select from ${table} where xmin::text = pg_current_xact_id_if_assigned()::xid::text limit 1`,
        )
        if (rowCount !== 0) {
          written.resolve()
          await mayCommit
        }
        return result
      }, kind),
  }
  const writing = write(held)
  try {
    await Promise.race([written.promise, writing.then(() => Promise.reject(new Error(`nothing wrote to ${table}`)))])
    const at = moment()
    const asked = ask(at)
    await Promise.race([asked, sleep(openMs)])
    commit()
    const beside = await asked
    await writing
    return { beside, later: await ask(at) }
  } finally {
    commit()
  }
}
