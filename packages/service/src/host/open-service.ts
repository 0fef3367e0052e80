import { newestMoment } from '@ziv/event-store'
import { createAuthenticator } from '@ziv/http'
import { type Clock, type Instant, isoDate, systemClock } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import { createKafkaDriver, type MessagingDriver } from '@ziv/messaging'
import { createDatabase, type Database, migrate, prepared, prepareRuntimeRole } from '@ziv/postgres'
import { createVault, masterKeyFrom, masterKeysOf, privacyMigrations } from '@ziv/privacy'
import { type Logger, pino } from 'pino'
import type { ServiceDefinition } from '../define-service.ts'
import { serviceMigrations, serviceSchemas } from '../migrations.ts'
import type { ServiceDeps, ServiceModule } from '../types.ts'
import type { HostConfig } from './config.ts'
import { followClock } from './follow-clock.ts'
import type { NotedService } from './service-notes.ts'

/** What a process needs of the definition of its service. */
export type HostedService = Pick<ServiceDefinition, 'name' | 'principal' | 'migrations' | 'create'>

/** A service put together on its PostgreSQL and its Kafka; nothing of it runs yet, and whoever lets it run stops it. */
export interface OpenedService {
  readonly deps: ServiceDeps
  readonly module: ServiceModule
  readonly logger: Logger
  /** Null: no folder for notes was given. */
  readonly noted: NotedService | null
}

/**
 * Opens part after part; each is held, so that the order of ending is the order of starting backwards. `migrates`: brings the
 * databases to the newest state; without it they are taken as they are.
 */
export async function openService(
  held: AsyncDisposableStack,
  service: HostedService,
  config: HostConfig,
  migrates: boolean,
): Promise<OpenedService> {
  const logger = pino({ level: config.LOG_LEVEL, name: service.name })
  if (migrates) await migrateOwn(service, config)
  const database = openDatabase(service, config, logger)
  held.defer(() => database.close())
  const keys = createDatabase({
    connectionString: config.PRIVACY_DATABASE_URL,
    applicationName: `${service.name}-keys`,
  })
  held.defer(() => keys.close())
  if (migrates) await migrate(keys, [privacyMigrations])
  const { indexKey } = await masterKeyFrom(config.ZIV_KEYS_FILE)
  const vault = createVault({ database: keys, indexKey, masterKey: masterKeysOf(config.ZIV_KEYS_FILE) })
  held.defer(async () => vault.close())
  const driver = createKafkaDriver({ ...config.kafka, clientId: service.principal, logger })
  held.defer(() => driver.close())
  const auth = createAuthenticator({
    issuer: config.ZIV_OIDC_ISSUER,
    audience: config.ZIV_OIDC_AUDIENCE,
    keys: new URL(config.ZIV_OIDC_JWKS),
  })
  const clock = await openClock(service.name, config, driver, logger, await newestMoment(database))
  held.defer(() => clock.stop())
  const { ZIV_ENV: environment, insurers, ZIV_NOTES_FOLDER: folder } = config
  const deps = { database, driver, clock, vault, auth, law: loadLaw(), logger, insurers, environment }
  const module = await service.create(deps)
  const { name } = module
  const prefix = config.KAFKA_GROUP_PREFIX
  const noted = folder === undefined ? null : { name, prefix, folder, database, clock, driver, logger }
  return { deps, module, logger, noted }
}

const connecting = ({ principal }: HostedService, connectionString: string, logger?: Logger): Database =>
  createDatabase({
    connectionString,
    applicationName: principal,
    onConnectionError: (error) => logger?.warn({ problem: error.message }, 'a database connection broke'),
  })

/** Migrates as the owner of the tables; with a runtime password the service then works as a role that cannot change history. */
async function migrateOwn(service: HostedService, config: HostConfig): Promise<void> {
  const owner = connecting(service, config.DATABASE_URL)
  try {
    await prepared(owner, () => migrate(owner, [...serviceMigrations, service.migrations]))
    const { ZIV_RUNTIME_PASSWORD: password } = config
    if (password === undefined) return
    const role = { login: service.principal, password, schemas: serviceSchemas }
    await prepared(owner, () => prepareRuntimeRole(owner, role))
  } finally {
    await owner.close()
  }
}

function openDatabase(service: HostedService, config: HostConfig, logger: Logger): Database {
  const { ZIV_RUNTIME_PASSWORD: password, DATABASE_URL: owner } = config
  if (password === undefined) return connecting(service, owner, logger)
  const own = Object.assign(new URL(owner), { username: service.principal, password })
  return connecting(service, own.toString(), logger)
}

async function openClock(
  name: string,
  config: HostConfig,
  driver: MessagingDriver,
  logger: Logger,
  newest: Instant | null,
): Promise<Clock & { stop(): Promise<void> }> {
  if (config.ZIV_CLOCK_START === undefined) {
    const now = systemClock().now()
    if (newest !== null && newest > now) {
      logger.warn(
        { newest, now },
        'the clock of the machine is behind what is stored: moments stand still until it is past',
      )
    }
    return { ...systemClock(Date.now, newest), stop: () => Promise.resolve() }
  }
  const startAt = isoDate(config.ZIV_CLOCK_START)
  return followClock({ startAt, newest, driver, group: `${config.KAFKA_GROUP_PREFIX}${name}`, logger })
}
