import type { IntegrationEvent } from '@ziv/contracts'
import type { Database } from '@ziv/postgres'
import { type MessagingLogger, silentLogger } from '../logger.ts'
import type { ConsumerAlarm, ConsumerDefinition, MessagingDriver, RunningConsumer } from '../types.ts'
import { BatchProcessor } from './batch-processor.ts'
import { consumerStore } from './consumer-store.ts'
import { unparkKey } from './unpark.ts'

export interface ConsumerContext {
  readonly service: string
  /** The service's own database, migrated with `consumerMigrations`. */
  readonly database: Database
  readonly driver: MessagingDriver
  readonly catalog: ReadonlyMap<string, IntegrationEvent>
  readonly logger?: MessagingLogger
  /** Told when a key stops, for a metric or a pager. */
  readonly onAlarm?: (alarm: ConsumerAlarm) => void
}

/**
 * Starts a consumer: every message counts once, in order per key, whatever the broker repeats or a crash interrupts. What
 * the handler writes and how far each key is are one transaction in the service's own database; the broker's offset is
 * only a hint of where to read on.
 */
export async function startConsumer(
  definition: ConsumerDefinition,
  context: ConsumerContext,
): Promise<RunningConsumer> {
  const { database, driver, catalog, logger = silentLogger, onAlarm } = context
  const { name, topics } = definition
  const processor = new BatchProcessor({ definition, store: consumerStore(database, name), catalog, logger, onAlarm })
  const subscription = await driver.subscribe({
    groupId: name,
    topics,
    onBatch: (messages) => processor.process(messages),
    batchSizeMax: definition.batchSizeMax ?? 500,
    concurrency: definition.concurrency ?? 2,
    mergePartitions: true,
  })
  logger.info({ service: context.service, consumer: name, topics: topics.length }, 'consumer started')
  return {
    name,
    topics,
    counters: () => ({ ...processor.counters }),
    lag: () => driver.lag(name, topics),
    unpark: (request) => unparkKey({ database, definition, catalog }, request),
    async stop() {
      processor.stop()
      await subscription.stop()
    },
  }
}
