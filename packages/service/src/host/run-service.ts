import { catalog } from '@ziv/contracts'
import { buildServer, defaultCallerLimit } from '@ziv/http'
import { type RunningConsumer, startConsumer, startRelay } from '@ziv/messaging'
import { registerService } from '../register-service.ts'
import { type HostConfig, readHostConfig } from './config.ts'
import { meterMessaging } from './messaging-metrics.ts'
import { type HostedService, openService } from './open-service.ts'
import { startServiceNotes } from './service-notes.ts'
import { serviceUpkeep, startUpkeep } from './upkeep.ts'

interface RunningService {
  /** Stops in the order that loses nothing: no new requests, work done, consumers, relay, a last note of the log, connections. */
  stop(): Promise<void>
}

/**
 * Runs one service as a process of its own on PostgreSQL and Kafka: migrations, consumers, relay, API. The composition root of every
 * `services/<name>/src/main.ts`. Throws a readable Error when a setting is wrong; ends on SIGTERM and SIGINT.
 */
export async function runService(service: HostedService, config = readHostConfig()): Promise<RunningService> {
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
async function startIn(held: AsyncDisposableStack, service: HostedService, config: HostConfig): Promise<void> {
  const { deps, module, logger, noted } = await openService(held, service, config, true)
  const { database, driver, clock, auth, environment } = deps
  const { name } = module
  // the last note comes when nothing writes any more: consumers have ended, and the work that they started
  if (noted === null) logger.warn('no notes of the log are made: ZIV_NOTES_FOLDER is not set')
  else held.defer(await startServiceNotes(noted))
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
