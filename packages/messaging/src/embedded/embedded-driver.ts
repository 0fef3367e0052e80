import type { Database } from '@ziv/postgres'
import { GroupInUse } from '../group-in-use.ts'
import { type MessagingLogger, silentLogger } from '../logger.ts'
import { partitionOf } from '../partitioner.ts'
import type { MessageProducer, MessagingDriver, OutgoingMessage } from '../types.ts'
import { LogEnds } from './ends.ts'
import { appendMessages, createTopics, readLag, setBackGroup } from './log-sql.ts'
import { readEmbeddedTopic } from './read-topic.ts'
import { EmbeddedSubscription } from './subscription.ts'

export interface EmbeddedDriverOptions {
  /** The database of the log, migrated with `messagingLogMigrations`. Closed by its owner. */
  readonly database: Database
  readonly logger?: MessagingLogger
  /** A member that is silent for so long loses its partitions. Default 10 000 ms. */
  readonly leaseMs?: number
  /** How soon messages of other processes are seen, busy and idle. Default 10 and 250 ms. */
  readonly pollBusyMs?: number
  readonly pollIdleMs?: number
}

/** Rows of one insert: more only makes the statement larger, not faster. */
const rowsPerInsert = 2_000

/**
 * A partitioned log with consumer groups in PostgreSQL: durable, ordered per key, no external process. Messages of the
 * same process arrive within a few milliseconds, those of others within `pollIdleMs`. Share one driver per process.
 */
export function createEmbeddedDriver(options: EmbeddedDriverOptions): MessagingDriver {
  const { database, logger = silentLogger, leaseMs = 10_000, pollBusyMs = 10, pollIdleMs = 250 } = options
  const ends = new LogEnds(database, logger, { busyMs: pollBusyMs, idleMs: pollIdleMs })
  const subscriptions = new Set<EmbeddedSubscription>()
  const announce = (groupId: string): void => {
    for (const subscription of subscriptions) if (subscription.groupId === groupId) subscription.nudge()
  }

  const append = async (messages: readonly OutgoingMessage[]): Promise<void> => {
    const ids: number[] = []
    for (const message of messages) {
      const partitions = await ends.topic(message.topic)
      ids.push(partitions[partitionOf(message.key, partitions.length)]!)
    }
    ends.advance(await appendMessages(database, ids, messages))
  }

  const producer: MessageProducer = {
    async send(messages) {
      for (let at = 0; at < messages.length; at += rowsPerInsert) await append(messages.slice(at, at + rowsPerInsert))
    },
    close: async () => {},
  }

  return {
    kind: 'embedded',
    ensureTopics: async (specs) => {
      await createTopics(database, specs)
      await ends.refresh()
    },
    producer: async () => producer,
    async subscribe(subscribe) {
      for (const topic of subscribe.topics) await ends.topic(topic)
      const subscription = new EmbeddedSubscription({ database, ends, logger, leaseMs, announce }, subscribe)
      subscriptions.add(subscription)
      await subscription.start()
      return {
        stop: async () => {
          subscriptions.delete(subscription)
          await subscription.stop()
        },
      }
    },
    read: ({ topic }, onBatch) => readEmbeddedTopic(database, topic, onBatch),
    async setBack(groupId, places) {
      if (!(await setBackGroup(database, groupId, places))) throw new GroupInUse(groupId)
    },
    lag: (groupId, topics) => readLag(database, groupId, topics),
    async close() {
      await Promise.all([...subscriptions].map((subscription) => subscription.stop()))
      subscriptions.clear()
      await ends.stop()
    },
  }
}
