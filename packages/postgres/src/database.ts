import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { isRetriable } from './errors.ts'
import { READS } from './outlast-transactions.ts'
import { typeParsers } from './pg-types.ts'
import type { Database, Queryable, Transaction, TransactionKind } from './types.ts'

export interface DatabaseOptions {
  readonly connectionString: string
  /** Connections in the pool. Default 10. */
  readonly max?: number
  /** Shown in pg_stat_activity, so that an operator sees which service holds what. */
  readonly applicationName: string
  /** A statement that runs longer is ended by the server. Default 60,000; 0 switches it off. */
  readonly statementTimeoutMs?: number
  /**
   * A statement that waits longer for a lock of another is ended with 55P03: it would hold its connection, and those who want nothing
   * of what is locked would wait for one. Default 5,000; 0 switches it off.
   */
  readonly lockTimeoutMs?: number
  /** A transaction that waits longer for its client is ended: it would freeze every tail of the cluster. Default 30,000. */
  readonly idleInTransactionTimeoutMs?: number
  /** Told when an idle connection breaks; the pool replaces it by itself. */
  readonly onConnectionError?: (error: Error) => void
}

/** How often a transaction is run in all when others are faster; everything that writes has this one limit. */
const TRIES_MAX = 5

/**
 * Prepared statements keep their plan. One that was made while a table was empty or small, before anything analysed it, must not
 * read the table whole when it has grown: an index is taken wherever one serves. Where none does, tables are still read whole.
 */
const KEPT_PLANS = '-c enable_seqscan=off'

/** Opens a pool. Sessions run in UTC with timeouts set, so dates and instants read the same on every machine. */
export function createDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.max ?? 10,
    application_name: options.applicationName,
    statement_timeout: options.statementTimeoutMs ?? 60_000,
    idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs ?? 30_000,
    lock_timeout: options.lockTimeoutMs ?? 5_000,
    options: `-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=iso_8601 ${KEPT_PLANS}`,
    types: typeParsers,
  })
  // without a listener a broken idle connection would end the process
  pool.on('error', (error) => options.onConnectionError?.(error))
  const commits = new EventEmitter({ captureRejections: false }).setMaxListeners(0)
  const notify = (what: string): void => {
    commits.emit(what)
  }
  return {
    pool,
    query: queryOf(pool),
    notify,
    listen: (what, onCommit) => {
      commits.on(what, onCommit)
      return () => commits.off(what, onCommit)
    },
    transaction: async (work, kind = 'writing') => {
      const written = new Set<string>()
      const result = await runTransaction(pool, written, work, BEGIN[kind])
      written.forEach(notify)
      return result
    },
    close: () => pool.end(),
  }
}

/** Gives the database back once `prepare` is done with it; when that fails it is closed, so that nothing holds the process. */
export async function prepared(
  database: Database,
  prepare: (database: Database) => Promise<unknown>,
): Promise<Database> {
  try {
    await prepare(database)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

type QueryFunction = Queryable['query']

function queryOf(target: pg.Pool | pg.PoolClient): QueryFunction {
  const run = (first: string | pg.QueryConfig, values?: readonly unknown[]) =>
    typeof first === 'string' ? target.query(first, values as unknown[]) : target.query(first)
  return run as QueryFunction
}

const BEGIN: Readonly<Record<TransactionKind, string>> = {
  writing: 'begin',
  snapshot: `begin isolation level repeatable read, read only; ${READS}`,
}

async function runTransaction<T>(
  pool: pg.Pool,
  written: Set<string>,
  work: (tx: Transaction) => Promise<T>,
  begin: string,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryTransaction(pool, written, work, begin)
    } catch (error) {
      if (!isRetriable(error) || attempt >= TRIES_MAX) throw error
      await sleep(10 * 2 ** attempt * (0.5 + Math.random()))
    }
  }
}

async function tryTransaction<T>(
  pool: pg.Pool,
  written: Set<string>,
  work: (tx: Transaction) => Promise<T>,
  begin: string,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  const markBroken = (error: Error) => {
    broken = error
  }
  // a connection that dies between two queries has no query to reject: the listener keeps the process alive
  client.on('error', markBroken)
  try {
    written.clear()
    await client.query(begin)
    const result = await work({ client, query: queryOf(client), notify: (what) => void written.add(what) })
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(markBroken)
    throw error
  } finally {
    client.removeListener('error', markBroken)
    client.release(broken)
  }
}
