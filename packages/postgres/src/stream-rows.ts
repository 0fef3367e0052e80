import type { QueryResultRow } from 'pg'
import { READS } from './outlast-transactions.ts'
import type { Database, Transaction } from './types.ts'

export interface StreamRowsOptions {
  /** Rows per round trip. Default 1000. */
  readonly batchSize?: number
  /** How long the consumer may take between two batches. Default 600,000. */
  readonly idleMsMax?: number
}

let cursorNumber = 0

async function* fetchAll<R extends QueryResultRow>(
  tx: Pick<Transaction, 'query'>,
  sql: string,
  params: readonly unknown[],
  batchSize: number,
): AsyncGenerator<readonly R[]> {
  cursorNumber += 1
  const cursor = `ziv_rows_${cursorNumber}`
  await tx.query(`declare ${cursor} no scroll cursor for ${sql}`, params)
  for (;;) {
    const { rows } = await tx.query<R>(`fetch forward ${batchSize} from ${cursor}`)
    if (rows.length > 0) yield rows
    if (rows.length < batchSize) break
  }
  await tx.query(`close ${cursor}`)
}

/**
 * Reads a result of any size with constant memory, batch by batch, by a cursor. On a `Database` it opens its own
 * read-only transaction (which holds back no tail: it has no transaction id) and ends it when the loop is left.
 */
export async function* streamBatches<R extends QueryResultRow = QueryResultRow>(
  db: Database | Transaction,
  sql: string,
  params: readonly unknown[] = [],
  options: StreamRowsOptions = {},
): AsyncGenerator<readonly R[]> {
  const batchSize = options.batchSize ?? 1000
  if ('client' in db) {
    yield* fetchAll<R>(db, sql, params, batchSize)
    return
  }
  const client = await db.pool.connect()
  let failed: Error | undefined
  const markFailed = (error: Error) => {
    failed = error
  }
  client.on('error', markFailed)
  try {
    const idleMsMax = Math.trunc(options.idleMsMax ?? 600_000)
    await client.query(`begin read only; ${READS}; set local idle_in_transaction_session_timeout = ${idleMsMax}`)
    yield* fetchAll<R>(client as Pick<Transaction, 'query'>, sql, params, batchSize)
  } finally {
    await client.query('rollback').catch(markFailed)
    client.removeListener('error', markFailed)
    client.release(failed)
  }
}

/** `streamBatches`, row by row. */
export async function* streamRows<R extends QueryResultRow = QueryResultRow>(
  db: Database | Transaction,
  sql: string,
  params: readonly unknown[] = [],
  options: StreamRowsOptions = {},
): AsyncGenerator<R> {
  for await (const rows of streamBatches<R>(db, sql, params, options)) yield* rows
}
