import { setTimeout as sleep } from 'node:timers/promises'
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import { backoffMs } from '../backoff.ts'
import { LaneQueue } from '../lane-queue.ts'
import { type MessagingLogger, messageOf } from '../logger.ts'
import type { IncomingMessage, SubscribeOptions, Subscription } from '../types.ts'
import { CommitQueue } from './commit-queue.ts'
import { incoming } from './incoming.ts'

export interface KafkaSubscriptionOptions extends SubscribeOptions {
  readonly sessionTimeoutMs: number
}

/** Partitions of one fetch that may be open at once when they are merged into lanes. */
const mergedPartitionsMax = 512
const joinTimeoutMs = 20_000

/** One member of a Kafka group, with heartbeats while a batch is handled and retries in place. */
export class KafkaSubscription implements Subscription {
  readonly #kafka: Kafka
  readonly #logger: MessagingLogger
  readonly #options: KafkaSubscriptionOptions
  readonly #lanes: readonly LaneQueue[]
  readonly #commits = new CommitQueue()
  #consumer: Consumer | null = null
  #stopping = false
  #rebuilding: Promise<void> | null = null

  constructor(kafka: Kafka, logger: MessagingLogger, options: KafkaSubscriptionOptions) {
    this.#kafka = kafka
    this.#logger = logger
    this.#options = options
    const { concurrency = 2, batchSizeMax = 500 } = options
    this.#lanes = Array.from({ length: concurrency }, () => new LaneQueue(options.onBatch, batchSizeMax))
  }

  /** Resolves when the group gave this member its partitions; rejects when the broker refuses it. */
  async start(): Promise<void> {
    const { groupId, topics, sessionTimeoutMs, concurrency = 2, mergePartitions } = this.#options
    const consumer = this.#kafka.consumer({
      groupId,
      allowAutoTopicCreation: false,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: Math.max(30_000, sessionTimeoutMs * 2),
      heartbeatInterval: Math.min(3_000, sessionTimeoutMs / 4),
      maxWaitTimeInMs: 250,
      retry: { retries: 8, initialRetryTime: 100, maxRetryTime: 3_000, restartOnFailure: async () => !this.#stopping },
    })
    this.#consumer = consumer
    const joined = this.#joined(consumer)
    await consumer.connect()
    await consumer.subscribe({ topics: [...topics], fromBeginning: true })
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: mergePartitions ? mergedPartitionsMax : concurrency,
      eachBatch: (payload) => this.#eachBatch(payload),
    })
    await joined
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await this.#rebuilding
    await this.#consumer?.disconnect()
  }

  #joined(consumer: Consumer): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    let started = false
    const timer = setTimeout(() => {
      this.#logger.warn({ group: this.#options.groupId }, 'the group has not divided its partitions yet')
      started = true
      resolve()
    }, joinTimeoutMs)
    consumer.on('consumer.group_join', () => {
      clearTimeout(timer)
      started = true
      resolve()
    })
    consumer.on('consumer.crash', ({ payload }) => {
      if (payload.restart || this.#stopping) return
      clearTimeout(timer)
      if (started) this.#rebuild(payload.error)
      else void consumer.disconnect().finally(() => reject(payload.error))
    })
    return promise
  }

  /** The client gives up on errors it thinks final, for instance a right taken away for a while. We do not. */
  #rebuild(cause: Error): void {
    this.#logger.error(
      { group: this.#options.groupId, problem: messageOf(cause) },
      'the consumer was refused, it starts again',
    )
    this.#rebuilding = (async () => {
      for (let attempt = 1; !this.#stopping; attempt++) {
        await this.#consumer?.disconnect().catch(() => {})
        await sleep(backoffMs(attempt, { firstMs: 500, maxMs: 10_000 }))
        try {
          return await this.start()
        } catch (error) {
          this.#logger.warn(
            { group: this.#options.groupId, attempt, problem: messageOf(error) },
            'the consumer cannot start',
          )
        }
      }
    })()
  }

  async #eachBatch(payload: EachBatchPayload): Promise<void> {
    const { batch, resolveOffset, commitOffsetsIfNecessary, heartbeat } = payload
    const messages = incoming(batch)
    const size = this.#options.batchSizeMax ?? 500
    const { topic, partition } = batch
    for (let at = 0; at < messages.length; at += size) {
      const chunk = messages.slice(at, at + size)
      if (!(await this.#deliver(chunk, payload))) return
      const last = chunk.at(-1)!.offset
      resolveOffset(last)
      const offset = String(BigInt(last) + 1n)
      await this.#commits.commit({ topic, partition, offset }, commitOffsetsIfNecessary)
      await heartbeat()
    }
  }

  /** Until it is handled: false when somebody else will do it. A failed heartbeat is thrown after the handler is done. */
  async #deliver(chunk: readonly IncomingMessage[], payload: EachBatchPayload): Promise<boolean> {
    const { isRunning, isStale, heartbeat } = payload
    let lost: { error: unknown } | null = null
    const timer = setInterval(() => {
      heartbeat().catch((error: unknown) => {
        lost = { error }
      })
    }, this.#options.sessionTimeoutMs / 6)
    const throwWhenLost = (): void => {
      if (lost) throw lost.error
    }
    try {
      for (let attempt = 1; isRunning() && !isStale() && !this.#stopping; attempt++) {
        try {
          await this.#hand(chunk, payload.batch.partition)
          throwWhenLost()
          return true
        } catch (error) {
          throwWhenLost()
          const { groupId } = this.#options
          this.#logger.warn(
            { group: groupId, attempt, problem: messageOf(error) },
            'a batch was not handled, it is delivered again',
          )
        }
        await sleep(backoffMs(attempt))
        throwWhenLost()
      }
      return false
    } finally {
      clearInterval(timer)
    }
  }

  #hand(chunk: readonly IncomingMessage[], partition: number): Promise<void> {
    if (!this.#options.mergePartitions) return this.#options.onBatch(chunk)
    return this.#lanes[partition % this.#lanes.length]!.push(chunk)
  }
}
