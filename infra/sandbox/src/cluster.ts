import { messagingLogMigrations } from '@ziv/messaging'
import { createDatabase, type Database, migrate, prepared } from '@ziv/postgres'
import { privacyMigrations } from '@ziv/privacy'
import { migrateService } from '@ziv/service'

/** Connection string of a database of the cluster, by its name. */
export type UrlOf = (database: string) => string

export interface OpenOptions {
  readonly urlOf: UrlOf
  /** What the names of all databases begin with: two sandboxes on one server have two. */
  readonly prefix: string
  readonly onConnectionError?: (error: Error) => void
}

/** Makes the databases that are missing. One per service: nothing is shared but the server, and not even that in production. */
export async function ensureDatabases(urlOf: UrlOf, names: readonly string[]): Promise<void> {
  const admin = createDatabase({ connectionString: urlOf('postgres'), applicationName: 'ziv-setup', max: 1 })
  try {
    const { rows } = await admin.query<{ datname: string }>('select datname from pg_database')
    const present = new Set(rows.map((row) => row.datname))
    for (const name of names) {
      if (!present.has(name)) await admin.query(`create database "${name}"`)
    }
  } finally {
    await admin.close()
  }
}

/** Opens the database of one service and brings it to the newest state of all its parts. */
export async function openServiceDatabase(
  options: OpenOptions,
  service: string,
  ownMigrations: string,
): Promise<Database> {
  const database = createDatabase({
    connectionString: options.urlOf(`${options.prefix}${service}`),
    applicationName: `ziv-${service}`,
    max: 8,
    ...(options.onConnectionError === undefined ? {} : { onConnectionError: options.onConnectionError }),
  })
  return prepared(database, () => migrateService(database, service, ownMigrations))
}

/** Opens one of the two databases that belong to no service: the embedded log and the keys of persons. */
export async function openSharedDatabase(options: OpenOptions, name: 'messaging' | 'privacy'): Promise<Database> {
  const database = createDatabase({
    connectionString: options.urlOf(`${options.prefix}${name}`),
    applicationName: `ziv-${name}`,
    max: 12,
    ...(options.onConnectionError === undefined ? {} : { onConnectionError: options.onConnectionError }),
  })
  return prepared(database, () =>
    migrate(database, {
      folder: name === 'messaging' ? messagingLogMigrations : privacyMigrations,
      namespace: name === 'messaging' ? 'messaging-log' : 'privacy',
    }),
  )
}
