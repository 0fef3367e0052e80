import { join } from 'node:path'
import { messagingLogMigrations } from '@ziv/messaging'
import { createDatabase, type Database, migrate, prepared } from '@ziv/postgres'
import { privacyMigrations } from '@ziv/privacy'
import { serviceMigrations } from '@ziv/service'
import { hosted, type ServiceName, serviceNames } from './services.ts'

/** Connection string of a database of the cluster, by its name. */
export type UrlOf = (database: string) => string

export interface OpenOptions {
  readonly urlOf: UrlOf
  /** What the names of all databases begin with: two sandboxes on one server have two. */
  readonly prefix: string
  readonly onConnectionError?: (error: Error) => void
}

/** The embedded log and the keys of persons, which belong to no service. */
export type SharedName = 'messaging' | 'privacy'
export type DatabaseName = ServiceName | 'sandbox' | SharedName

/** Migration folders of every database, in their order. One per service: nothing is shared but the server, and not even that in production. */
export const databaseFolders = Object.fromEntries<readonly string[]>([
  ['messaging', [messagingLogMigrations]],
  ['privacy', [privacyMigrations]],
  ['sandbox', [...serviceMigrations, join(import.meta.dirname, '..', 'migrations')]],
  ...serviceNames.map((name) => [name, [...serviceMigrations, hosted[name].migrations]] as const),
]) as Readonly<Record<DatabaseName, readonly string[]>>

export const databaseNames = Object.keys(databaseFolders) as DatabaseName[]

/**
 * Makes the databases that are missing. Where there is none yet, the tables that all services have are made once and copied:
 * that takes a third of the time.
 */
export async function ensureDatabases({ urlOf, prefix }: OpenOptions): Promise<void> {
  const admin = createDatabase({ connectionString: urlOf('postgres'), applicationName: 'ziv-setup', max: 4 })
  try {
    const { rows } = await admin.query<{ datname: string }>('select datname from pg_database')
    const present = new Set(rows.map((row) => row.datname))
    const create = (name: DatabaseName, from = '') => admin.query(`create database "${prefix}${name}"${from}`)
    const missing = databaseNames.filter((name) => !present.has(`${prefix}${name}`))
    if (missing.length < databaseNames.length) {
      await Promise.all(missing.map((name) => create(name)))
      return
    }
    await Promise.all((['messaging', 'privacy', 'sandbox'] as const).map((name) => create(name)))
    const model = `${prefix}sandbox`
    const first = createDatabase({ connectionString: urlOf(model), applicationName: 'ziv-setup', max: 1 })
    try {
      await migrate(first, serviceMigrations)
    } finally {
      await first.close()
    }
    for (const name of serviceNames) await create(name, ` template "${model}"`)
  } finally {
    await admin.close()
  }
}

/** Opens a database and brings it to the newest state of all its parts. */
export async function openDatabase(options: OpenOptions, name: DatabaseName): Promise<Database> {
  const database = createDatabase({
    connectionString: options.urlOf(`${options.prefix}${name}`),
    applicationName: `ziv-${name}`,
    // those that all services use at the same time have more
    max: name === 'messaging' || name === 'privacy' ? 12 : 8,
    ...(options.onConnectionError === undefined ? {} : { onConnectionError: options.onConnectionError }),
  })
  return prepared(database, () => migrate(database, databaseFolders[name]))
}
