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
    const missing = databaseNames.map((name) => `${prefix}${name}`).filter((name) => !present.has(name))
    const model = `${prefix}sandbox`
    const shared = (['messaging', 'privacy'] as const).map((name) => `${prefix}${name}`)
    const copies = missing.length === databaseNames.length ? missing.filter((name) => !shared.includes(name)) : []
    const plain = missing.filter((name) => !copies.includes(name) || name === model)
    await Promise.all(plain.map((name) => admin.query(`create database "${name}"`)))
    if (copies.length === 0) return
    const first = createDatabase({ connectionString: urlOf(model), applicationName: 'ziv-setup', max: 1 })
    try {
      await migrate(first, serviceMigrations)
    } finally {
      await first.close()
    }
    for (const name of copies) if (name !== model) await admin.query(`create database "${name}" template "${model}"`)
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
