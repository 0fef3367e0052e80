import { type Lease, LeaseLost, OUTBOX_WRITTEN, type OutboxRow } from '@ziv/event-store'
import { backoffMs } from '../backoff.ts'
import { type MessagingLogger, messageOf, silentLogger } from '../logger.ts'
import { Signal } from '../signal.ts'
import type { MessageProducer, RelayOptions, RunningRelay } from '../types.ts'
import { type OutboxSource, outboxSource } from './outbox-source.ts'
import { toMessage } from './to-message.ts'

/** How one batch ended: the lease to go on with, what was sent, and the rows after it when they were read already. */
export interface Relayed {
  readonly lease: Lease
  readonly sent: number
  readonly ahead?: readonly OutboxRow[]
}

/**
 * Sends one batch and moves the checkpoint. A crash in between sends the batch again at the next start: consumers drop
 * what they know. After a full batch the next one is read while this one travels; rows below the horizon never change,
 * so it is the same as read later. `known`: rows read ahead by the call before.
 */
export async function relayOnce(
  source: OutboxSource,
  producer: MessageProducer,
  lease: Lease,
  batchSize: number,
  known?: readonly OutboxRow[],
): Promise<Relayed> {
  const rows = known ?? (await source.read(lease, batchSize))
  const last = rows.at(-1)
  if (last === undefined) return { lease, sent: 0 }
  const reading = rows.length < batchSize ? undefined : readAfter(source, lease, last, batchSize)
  // when the send fails first, nobody awaits the reading any more
  reading?.catch(() => undefined)
  await producer.send(rows.map(toMessage))
  const moved = await source.save(lease, last)
  const ahead = await reading
  return { lease: moved, sent: rows.length, ...(ahead === undefined ? {} : { ahead }) }
}

function readAfter(
  source: OutboxSource,
  lease: Lease,
  { epoch, tx, position }: OutboxRow,
  limit: number,
): Promise<readonly OutboxRow[]> {
  return source.read({ ...lease, position: { epoch, tx, position } }, limit)
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
/** After looks that came to this much in all it looks seldom. */
const soonMs = 100

class RelayLoop {
  readonly #options: LoopOptions
  readonly #signal = new Signal()
  #lease: Lease | null = null
  #ahead: readonly OutboxRow[] | undefined
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
    const known = this.#ahead
    this.#ahead = undefined
    const { lease, sent, ahead } = await relayOnce(source, producer, this.#lease, batchSize, known)
    this.#lease = lease
    this.#ahead = ahead === undefined || ahead.length === 0 ? undefined : ahead
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
    const pauseMs = Math.min(pollIdleMs, leaseMs / 3, this.#waitMs)
    // soon, for rows that the horizon still hides; then seldom: who commits in this process wakes the relay
    this.#waitMs = this.#waitMs < soonMs ? this.#waitMs * 3 : Number.POSITIVE_INFINITY
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
 * to run out. A commit of this process makes a new row travel at once; for those of other processes the relay polls.
 */
export async function startRelay(options: RelayOptions): Promise<RunningRelay> {
  const { service, database, driver, batchSize = 1_000, leaseMs = 10_000, pollIdleMs = 250 } = options
  const logger = options.logger ?? silentLogger
  const source = outboxSource(database, leaseMs)
  const producer = await driver.producer(`${service}.relay`)
  const loop = new RelayLoop({ service, source, producer, batchSize, pollIdleMs, leaseMs, logger })
  const unlisten = database.listen(OUTBOX_WRITTEN, () => loop.wake())
  const running = loop.run().catch((error: unknown) => {
    logger.warn({ service, problem: messageOf(error) }, 'the relay stopped without giving its lease back')
  })
  return {
    service,
    pending: () => source.pending(),
    wake: () => loop.wake(),
    async stop() {
      unlisten()
      loop.stop()
      await running
      await producer.close()
    },
  }
}
