import { createHash, randomBytes } from 'node:crypto'
import { createDatabase, type Database, migrate, migrationDigest } from '@ziv/postgres'

export interface TestDatabaseOptions {
  /** Migration folders in the order they build on one another. */
  readonly migrations: readonly string[]
  /** Connections in the pool. Default 10. */
  readonly max?: number
}

export interface TestDatabase {
  readonly database: Database
  readonly connectionString: string
  /** Closes the pool and removes the database. */
  drop(): Promise<void>
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

/** Runs on one connection (advisory locks live in a session) as the role that may create databases. */
async function asAdmin<T>(serverUrl: string, work: (admin: Database) => Promise<T>): Promise<T> {
  const admin = createDatabase({
    connectionString: serverUrl,
    max: 1,
    applicationName: 'ziv-testing',
    statementTimeoutMs: 0,
    // on a busy machine whoever is before may take long
    lockTimeoutMs: 0,
  })
  try {
    return await work(admin)
  } finally {
    await admin.close()
  }
}

const exists = async (admin: Database, name: string): Promise<boolean> =>
  (await admin.query('select 1 from pg_database where datname = $1', [name])).rowCount === 1

async function runServerUrl(): Promise<string> {
  // imported here: programs that only start a server do not run inside vitest
  const { inject } = await import('vitest')
  return inject('zivPostgresUrl')
}

/** The template of a set of migrations, by their content. */
export async function templateOf(folders: readonly string[]): Promise<string> {
  const digest = createHash('sha256')
  for (const folder of folders) digest.update(await migrationDigest(folder))
  return `ziv_template_${digest.digest('hex').slice(0, 20)}`
}

/** One template per set of migrations, built once per server however many workers ask. */
async function ensureTemplate(serverUrl: string, folders: readonly string[]): Promise<string> {
  const template = await templateOf(folders)
  await asAdmin(serverUrl, async (admin) => {
    if (await exists(admin, template)) return
    await admin.query('select pg_advisory_lock(hashtext($1))', [template])
    if (await exists(admin, template)) return
    const building = `${template}_building`
    await admin.query(`drop database if exists ${building} with (force)`)
    await admin.query(`create database ${building} template template0`)
    const database = createDatabase({
      connectionString: urlOf(serverUrl, building),
      max: 1,
      applicationName: 'ziv-testing',
    })
    try {
      await migrate(database, folders)
    } finally {
      await database.close()
    }
    await admin.query(`alter database ${building} rename to ${template}`)
  })
  return template
}

async function createFrom(serverUrl: string, template: string, name: string): Promise<void> {
  await asAdmin(serverUrl, async (admin) => {
    // copying a template needs it free of sessions: the shared lock keeps copies in line
    await admin.query('select pg_advisory_lock(hashtext($1))', [`${template}_copy`])
    await admin.query(`create database ${name} template ${template}`)
  })
}

/** A migrated database of a given name, copied from a template; who asked for it removes it. */
export async function createMigrated(serverUrl: string, name: string, folders: readonly string[]): Promise<void> {
  await createFrom(serverUrl, await ensureTemplate(serverUrl, folders), name)
}

/**
 * A database of its own for one spec file, copied in milliseconds from a migrated template. Inside vitest the server is
 * the run's (`global-postgres.ts`); elsewhere pass `server`.
 */
export async function createTestDatabase(options: TestDatabaseOptions, server?: string): Promise<TestDatabase> {
  const serverUrl = server ?? (await runServerUrl())
  const name = `ziv_test_${randomBytes(8).toString('hex')}`
  await createMigrated(serverUrl, name, options.migrations)
  const connectionString = urlOf(serverUrl, name)
  const database = createDatabase({ connectionString, max: options.max ?? 10, applicationName: 'ziv-testing' })
  return {
    database,
    connectionString,
    drop: async () => {
      await database.close()
      await asAdmin(serverUrl, (admin) => admin.query(`drop database if exists ${name} with (force)`))
    },
  }
}
