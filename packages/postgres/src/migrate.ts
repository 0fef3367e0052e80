import type { PoolClient } from 'pg'
import { MigrationError, type MigrationFile, namespaceOf, readMigrations } from './migration-files.ts'
import type { Database } from './types.ts'

export interface MigrateResult {
  readonly namespace: string
  /** Names of the files that were run now; empty when nothing was pending. */
  readonly applied: readonly string[]
}

// any fixed number: one lock per database (advisory locks are), shared by all namespaces so that their order is stable
const MIGRATION_LOCK = '7161221'

const BOOKKEEPING = `
  create schema if not exists migrations;
  create table if not exists migrations.applied (
    namespace text not null, number integer not null, name text not null, hash text not null,
    applied_at timestamptz not null default now(), primary key (namespace, number)
  )`

/**
 * Brings a database to the newest state of some folders of plain SQL, in their order. Each file runs once, in its own transaction;
 * concurrent migrators wait for one another. A folder is booked under the name of what it belongs to: `rights` for
 * `services/rights/migrations`, `log` for `migrations/log`. A file that changed after it was applied, a hole in the numbers or a
 * failing statement throws `MigrationError` naming file, line and what to do; earlier files stay applied.
 */
export async function migrate(database: Database, folders: readonly string[]): Promise<readonly MigrateResult[]> {
  const read = await Promise.all(
    folders.map(async (folder) => ({ namespace: namespaceOf(folder), files: await readMigrations(folder) })),
  )
  const client = await database.pool.connect()
  let locked = false
  try {
    await client.query('set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0')
    await client.query(`select pg_advisory_lock(${MIGRATION_LOCK})`)
    locked = true
    await client.query(BOOKKEEPING)
    const results: MigrateResult[] = []
    for (const { namespace, files } of read) {
      const pending = await pendingOf(client, namespace, files)
      for (const file of pending) await apply(client, namespace, file)
      results.push({ namespace, applied: pending.map((file) => file.name) })
    }
    return results
  } finally {
    if (locked) await client.query(`select pg_advisory_unlock(${MIGRATION_LOCK})`).catch(() => undefined)
    // closed, not returned: its timeouts were changed
    client.release(true)
  }
}

async function pendingOf(
  client: PoolClient,
  namespace: string,
  files: readonly MigrationFile[],
): Promise<readonly MigrationFile[]> {
  const { rows } = await client.query<{ number: number; name: string; hash: string }>(
    'select number, name, hash from migrations.applied where namespace = $1 order by number',
    [namespace],
  )
  for (const row of rows) {
    const file = files[row.number - 1]
    if (file === undefined) {
      throw new MigrationError(
        `the database has migration ${namespace}/${row.name} that this version does not know: run the newer version`,
      )
    }
    if (file.hash !== row.hash) {
      throw new MigrationError(
        `${file.path} was changed after it was applied (as ${namespace}/${row.name}): restore it and put the change in a new file`,
      )
    }
  }
  return files.slice(rows.length)
}

async function apply(client: PoolClient, namespace: string, file: MigrationFile): Promise<void> {
  try {
    await client.query('begin')
    await client.query(file.sql)
    await client.query('insert into migrations.applied (namespace, number, name, hash) values ($1, $2, $3, $4)', [
      namespace,
      file.number,
      file.name,
      file.hash,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw new MigrationError(describeFailure(file, error), { cause: error })
  }
}

function describeFailure(file: MigrationFile, error: unknown): string {
  const { message, position, hint, code } = error as {
    message: string
    position?: string
    hint?: string
    code?: string
  }
  const line = position === undefined ? '' : `:${file.sql.slice(0, Number(position)).split('\n').length}`
  return `${file.path}${line}: ${message} (SQLSTATE ${code ?? 'unknown'})${hint === undefined ? '' : `; ${hint}`}; nothing of this file was kept`
}
