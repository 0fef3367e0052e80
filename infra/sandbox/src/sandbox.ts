import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { INSURERS } from '@ziv/contracts'
import { buildServer, type CallerLimit, defaultCallerLimit, type SandboxIssuer } from '@ziv/http'
import { type IsoDate, isoDate } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import {
  createEmbeddedDriver,
  createKafkaDriver,
  loadTopics,
  type MessagingDriver,
  waitUntilIdle,
} from '@ziv/messaging'
import type { Database } from '@ziv/postgres'
import { createVault, type TurnedMasterKey, turnMasterKey, type Vault } from '@ziv/privacy'
import { type Finding, type RangedProof, type Retention, registerService, type ServiceDeps } from '@ziv/service'
import type { FastifyInstance } from 'fastify'
import { type Logger, pino } from 'pino'
import { type DatabaseName, databaseNames, ensureDatabases, type OpenOptions, openDatabase } from './cluster.ts'
import { assertDataFolder, makeDataFolder } from './data-folder.ts'
import { assertOwnHistory } from './own-history.ts'
import { prefixedDriver } from './prefixed-driver.ts'
import { type Movement, observeMovement, startMovement } from './running.ts'
import { openSandboxClock, type SandboxClock } from './sandbox-clock.ts'
import { sandboxSecrets } from './secrets.ts'
import { openServer } from './server.ts'
import { type HostedModules, hosted, type ServiceName, serviceNames } from './services.ts'
import { statusPage } from './status-page.ts'
import { watchAndKeep } from './upkeep.ts'
import { notesFile, watchLogs } from './watch-logs.ts'

export interface SandboxOptions {
  /** Everything the sandbox keeps: database, keys, generated files. Made when missing, taken up again when there. */
  readonly dataDir: string
  /** Port of the one host in front of all services. 0 takes a free one. */
  readonly port?: number
  readonly startAt?: IsoDate
  readonly insurers?: readonly string[]
  /** Brokers of a real Kafka; absent: the embedded driver. */
  readonly kafkaBrokers?: readonly string[]
  /** With Kafka: put before the name of every topic and group, so that sandboxes can share a broker. Default none. */
  readonly topicPrefix?: string
  /** Connection string of a PostgreSQL server; absent: an embedded one in the data folder. */
  readonly postgresUrl?: string
  /** What the names of its databases begin with. Default `ziv_`; sandboxes on one server each need their own. */
  readonly databasePrefix?: string
  readonly logger?: Logger
  /** What one person may ask of the services. Default as in production. */
  readonly callerLimit?: CallerLimit
  /** How long services keep what they need for a while only. Default as in production. */
  readonly retention?: Retention
  /** Opens everything to look at it, but takes no messages, sends none and listens on no port. Default false. */
  readonly passive?: boolean
  /** Ends a start that waits, for a broker say: its PostgreSQL stops. Means nothing once the sandbox has started. */
  readonly signal?: AbortSignal
}

/** What it takes to open the data of a sandbox once more. */
export type OpenedData = Pick<
  SandboxOptions,
  'dataDir' | 'insurers' | 'kafkaBrokers' | 'topicPrefix' | 'postgresUrl' | 'databasePrefix'
>

const openedOf = ({
  dataDir,
  insurers,
  kafkaBrokers,
  topicPrefix,
  postgresUrl,
  databasePrefix,
}: SandboxOptions): OpenedData => ({
  dataDir: resolve(dataDir),
  ...(insurers === undefined ? {} : { insurers }),
  ...(kafkaBrokers === undefined ? {} : { kafkaBrokers }),
  ...(topicPrefix === undefined ? {} : { topicPrefix }),
  ...(postgresUrl === undefined ? {} : { postgresUrl }),
  ...(databasePrefix === undefined ? {} : { databasePrefix }),
})

type ServiceDatabases = Readonly<Record<ServiceName, Database>>
type Databases = ServiceDatabases & { readonly sandbox: Database }

export interface Sandbox extends Pick<Movement, 'relays' | 'consumers'> {
  /** Address of the host; null when it is passive. */
  readonly url: string | null
  readonly dataDir: string
  readonly modules: HostedModules
  readonly databases: Databases
  readonly clock: SandboxClock
  readonly issuer: SandboxIssuer
  readonly vault: Vault
  readonly driver: MessagingDriver
  readonly app: FastifyInstance
  /** Resolves when every outbox is relayed and every consumer is at the head. */
  idle(timeoutMs?: number): Promise<void>
  /** Puts a new master key in the place of the one in use, also while another process runs this sandbox. */
  turnMasterKey(): Promise<TurnedMasterKey>
  /** Notes outside the databases what their logs hold. It does so itself at its start and end, every hour, and when a month begins. */
  note(): Promise<void>
  /** Sends the notes again that their topic took and holds no more; how many there were. */
  sendNotes(): Promise<number>
  /** What only the host can prove: notes, keys, and messages against the embedded log. */
  readonly proofs: readonly RangedProof[]
  /** Whether the topic of the notes holds those of the file now. */
  readonly proveTopic: () => Promise<Finding>
  /** How another thread or process opens the same data to look at it. */
  readonly opened: OpenedData
  stop(): Promise<void>
}

function openDriver(options: SandboxOptions, log: Database, logger: Logger): MessagingDriver {
  const { kafkaBrokers, topicPrefix = '' } = options
  if (kafkaBrokers === undefined) return createEmbeddedDriver({ database: log, logger })
  return prefixedDriver(createKafkaDriver({ brokers: kafkaBrokers, clientId: 'ziv-sandbox', logger }), topicPrefix)
}

/** Opens every database at the same time; when one cannot be opened, those that were are closed with the rest. */
async function openDatabases(
  open: OpenOptions,
  held: AsyncDisposableStack,
): Promise<Readonly<Record<DatabaseName, Database>>> {
  const opened = await Promise.allSettled(
    databaseNames.map(async (name) => [name, closing(held, await openDatabase(open, name))] as const),
  )
  const failed = opened.find((one) => one.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  return Object.fromEntries(opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))) as Record<
    DatabaseName,
    Database
  >
}

const movingOf = (databases: ServiceDatabases, modules: HostedModules) =>
  serviceNames.map((name) => ({ name, database: databases[name], consumers: modules[name].consumers }))

/** Puts every service together on its own database and mounts its API. */
async function openModules(
  databases: ServiceDatabases,
  app: FastifyInstance,
  shared: Omit<ServiceDeps, 'database'>,
  held: AsyncDisposableStack,
): Promise<HostedModules> {
  const modules: Record<string, HostedModules[ServiceName]> = {}
  for (const name of serviceNames) {
    const database = databases[name]
    const module = await hosted[name].create({ ...shared, database, logger: shared.logger.child({ service: name }) })
    modules[name] = module
    // for a later part that cannot start; a full stop ends its work earlier, and a second stop finds nothing to do
    held.defer(() => module.stop())
    await registerService(app, module, { database })
  }
  return modules as unknown as HostedModules
}

/** Closes it with the rest. */
function closing<T extends { close(): unknown }>(held: AsyncDisposableStack, part: T): T {
  held.defer(async () => {
    await part.close()
  })
  return part
}

/**
 * Starts all services in one process on one PostgreSQL: the whole system for a demonstration, a test or a look around. When a
 * part cannot start (the port is taken, the broker is somebody else's), what was started before it is ended again.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  await using held = new AsyncDisposableStack()
  const sandbox = await startIn(held, options)
  // from here on it lives until it is stopped
  const kept = held.move()
  return { ...sandbox, stop: () => kept.disposeAsync() }
}

/** The server of a start, which the signal ends until that start is over. */
async function holdServer(held: AsyncDisposableStack, options: SandboxOptions) {
  const server = await openServer(options)
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopping ??= server.stop()
    return stopping
  }
  held.defer(stop)
  // not by way of what was opened on it: a broker that does not answer keeps that from closing
  const breakOff = (): void => void stop().catch(() => undefined)
  if (options.signal?.aborted === true) breakOff()
  else options.signal?.addEventListener('abort', breakOff, { once: true })
  return { server, started: () => options.signal?.removeEventListener('abort', breakOff) }
}

async function startIn(held: AsyncDisposableStack, options: SandboxOptions): Promise<Omit<Sandbox, 'stop'>> {
  const logger = options.logger ?? pino({ level: 'warn' })
  const insurers = options.insurers ?? INSURERS
  if (options.passive === true) assertDataFolder(options.dataDir)
  else await makeDataFolder(options.dataDir)
  const { issuer, masterKey, indexKey, keysFile } = await sandboxSecrets(resolve(options.dataDir))
  const { server, started } = await holdServer(held, options)
  const prefix = options.databasePrefix ?? 'ziv_'
  const onConnectionError = (error: Error): void =>
    logger.warn({ problem: error.message }, 'a database connection broke')
  const open: OpenOptions = { urlOf: server.urlOf, prefix, onConnectionError }
  await ensureDatabases(open)
  const { messaging: log, privacy: keys, ...all } = await openDatabases(open, held)
  const { sandbox, ...databases } = all
  const startAt = options.startAt ?? isoDate('2023-01-02')
  const clock = await openSandboxClock(sandbox, Object.values(databases), startAt)
  const vault = closing(held, createVault({ database: keys, masterKey, indexKey }))
  const driver = closing(held, openDriver(options, log, logger))
  const topics = loadTopics(insurers)
  await driver.ensureTopics(topics)
  const auth = issuer.authenticator
  // the work of all services shares this event loop: a delay says nothing of the requests, and a busy machine is no outage
  const { callerLimit = defaultCallerLimit } = options
  const app = await buildServer({ logger, auth, environment: 'sandbox', eventLoopDelayMaxMs: 0, callerLimit })
  const shared = { driver, clock, vault, auth, law: loadLaw(), insurers, logger, environment: 'sandbox' } as const
  const modules = await openModules(databases, app, shared, held)
  await statusPage(app, { clock, insurers, landsbond: databases.landsbond })

  const services = movingOf(databases, modules)
  const moving = [{ name: 'sandbox', database: sandbox, consumers: [] }, ...services]
  const passive = options.passive === true
  if (!passive) await assertOwnHistory(driver, topics, moving, existsSync(notesFile(options.dataDir)))
  // its last note comes when nothing writes any more: consumers have ended, and the work that they started
  const { proofsWith, ...watched } = await watchLogs(held, options, {
    all,
    modules,
    clock,
    keys,
    masterKey,
    topics,
    driver,
    logger,
  })
  const stopModules = async (): Promise<void> => {
    for (const name of serviceNames) await modules[name].stop()
  }
  held.defer(stopModules)
  const movement = passive ? observeMovement(moving, driver) : await startMovement(moving, driver, logger)
  held.defer(() => movement.stop())
  if (!passive) {
    const upkeep = watchAndKeep({ app, moving, movement, log, clock, retention: options.retention, logger })
    held.defer(() => upkeep.stop())
  }
  held.defer(stopModules)
  closing(held, app)
  if (!passive) for (const name of serviceNames) await modules[name].resume()
  const url = passive ? null : await app.listen({ port: options.port ?? 8080, host: '127.0.0.1' })
  started()
  return {
    url,
    dataDir: resolve(options.dataDir),
    opened: openedOf(options),
    ...{ modules, databases: all, ...watched },
    proofs: proofsWith(movement),
    ...{ issuer, vault, driver, app },
    ...{ relays: movement.relays, consumers: movement.consumers },
    turnMasterKey: () => turnMasterKey(keys, keysFile),
    idle: (timeoutMs = 120_000) => waitUntilIdle({ ...movement, timeoutMs }),
  }
}
