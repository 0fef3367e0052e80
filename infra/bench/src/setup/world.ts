import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@ziv/local-postgres'
import { createDatabase, type Database } from '@ziv/postgres'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'

/** What every service database holds before its own migrations. */
export { serviceMigrations } from '@ziv/service'

/** A database that is closed for good, so that it can be copied, and its copies. */
export interface FrozenDatabase {
  readonly name: string
  copy(max?: number): Promise<TestDatabase>
}

/** A PostgreSQL of our own with the settings it has by default: fsync on, every commit waits for the disk. */
export interface World {
  readonly folder: string
  readonly settings: Readonly<Record<string, string>>
  readonly version: string
  database(migrations: readonly string[], max?: number): Promise<TestDatabase>
  /** Closes a database and makes copies of it possible. */
  freeze(database: TestDatabase): Promise<FrozenDatabase>
  /** Called when the run ends, before PostgreSQL stops. */
  onStop(work: () => Promise<void>): void
  stop(): Promise<void>
}

const told = [
  'fsync',
  'synchronous_commit',
  'wal_sync_method',
  'full_page_writes',
  'wal_level',
  'shared_buffers',
  'max_wal_size',
  'commit_delay',
]

const nameOf = (connectionString: string): string => new URL(connectionString).pathname.slice(1)

export async function openWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'ziv-bench-'))
  await chmod(folder, 0o711)
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') })
  const open = (name: string, max: number): Database =>
    createDatabase({ connectionString: server.urlOf(name), max, applicationName: 'ziv-bench', statementTimeoutMs: 0 })
  const admin = open('postgres', 1)
  const { rows } = await admin.query<{ name: string; setting: string; unit: string | null }>(
    `select name, current_setting(name) as setting from pg_settings where name = any($1)`,
    [told],
  )
  const version = await admin.query<{ version: string }>('select version()')
  const endings: (() => Promise<void>)[] = []
  const dropNamed = (name: string) => admin.query(`drop database if exists ${name} with (force)`)
  return {
    folder,
    settings: Object.fromEntries(rows.map((row) => [row.name, row.setting])),
    version: version.rows[0]!.version,
    database: (migrations, max = 10) => createTestDatabase({ migrations, max }, server.url),
    freeze: async ({ database, connectionString }) => {
      await database.query('vacuum analyze')
      await database.close()
      const name = nameOf(connectionString)
      return {
        name,
        copy: async (max = 10) => {
          const copy = `ziv_bench_${randomBytes(6).toString('hex')}`
          await admin.query(`create database ${copy} template ${name} strategy file_copy`)
          const opened = open(copy, max)
          const drop = async (): Promise<void> => {
            await opened.close()
            await dropNamed(copy)
          }
          return { database: opened, connectionString: server.urlOf(copy), drop }
        },
      }
    },
    onStop: (work) => {
      endings.push(work)
    },
    stop: async () => {
      for (const work of endings) await work()
      await admin.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
      await rm(server.dataDir, { recursive: true, force: true })
    },
  }
}
