import kafkajs, { type Admin, type Kafka, type KafkaConfig, type SASLOptions } from 'kafkajs'
import { GroupInUse } from '../group-in-use.ts'
import { type MessagingLogger, messageOf, silentLogger } from '../logger.ts'
import type { GroupPlace, MessagingDriver, PartitionLag, Subscription } from '../types.ts'
import { ensureKafkaTopics, settled } from './ensure-topics.ts'
import { kafkaLogs } from './kafka-logs.ts'
import { KafkaProducer } from './kafka-producer.ts'
import { KafkaSubscription } from './kafka-subscription.ts'
import { endsOf, readKafkaTopic } from './read-topic.ts'

export interface KafkaDriverOptions {
  readonly brokers: readonly string[]
  readonly clientId: string
  readonly ssl?: KafkaConfig['ssl']
  readonly sasl?: SASLOptions
  readonly logger?: MessagingLogger
  /** A member that is silent for so long loses its partitions. Default 15 000 ms. */
  readonly sessionTimeoutMs?: number
  /** Copies of new topics. Default: what the brokers have set. */
  readonly replicationFactor?: number
}

async function kafkaLag(admin: Admin, groupId: string, topics: readonly string[]): Promise<PartitionLag[]> {
  const committed = await admin.fetchOffsets({ groupId, topics: [...topics] })
  const ends = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)))
  return topics.flatMap((topic, i) => {
    const own = new Map(committed.find((c) => c.topic === topic)?.partitions.map((p) => [p.partition, p.offset]))
    return ends[i]!.map(({ partition, high, low }) => {
      const offset = own.get(partition) ?? '-1'
      const from = offset === '-1' ? low : offset
      return {
        topic,
        partition,
        start: low,
        committed: from,
        end: high,
        lag: Math.max(0, Number(BigInt(high) - BigInt(from))),
      }
    }).sort((a, b) => a.partition - b.partition)
  })
}

/** A group whose last member has gone, or that there never was. */
const EMPTY_GROUPS: readonly string[] = ['Empty', 'Dead']

async function setBackKafka(admin: Admin, groupId: string, places: readonly GroupPlace[]): Promise<void> {
  const { groups } = await admin.describeGroups([groupId])
  if (!groups.every(({ state }) => EMPTY_GROUPS.includes(state))) throw new GroupInUse(groupId)
  for (const [topic, own] of Map.groupBy(places, (place) => place.topic)) {
    const partitions = own.map(({ partition, offset }) => ({ partition, offset }))
    await admin.setOffsets({ groupId, topic, partitions }).catch((error: unknown) => {
      throw messageOf(error).includes('no running instances') ? new GroupInUse(groupId, error) : error
    })
  }
}

/** One administration client, opened at first use; one that failed is replaced, not repaired. */
class AdminClient {
  readonly #kafka: Kafka
  #opened: Promise<Admin> | null = null

  constructor(kafka: Kafka) {
    this.#kafka = kafka
  }

  async use<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    this.#opened ??= this.#open()
    const opened = this.#opened
    try {
      const admin = await opened
      return await settled(() => work(admin))
    } catch (error) {
      if (this.#opened === opened) this.#opened = null
      await opened.then((admin) => admin.disconnect()).catch(() => {})
      throw error
    }
  }

  async close(): Promise<void> {
    await this.#opened?.then((admin) => admin.disconnect()).catch(() => {})
  }

  async #open(): Promise<Admin> {
    const admin = this.#kafka.admin()
    await admin.connect()
    return admin
  }
}

/**
 * The driver for a real Kafka. Partitions, order and durability are the broker's; the partitioner is ours. TLS and SASL
 * come from the configuration. Topics are never created by use, only by `ensureTopics`.
 */
export function createKafkaDriver(options: KafkaDriverOptions): MessagingDriver {
  const {
    brokers,
    clientId,
    ssl,
    sasl,
    logger = silentLogger,
    sessionTimeoutMs = 15_000,
    replicationFactor = -1,
  } = options
  const kafka = new kafkajs.Kafka({
    clientId,
    brokers: [...brokers],
    ...(ssl !== undefined && { ssl }),
    ...(sasl !== undefined && { sasl }),
    connectionTimeout: 5_000,
    retry: { retries: 8, initialRetryTime: 100, maxRetryTime: 3_000 },
    logLevel: kafkajs.logLevel.INFO,
    logCreator: kafkaLogs(logger),
  })
  const subscriptions = new Set<Subscription>()
  const producers = new Set<KafkaProducer>()
  const admin = new AdminClient(kafka)

  return {
    kind: 'kafka',
    ensureTopics: (specs) => admin.use((client) => ensureKafkaTopics(client, specs, replicationFactor)),
    async producer() {
      const producer = new KafkaProducer(kafka)
      producers.add(producer)
      return {
        send: (messages) => producer.send(messages),
        close: async () => {
          producers.delete(producer)
          await producer.close()
        },
      }
    },
    async subscribe(subscribe) {
      const subscription = new KafkaSubscription(kafka, logger, { ...subscribe, sessionTimeoutMs })
      subscriptions.add(subscription)
      await subscription.start().catch(async (error: unknown) => {
        subscriptions.delete(subscription)
        await subscription.stop()
        throw error
      })
      return {
        stop: async () => {
          subscriptions.delete(subscription)
          await subscription.stop()
        },
      }
    },
    read: async (from, onBatch) => {
      const ends = await admin.use((client) => endsOf(client, from.topic))
      await readKafkaTopic(kafka, ends, from, onBatch)
    },
    setBack: (groupId, places) => admin.use((client) => setBackKafka(client, groupId, places)),
    lag: (groupId, topics) => admin.use((client) => kafkaLag(client, groupId, topics)),
    async close() {
      await Promise.all([...subscriptions].map((subscription) => subscription.stop()))
      await Promise.all([...producers].map((producer) => producer.close()))
      await admin.close()
    },
  }
}
