import { type Lease, LeaseLost } from '@ziv/event-store'
import { backoffMs } from '../backoff.ts'
import { type MessagingLogger, messageOf, silentLogger } from '../logger.ts'
import { Signal } from '../signal.ts'
import type { MessageProducer, RelayOptions, RunningRelay } from '../types.ts'
import { type OutboxSource, outboxSource } from './outbox-source.ts'
import { toMessage } from './to-message.ts'

/**
 * Sends one batch and moves the checkpoint. A crash in between sends the batch again at the next start: consumers drop
 * what they know. Answers with the lease to go on with and the number of messages sent.
 */
export async function relayOnce(
  source: OutboxSource,
  producer: MessageProducer,
  lease: Lease,
  batchSize: number,
): Promise<{ lease: Lease; sent: number }> {
  const rows = await source.read(lease, batchSize)
  if (rows.length === 0) return { lease, sent: 0 }
  await producer.send(rows.map(toMessage))
  return { lease: await source.save(lease, rows.at(-1)!), sent: rows.length }
}

interface LoopOptions {
  readonly service: string
  readonly source: OutboxSource
  readonly producer: MessageProducer
  readonly batchSize: number
  readonly pollIdleMs: number
  readonly leaseMs: number
  readonly logger: MessagingLogger
}

/** How soon the relay looks again after it found something, or was woken for rows that the horizon still hides. */
const busyMs = 4

class RelayLoop {
  readonly #options: LoopOptions
  readonly #signal = new Signal()
  #lease: Lease | null = null
  #renewedAt = 0
  #stopping = false
  #waitMs = busyMs
  #failures = 0

  constructor(options: LoopOptions) {
    this.#options = options
  }

  wake(): void {
    this.#waitMs = busyMs
    this.#signal.raise()
  }

  stop(): void {
    this.#stopping = true
    this.#signal.raise()
  }

  async run(): Promise<void> {
    while (!this.#stopping) {
      const pauseMs = await this.#step().catch((error: unknown) => this.#failed(error))
      if (pauseMs > 0 && !this.#stopping) await this.#signal.wait(pauseMs)
    }
    if (this.#lease) await this.#options.source.release(this.#lease)
  }

  /** One look at the outbox; answers how long to wait before the next. */
  async #step(): Promise<number> {
    const { source, producer, batchSize, leaseMs, pollIdleMs, service, logger } = this.#options
    if (!this.#lease) {
      this.#lease = await source.acquire()
      if (!this.#lease) return leaseMs / 4
      this.#renewedAt = Date.now()
      logger.info({ service, term: this.#lease.term }, 'the relay leads')
    }
    const { lease, sent } = await relayOnce(source, producer, this.#lease, batchSize)
    this.#lease = lease
    this.#failures = 0
    if (sent > 0) {
      this.#renewedAt = Date.now()
      this.#waitMs = busyMs
      return sent === batchSize ? 0 : busyMs
    }
    if (Date.now() - this.#renewedAt > leaseMs / 3) {
      await source.renew(lease)
      this.#renewedAt = Date.now()
    }
    const pauseMs = this.#waitMs
    this.#waitMs = Math.min(pollIdleMs, this.#waitMs * 2)
    return pauseMs
  }

  #failed(error: unknown): number {
    const { service, logger } = this.#options
    if (error instanceof LeaseLost) {
      logger.warn({ service }, 'another relay leads now')
      this.#lease = null
      return busyMs
    }
    this.#failures += 1
    logger.warn({ service, attempt: this.#failures, problem: messageOf(error) }, 'nothing was relayed, trying again')
    return backoffMs(this.#failures)
  }
}

/**
 * Starts the relay of one service. Of several processes one leads, by a lease with a rising term; the others wait for it
 * to run out. `wake()` after a commit makes a new row travel at once; without it the relay polls, soon and then seldom.
 */
export async function startRelay(options: RelayOptions): Promise<RunningRelay> {
  const { service, database, driver, batchSize = 1_000, leaseMs = 10_000, pollIdleMs = 250 } = options
  const logger = options.logger ?? silentLogger
  const source = outboxSource(database, leaseMs)
  const producer = await driver.producer(`${service}.relay`)
  const loop = new RelayLoop({ service, source, producer, batchSize, pollIdleMs, leaseMs, logger })
  const running = loop.run().catch((error: unknown) => {
    logger.warn({ service, problem: messageOf(error) }, 'the relay stopped without giving its lease back')
  })
  return {
    service,
    pending: () => source.pending(),
    wake: () => loop.wake(),
    async stop() {
      loop.stop()
      await running
      await producer.close()
    },
  }
}
