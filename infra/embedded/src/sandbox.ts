import { join, resolve } from 'node:path'
import { catalog } from '@ziv/contracts'
import { buildServer, registerService, type SandboxIssuer, type ServiceDeps } from '@ziv/http'
import { type IsoDate, isoDate } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import {
  createEmbeddedDriver,
  createKafkaDriver,
  loadTopics,
  type MessagingDriver,
  type RunningConsumer,
  type RunningRelay,
  startConsumer,
  startRelay,
  waitUntilIdle,
} from '@ziv/messaging'
import type { Database } from '@ziv/postgres'
import { createVault, type Vault } from '@ziv/privacy'
import { startEmbeddedPostgres } from '@ziv/testing'
import type { FastifyInstance } from 'fastify'
import { type Logger, pino } from 'pino'
import { ensureDatabases, openServiceDatabase, openSharedDatabase, type UrlOf } from './cluster.ts'
import { openSandboxClock, type SandboxClock } from './sandbox-clock.ts'
import { sandboxSecrets } from './secrets.ts'
import { type HostedModules, hosted, type ServiceName, serviceNames } from './services.ts'
import { statusPage } from './status-page.ts'

export const INSURERS = ['100', '200', '300', '400', '500', '600', '900'] as const

export interface SandboxOptions {
  /** Everything the sandbox keeps: database, keys, generated files. Made when missing, taken up again when there. */
  readonly dataDir: string
  /** Port of the one host in front of all services. 0 takes a free one. */
  readonly port?: number
  readonly startAt?: IsoDate
  readonly insurers?: readonly string[]
  /** Brokers of a real Kafka; absent: the embedded driver. */
  readonly kafkaBrokers?: readonly string[]
  /** Connection string of a PostgreSQL server; absent: an embedded one in the data folder. */
  readonly postgresUrl?: string
  readonly logger?: Logger
}

export interface Sandbox {
  readonly url: string
  readonly dataDir: string
  readonly modules: HostedModules
  readonly databases: Readonly<Record<ServiceName | 'sandbox', Database>>
  readonly clock: SandboxClock
  readonly issuer: SandboxIssuer
  readonly vault: Vault
  readonly driver: MessagingDriver
  readonly relays: readonly RunningRelay[]
  readonly consumers: readonly RunningConsumer[]
  readonly app: FastifyInstance
  /** Resolves when every outbox is relayed and every consumer is at the head. */
  idle(timeoutMs?: number): Promise<void>
  stop(): Promise<void>
}

interface Server {
  readonly urlOf: UrlOf
  readonly stop: () => Promise<void>
}

/** Survives a kill of any process: what is written is in the kernel. Only a crash of the machine could lose the last moments. */
const SANDBOX_SETTINGS = { fsync: 'off', full_page_writes: 'off', max_connections: 200, shared_buffers: '256MB' }

async function openServer(options: SandboxOptions): Promise<Server> {
  const { postgresUrl } = options
  if (postgresUrl !== undefined) {
    return {
      urlOf: (name) => Object.assign(new URL(postgresUrl), { pathname: `/${name}` }).toString(),
      stop: () => Promise.resolve(),
    }
  }
  const server = await startEmbeddedPostgres({
    dataDir: join(resolve(options.dataDir), 'postgres'),
    settings: SANDBOX_SETTINGS,
  })
  return { urlOf: (name) => server.urlOf(name), stop: () => server.stop() }
}

function openDriver(options: SandboxOptions, log: Database, logger: Logger): MessagingDriver {
  if (options.kafkaBrokers === undefined) return createEmbeddedDriver({ database: log, logger })
  return createKafkaDriver({ brokers: options.kafkaBrokers, clientId: 'ziv-sandbox', logger })
}

/** Starts all services in one process on one PostgreSQL: the whole system for a demonstration, a test or a look around. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const logger = options.logger ?? pino({ level: 'warn' })
  const insurers = options.insurers ?? INSURERS
  const secrets = await sandboxSecrets(resolve(options.dataDir))
  const server = await openServer(options)
  const { urlOf } = server
  const onConnectionError = (error: Error) => logger.warn({ problem: error.message }, 'a database connection broke')
  const open = { urlOf, onConnectionError }
  await ensureDatabases(
    urlOf,
    [...serviceNames, 'messaging', 'privacy', 'sandbox'].map((name) => `ziv_${name}`),
  )
  const log = await openSharedDatabase(open, 'messaging')
  const keys = await openSharedDatabase(open, 'privacy')
  const sandboxDb = await openServiceDatabase(open, 'sandbox', join(import.meta.dirname, '..', 'migrations'))
  const clock = await openSandboxClock(sandboxDb, options.startAt ?? isoDate('2023-01-02'))
  const vault = createVault({ database: keys, masterKey: secrets.masterKey, indexKey: secrets.indexKey })
  const driver = openDriver(options, log, logger)
  await driver.ensureTopics(loadTopics(insurers))

  const shared = { driver, clock, vault, auth: secrets.issuer.authenticator, law: loadLaw(), insurers }
  const app = await buildServer({ logger, auth: secrets.issuer.authenticator, environment: 'sandbox' })
  const databases: Record<string, Database> = { sandbox: sandboxDb }
  const modules: Record<string, HostedModules[ServiceName]> = {}
  const relays: RunningRelay[] = []
  const consumers: RunningConsumer[] = []
  for (const name of serviceNames) {
    const database = await openServiceDatabase(open, name, hosted[name].migrations)
    const deps: ServiceDeps = { ...shared, database, logger: logger.child({ service: name }), environment: 'sandbox' }
    const module = await hosted[name].create(deps)
    databases[name] = database
    modules[name] = module
    await registerService(app, module, { database })
  }
  await statusPage(app, { clock, insurers, landsbond: databases.landsbond as Database })
  relays.push(await startRelay({ service: 'sandbox', database: sandboxDb, driver, logger }))
  for (const name of serviceNames) {
    const database = databases[name] as Database
    relays.push(await startRelay({ service: name, database, driver, logger }))
    for (const definition of (modules[name] as HostedModules[ServiceName]).consumers) {
      consumers.push(await startConsumer(definition, { service: name, database, driver, logger, catalog }))
    }
    await (modules[name] as HostedModules[ServiceName]).resume()
  }
  const url = await app.listen({ port: options.port ?? 8080, host: '127.0.0.1' })

  const stop = async (): Promise<void> => {
    await app.close()
    for (const name of serviceNames) await modules[name]?.stop()
    await Promise.all(consumers.map((consumer) => consumer.stop()))
    await Promise.all(relays.map((relay) => relay.stop()))
    await driver.close()
    await vault.close()
    await Promise.all([...Object.values(databases), log, keys].map((database) => database.close()))
    await server.stop()
  }
  return {
    url,
    dataDir: resolve(options.dataDir),
    modules: modules as unknown as HostedModules,
    databases: databases as Sandbox['databases'],
    clock,
    issuer: secrets.issuer,
    vault,
    driver,
    relays,
    consumers,
    app,
    idle: (timeoutMs = 120_000) => waitUntilIdle({ relays, consumers, timeoutMs }),
    stop,
  }
}
