import type { Pool, PoolClient, QueryResult, QueryResultRow } from 'pg'

/** Anything that runs a query: the pool (its own transaction) or an open transaction. */
export interface Queryable {
  query<R extends QueryResultRow = QueryResultRow>(text: string, values?: readonly unknown[]): Promise<QueryResult<R>>
  query<R extends QueryResultRow = QueryResultRow>(config: {
    name?: string
    text: string
    values?: readonly unknown[]
  }): Promise<QueryResult<R>>
  /** Wakes those of this process who listen at the database, after the commit: now, or when the open transaction is committed. */
  notify(what: string): void
}

/** An open transaction. `client` is for COPY streams only. Nobody outside is waited for while it is open; the key database is the one exception. */
export interface Transaction extends Queryable {
  readonly client: PoolClient
}

/** A transaction that may write, or one that reads everything as of one moment. */
export type TransactionKind = 'writing' | 'snapshot'

/** A pool of one service's database. */
export interface Database extends Queryable {
  readonly pool: Pool
  /**
   * Runs `work` in a transaction; runs it again on serialization failure, deadlock (40001, 40P01) and `Conflict`: five times in all, then the last of these is thrown.
   * A `snapshot` reads only, and sees everything as of its first statement.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, kind?: TransactionKind): Promise<T>
  /** Calls back after each commit of this process that notified of `what`; other processes are not heard. Answers how to end it. */
  listen(what: string, onCommit: () => void): () => void
  close(): Promise<void>
}

/** Keys after one and up to another, in the order of their bytes. Null: from the first one, to the last one. */
export interface KeyRange {
  readonly after: string | null
  readonly through: string | null
}
