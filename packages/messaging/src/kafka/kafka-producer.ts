import type { Kafka, Producer } from 'kafkajs'
import { partitionOf } from '../partitioner.ts'
import type { MessageProducer, OutgoingMessage } from '../types.ts'

/** Kept below the brokers' default for one record batch (1 048 588 bytes), with room for their framing. */
const partitionBytesMax = 800_000

const bytesOf = ({ key, value, headers }: OutgoingMessage): number => {
  let bytes = Buffer.byteLength(value) + Buffer.byteLength(key) + 32
  for (const name in headers) bytes += name.length + Buffer.byteLength(headers[name]!) + 4
  return bytes
}

/** Cuts a list so that no topic, so also no partition, gets more than a broker takes at once; the order stays. */
export function cutByBytes(messages: readonly OutgoingMessage[], bytesMax = partitionBytesMax): OutgoingMessage[][] {
  const cuts: OutgoingMessage[][] = []
  let current: OutgoingMessage[] = []
  let bytes = new Map<string, number>()
  for (const message of messages) {
    const size = bytesOf(message)
    const held = bytes.get(message.topic) ?? 0
    if (held > 0 && held + size > bytesMax) {
      cuts.push(current)
      current = []
      bytes = new Map()
    }
    current.push(message)
    bytes.set(message.topic, (bytes.get(message.topic) ?? 0) + size)
  }
  if (current.length > 0) cuts.push(current)
  return cuts
}

const byTopic = (messages: readonly OutgoingMessage[]) => {
  const topics = new Map<string, { key: string; value: string; headers: Record<string, string> }[]>()
  for (const { topic, key, value, headers } of messages) {
    // the client only reads the headers
    const item = { key, value, headers: headers as Record<string, string> }
    const list = topics.get(topic)
    if (list === undefined) topics.set(topic, [item])
    else list.push(item)
  }
  return [...topics].map(([topic, list]) => ({ topic, messages: list }))
}

/** The explicit partitioner, the same as the embedded driver's. */
const createPartitioner =
  () =>
  ({ partitionMetadata, message }: { partitionMetadata: readonly unknown[]; message: { key?: unknown } }): number =>
    partitionOf(String(message.key), partitionMetadata.length)

/**
 * Idempotent, acks of all, one request in flight: the order of the array is the order in the partition. After a failure
 * the outcome of a request is unknown, so the next send starts with a new producer identity; what arrives twice has the
 * same sequence and is dropped by its readers.
 */
export class KafkaProducer implements MessageProducer {
  readonly #kafka: Kafka
  #producer: Promise<Producer> | null = null

  constructor(kafka: Kafka) {
    this.#kafka = kafka
  }

  async send(messages: readonly OutgoingMessage[]): Promise<void> {
    this.#producer ??= this.#connect()
    try {
      const producer = await this.#producer
      for (const part of cutByBytes(messages)) await producer.sendBatch({ acks: -1, topicMessages: byTopic(part) })
    } catch (error) {
      await this.close()
      throw error
    }
  }

  async close(): Promise<void> {
    const open = this.#producer
    this.#producer = null
    await open?.then((producer) => producer.disconnect()).catch(() => {})
  }

  async #connect(): Promise<Producer> {
    const producer = this.#kafka.producer({
      createPartitioner,
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 2_000 },
    })
    await producer.connect()
    return producer
  }
}
