import { eventStoreMigrations } from '@ziv/event-store'
import { httpMigrations } from '@ziv/http'
import { intakeMigrations } from '@ziv/intake'
import { membersMigrations } from '@ziv/members/store'
import { consumerMigrations } from '@ziv/messaging'
import { type Database, migrate } from '@ziv/postgres'
import { runsMigrations } from '@ziv/runs'

const shared: readonly { readonly namespace: string; readonly folder: string }[] = [
  { namespace: 'event-store', folder: eventStoreMigrations },
  { namespace: 'consumer', folder: consumerMigrations },
  { namespace: 'http', folder: httpMigrations },
  { namespace: 'runs', folder: runsMigrations },
  { namespace: 'intake', folder: intakeMigrations },
  { namespace: 'members', folder: membersMigrations },
]

/** Folders of the tables that every service has beside its own, in the order they build on one another. */
export const serviceMigrations: readonly string[] = shared.map(({ folder }) => folder)

/** Schemas whose rows a service may write as its runtime role. */
export const serviceSchemas: readonly string[] = ['app', 'app_http', 'app_runs', 'app_files', 'app_members']

/** Brings the database of a service to the newest state of all its parts; as the owner of the tables. */
export async function migrateService(database: Database, name: string, ownMigrations: string): Promise<void> {
  for (const { namespace, folder } of shared) await migrate(database, { folder, namespace })
  await migrate(database, { folder: ownMigrations, namespace: name })
}
