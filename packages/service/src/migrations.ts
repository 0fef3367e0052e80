import { eventStoreMigrations } from '@ziv/event-store'
import { httpMigrations } from '@ziv/http'
import { intakeMigrations } from '@ziv/intake'
import { membersMigrations } from '@ziv/members/store'
import { consumerMigrations } from '@ziv/messaging'
import { runsMigrations } from '@ziv/runs'

/** Folders of the tables that every service has beside its own, in the order they build on one another. */
export const serviceMigrations: readonly string[] = [
  eventStoreMigrations,
  consumerMigrations,
  httpMigrations,
  runsMigrations,
  intakeMigrations,
  membersMigrations,
]

/** Schemas whose rows a service may write as its runtime role. */
export const serviceSchemas: readonly string[] = ['app', 'app_http', 'app_runs', 'app_files', 'app_members']
