import type { IntegrationEvent } from '@ziv/contracts'
import type { Database } from '@ziv/postgres'
import { type MessagingLogger, silentLogger } from '../logger.ts'
import type { ConsumerAlarm, ConsumerDefinition, MessagingDriver, RunningConsumer } from '../types.ts'
import { BatchProcessor } from './batch-processor.ts'
import { consumerStore } from './consumer-store.ts'
import { consumerLag, type PlacedConsumer, setGroupBack } from './set-group-back.ts'
import { unparkKey } from './unpark.ts'

export interface ConsumerContext {
  readonly service: string
  /** The service's own database, migrated with `consumerMigrations`. */
  readonly database: Database
  readonly driver: MessagingDriver
  readonly catalog: ReadonlyMap<string, IntegrationEvent>
  /**
   * Set before the name to make the group id, for a broker with access lists or shared by several cells:
   * `ziv-rights-300.`. Default: nothing. What is consumed is kept under the name alone.
   */
  readonly groupPrefix?: string
  readonly logger?: MessagingLogger
  /** Told when a key stops, for a metric or a pager. */
  readonly onAlarm?: (alarm: ConsumerAlarm) => void
}

/**
 * Starts a consumer: every message counts once, in order per key, whatever the broker repeats or a crash interrupts. What
 * the handler writes, how far each key is and how far each partition is are one transaction in the service's own database; the
 * broker's offset is only a hint of where to read on, and is set back at the start when it is ahead of the database.
 */
export async function startConsumer(
  definition: ConsumerDefinition,
  context: ConsumerContext,
): Promise<RunningConsumer> {
  const { database, driver, catalog, groupPrefix = '', logger = silentLogger, onAlarm } = context
  const { name, topics } = definition
  const groupId = `${groupPrefix}${name}`
  const processor = new BatchProcessor({ definition, store: consumerStore(database, name), catalog, logger, onAlarm })
  const placed: PlacedConsumer = { driver, database, name, groupId, topics }
  await setGroupBack(placed, logger)
  const subscription = await driver.subscribe({
    groupId,
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
    lag: () => consumerLag(placed),
    unpark: (request) => unparkKey({ database, definition, catalog }, request),
    async stop() {
      processor.stop()
      await subscription.stop()
    },
  }
}
