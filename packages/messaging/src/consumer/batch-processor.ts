import { setTimeout as sleep } from 'node:timers/promises'
import type { IntegrationEvent } from '@ziv/contracts'
import { backoffMs } from '../backoff.ts'
import { type MessagingLogger, messageOf } from '../logger.ts'
import type { ConsumerAlarm, ConsumerCounters, ConsumerDefinition, IncomingMessage } from '../types.ts'
import type { ConsumerStore, ConsumerUnit } from './consumer-store.ts'
import { isSequenced, type ReadMessage, readMessage } from './read-message.ts'
import { hasOlderEpoch, judge, keyName, type SortedBatch, sortBatch } from './sort-batch.ts'
import { isTransient } from './transient.ts'

export interface ProcessorOptions {
  readonly definition: ConsumerDefinition
  readonly store: ConsumerStore
  readonly catalog: ReadonlyMap<string, IntegrationEvent>
  readonly logger: MessagingLogger
  readonly onAlarm?: ((alarm: ConsumerAlarm) => void) | undefined
  /** Waits between retries; a spec passes its own. */
  readonly pause?: (ms: number) => Promise<unknown>
}

type Counters = { -readonly [K in keyof ConsumerCounters]: number }

/** The consumer was asked to stop while it waited for a retry: the batch is delivered again to whoever comes next. */
class ConsumerStopped extends Error {
  constructor(consumer: string) {
    super(`consumer ${consumer} stops, its open batch is delivered again`)
    this.name = 'ConsumerStopped'
  }
}

/** Handles batches: one transaction each; halves a batch that fails until the message that is at fault stands alone. */
export class BatchProcessor {
  readonly counters: Counters = { handled: 0, duplicates: 0, unknownTypes: 0, parked: 0, gaps: 0, retries: 0 }
  readonly #options: ProcessorOptions
  #stopping = false

  constructor(options: ProcessorOptions) {
    this.#options = options
  }

  stop(): void {
    this.#stopping = true
  }

  /** Resolves when every message has been handled, dropped as a duplicate or parked. */
  async process(messages: readonly IncomingMessage[]): Promise<void> {
    // parsed before the transaction opens: it stays as short as its statements
    await this.#settle(messages.map((message) => readMessage(message, this.#options.catalog)))
  }

  async #settle(reads: readonly ReadMessage[]): Promise<void> {
    try {
      await this.#patiently(() => this.#once(reads))
    } catch (error) {
      if (error instanceof ConsumerStopped) throw error
      if (reads.length === 1) return this.#patiently(() => this.#parkOne(reads[0]!, error))
      const middle = reads.length >> 1
      await this.#settle(reads.slice(0, middle))
      await this.#settle(reads.slice(middle))
    }
  }

  async #once(reads: readonly ReadMessage[]): Promise<void> {
    const { definition, store } = this.#options
    const sorted = await store.transaction(async (unit) => {
      const states = await unit.lockKeys(reads.filter(isSequenced).map((read) => read.message))
      const takenIn = hasOlderEpoch(reads, states) ? await unit.takenIn() : undefined
      const batch = sortBatch(reads, states, { joinMidway: definition.joinMidway ?? false, takenIn })
      if (batch.events.length > 0) await definition.handle(unit.tx, batch.events)
      await unit.park(batch.parked)
      const taken = reads.map(({ message }) => message)
      await unit.save(batch.states, taken)
      return batch
    })
    this.#count(sorted)
  }

  /** The message stands alone and its handler refuses it: the key stops here, the message waits in the table. */
  async #parkOne(read: ReadMessage, error: unknown): Promise<void> {
    const detail = messageOf(error)
    const alarm = await this.#options.store.transaction((unit) => this.#stopKey(unit, read, detail))
    if (alarm) {
      this.counters.parked += 1
      this.#alarm(alarm)
    }
  }

  async #stopKey(
    unit: ConsumerUnit,
    read: ReadMessage,
    detail: string,
  ): Promise<Omit<ConsumerAlarm, 'consumer'> | null> {
    if (!isSequenced(read)) throw new Error(`an unreadable message cannot fail in a handler: ${detail}`)
    const { topic, key } = read.message
    const state = (await unit.lockKeys([read.message])).get(keyName(topic, key))!
    const duplicate = judge(state, read.epoch, read.sequence) === 'duplicate'
    const stopped = { ...state, epoch: state.known ? state.epoch : read.epoch, parked: state.parked ?? 'handler' }
    await unit.save(duplicate ? [] : [stopped], [read.message])
    if (duplicate) return null
    await unit.park([{ read, epoch: read.epoch, sequence: read.sequence, reason: 'handler', error: detail }])
    return { topic, key, epoch: read.epoch, sequence: read.sequence, reason: 'handler', detail }
  }

  async #patiently(work: () => Promise<void>): Promise<void> {
    const { definition, logger, pause = sleep } = this.#options
    for (let attempt = 1; ; attempt++) {
      try {
        return await work()
      } catch (error) {
        if (!isTransient(error)) throw error
        if (this.#stopping) throw new ConsumerStopped(definition.name)
        this.counters.retries += 1
        logger.warn(
          { consumer: definition.name, attempt, problem: messageOf(error) },
          'a batch waits for a passing problem',
        )
        await pause(backoffMs(attempt))
        if (this.#stopping) throw new ConsumerStopped(definition.name)
      }
    }
  }

  #count(batch: SortedBatch): void {
    this.counters.handled += batch.events.length
    this.counters.duplicates += batch.duplicates
    this.counters.unknownTypes += batch.unknownTypes
    this.counters.parked += batch.parked.length
    for (const alarm of batch.alarms) {
      if (alarm.reason === 'gap') this.counters.gaps += 1
      this.#alarm(alarm)
    }
  }

  #alarm(alarm: Omit<ConsumerAlarm, 'consumer'>): void {
    const full = { consumer: this.#options.definition.name, ...alarm }
    this.#options.logger.error(
      full,
      'a key stands still, its messages are parked: look at es.parked, repair, then unpark it',
    )
    this.#options.onAlarm?.(full)
  }
}
