import { catalog } from '@ziv/contracts'
import { newestMoment } from '@ziv/event-store'
import { buildServer, createAuthenticator, defaultCallerLimit } from '@ziv/http'
import { type Clock, type Instant, isoDate, systemClock } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import {
  createKafkaDriver,
  type MessagingDriver,
  type RunningConsumer,
  startConsumer,
  startRelay,
} from '@ziv/messaging'
import { createDatabase, type Database, migrate, prepared, prepareRuntimeRole } from '@ziv/postgres'
import { createVault, masterKeyFrom, masterKeysOf, privacyMigrations } from '@ziv/privacy'
import { type Logger, pino } from 'pino'
import type { ServiceDefinition } from '../define-service.ts'
import { serviceMigrations, serviceSchemas } from '../migrations.ts'
import { registerService } from '../register-service.ts'
import { type HostConfig, readHostConfig } from './config.ts'
import { followClock } from './follow-clock.ts'
import { meterMessaging } from './messaging-metrics.ts'
import { serviceUpkeep, startUpkeep } from './upkeep.ts'

interface RunningService {
  /** Stops in the order that loses nothing: no new requests, work done, consumers, relay, connections. */
  stop(): Promise<void>
}

/**
 * Runs one service as a process of its own on PostgreSQL and Kafka: migrations, consumers, relay, API. The composition root of every
 * `services/<name>/src/main.ts`. Throws a readable Error when a setting is wrong; ends on SIGTERM and SIGINT.
 */
export async function runService(
  service: Pick<ServiceDefinition, 'name' | 'principal' | 'migrations' | 'create'>,
  config = readHostConfig(),
): Promise<RunningService> {
  await using held = new AsyncDisposableStack()
  await startIn(held, service, config)
  // from here on it lives until it is stopped; whatever failed before ended all that was started
  const kept = held.move()
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopping ??= kept.disposeAsync()
    return stopping
  }
  // all is put away by then: a client of Kafka that was joining its group when it was stopped would keep the process, and
  // partitions of the group, for ever
  const end = (): void => void stop().then(() => process.exit())
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end)
  return { stop }
}

/** Opens part after part; each is held, so that the order of ending is the order of starting backwards. */
async function startIn(
  held: AsyncDisposableStack,
  service: Parameters<typeof runService>[0],
  config: HostConfig,
): Promise<void> {
  const logger = pino({ level: config.LOG_LEVEL, name: service.name })
  const database = await openDatabase(service, config, logger)
  held.defer(() => database.close())
  const keys = createDatabase({
    connectionString: config.PRIVACY_DATABASE_URL,
    applicationName: `${service.name}-keys`,
  })
  held.defer(() => keys.close())
  await migrate(keys, [privacyMigrations])
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
  const { ZIV_ENV: environment, insurers } = config
  const deps = { database, driver, clock, vault, auth, law: loadLaw(), logger, insurers, environment }
  const module = await service.create(deps)
  const { name } = module
  // for a later part that cannot start; a full stop ends its work earlier, and a second stop finds nothing to do
  held.defer(() => module.stop())
  await module.resume()
  const relay = await startRelay({ service: name, database, driver, logger, pollIdleMs: 50 })
  held.defer(() => relay.stop())
  const consumers: RunningConsumer[] = []
  held.defer(async () => {
    await Promise.all(consumers.map((consumer) => consumer.stop()))
  })
  for (const definition of module.consumers) {
    const groupPrefix = config.KAFKA_GROUP_PREFIX
    consumers.push(await startConsumer(definition, { service: name, database, driver, logger, catalog, groupPrefix }))
  }
  held.defer(() => module.stop())
  const callerLimit = { ...defaultCallerLimit, requests: config.ZIV_CALLER_REQUESTS }
  const app = await buildServer({ logger, auth, environment, trustProxy: config.ZIV_TRUST_PROXY, callerLimit })
  await registerService(app, module, deps)
  meterMessaging(app.metrics, [{ name, database, relay, consumers }], logger)
  const tasks = serviceUpkeep({ name, database, clock }, config.retention)
  const everyMs = config.ZIV_UPKEEP_MINUTES * 60_000
  const upkeep = startUpkeep({ tasks, logger, registry: app.metrics, everyMs })
  held.defer(() => upkeep.stop())
  held.defer(() => app.close())
  await app.listen({ host: config.ZIV_HOST, port: config.PORT })
}

/** Migrates as the owner of the tables; with a runtime password the service then works as a role that cannot change history. */
async function openDatabase(
  service: Pick<ServiceDefinition, 'name' | 'principal' | 'migrations' | 'create'>,
  config: HostConfig,
  logger: Logger,
): Promise<Database> {
  const onConnectionError = (error: Error): void =>
    logger.warn({ problem: error.message }, 'a database connection broke')
  const open = (connectionString: string): Database =>
    createDatabase({ connectionString, applicationName: service.principal, onConnectionError })
  const owner = open(config.DATABASE_URL)
  await prepared(owner, () => migrate(owner, [...serviceMigrations, service.migrations]))
  if (config.ZIV_RUNTIME_PASSWORD === undefined) return owner
  const login = service.principal
  const password = config.ZIV_RUNTIME_PASSWORD
  await prepared(owner, () => prepareRuntimeRole(owner, { login, password, schemas: serviceSchemas }))
  await owner.close()
  return open(Object.assign(new URL(config.DATABASE_URL), { username: login, password }).toString())
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
