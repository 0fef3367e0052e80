import type { Database } from '@ziv/postgres'
import { backoffMs } from '../backoff.ts'
import { type MessagingLogger, messageOf } from '../logger.ts'
import { Signal } from '../signal.ts'
import type { IncomingMessage, SubscribeOptions, Subscription } from '../types.ts'
import type { LogEnds } from './ends.ts'
import { fetchRanges, type LogRange } from './log-sql.ts'
import { Membership } from './membership.ts'

export interface SubscriptionContext {
  readonly database: Database
  readonly ends: LogEnds
  readonly logger: MessagingLogger
  readonly leaseMs: number
  /** Tells the other members in this process that the group changed. */
  readonly announce: (groupId: string) => void
}

interface OwnedPartition {
  position: number
  busy: boolean
  failures: number
  retryAt: number
}

/** One member of a group: lanes of partitions, each fetching, handing over and committing in turn. */
export class EmbeddedSubscription implements Subscription {
  readonly groupId: string
  readonly #context: SubscriptionContext
  readonly #options: SubscribeOptions
  readonly #membership: Membership
  readonly #owned = new Map<number, OwnedPartition>()
  readonly #lanes: readonly Signal[]
  readonly #cursor: number[]
  readonly #pulse = new Signal()
  readonly #released = new Signal()
  #running: Promise<unknown> = Promise.resolve()
  #stopping = false
  #unlisten: () => void = () => {}

  constructor(context: SubscriptionContext, options: SubscribeOptions) {
    this.groupId = options.groupId
    this.#context = context
    this.#options = options
    this.#membership = new Membership(context.database, options.groupId, options.topics, context.leaseMs)
    this.#lanes = Array.from({ length: options.concurrency ?? 2 }, () => new Signal())
    this.#cursor = this.#lanes.map(() => 0)
  }

  async start(): Promise<void> {
    await this.#rebalance()
    this.#context.announce(this.groupId)
    this.#unlisten = this.#context.ends.listen(() => this.#wakeLanes())
    this.#running = Promise.all([this.#heart(), ...this.#lanes.map((signal, lane) => this.#lane(signal, lane))])
  }

  /** The group changed: look now instead of at the next heartbeat. */
  nudge(): void {
    this.#pulse.raise()
  }

  async stop(): Promise<void> {
    if (this.#stopping) return
    this.#stopping = true
    this.#unlisten()
    this.#wakeLanes()
    this.#pulse.raise()
    this.#released.raise()
    await this.#running
    await this.#membership.leave().catch((error: unknown) => {
      this.#context.logger.warn({ group: this.groupId, problem: messageOf(error) }, 'left the group without saying so')
    })
    this.#context.announce(this.groupId)
  }

  #wakeLanes(): void {
    for (const signal of this.#lanes) signal.raise()
  }

  async #heart(): Promise<void> {
    while (!this.#stopping) {
      await this.#pulse.wait(this.#context.leaseMs / 4)
      if (this.#stopping) return
      try {
        await this.#rebalance()
      } catch (error) {
        this.#context.logger.warn({ group: this.groupId, problem: messageOf(error) }, 'group heartbeat failed')
      }
    }
  }

  /** Divides by partition number, so that one key stays with one member in all topics of the same width. */
  async #target(): Promise<number[]> {
    const alive = await this.#membership.beat()
    const target: number[] = []
    for (const [topic, members] of alive) {
      const ids = await this.#context.ends.topic(topic)
      target.push(...ids.filter((_, n) => members[n % members.length] === this.#membership.memberId))
    }
    return target
  }

  async #rebalance(): Promise<void> {
    const target = await this.#target()
    const mine = await this.#membership.owned()
    for (const id of this.#owned.keys()) if (!mine.has(id)) this.#owned.delete(id)

    const wanted = new Set(target)
    const surplus = [...mine].filter((id) => !wanted.has(id))
    if (surplus.length > 0) await this.#letGo(surplus)

    const missing = target.filter((id) => !this.#owned.has(id))
    if (missing.length === 0) return
    for (const { id, committed } of await this.#membership.claim(missing)) {
      const position = Math.max(committed, this.#context.ends.get(id).start)
      this.#owned.set(id, { position, busy: false, failures: 0, retryAt: 0 })
    }
    this.#wakeLanes()
  }

  /** Finishes what is being handled, then gives the partitions back. */
  async #letGo(ids: readonly number[]): Promise<void> {
    const handled: OwnedPartition[] = []
    for (const id of ids) {
      const state = this.#owned.get(id)
      if (state?.busy) handled.push(state)
      this.#owned.delete(id)
    }
    while (handled.some((state) => state.busy) && !this.#stopping) {
      await this.#released.wait(this.#context.leaseMs / 4)
      await this.#membership.beat()
    }
    await this.#membership.release(ids)
    this.#context.announce(this.groupId)
  }

  async #lane(signal: Signal, lane: number): Promise<void> {
    while (!this.#stopping) {
      // one moment for both: a retry that falls due between them would be neither picked nor waited for
      const now = Date.now()
      const ranges = this.#pick(lane, now)
      if (ranges.length === 0) {
        await signal.wait(this.#nextRetryMs(lane, now))
        continue
      }
      const states = ranges.map((range) => this.#owned.get(range.id)!)
      for (const state of states) state.busy = true
      await this.#work(ranges)
      for (const state of states) state.busy = false
      this.#released.raise()
    }
  }

  #inLane(lane: number): number[] {
    const { ends } = this.#context
    return [...this.#owned.keys()].filter((id) => ends.get(id).partition % this.#lanes.length === lane)
  }

  /** Ranges with something to read, taking turns, together at most one batch. */
  #pick(lane: number, now: number): LogRange[] {
    const ids = this.#inLane(lane)
    const ranges: LogRange[] = []
    let room = this.#options.batchSizeMax ?? 500
    const first = this.#cursor[lane]!
    for (let i = 0; i < ids.length && room > 0; i++) {
      const at = (first + i) % ids.length
      const id = ids[at]!
      const state = this.#owned.get(id)!
      const known = this.#context.ends.get(id)
      const from = Math.max(state.position, known.start)
      if (state.retryAt > now || from >= known.next) continue
      const to = Math.min(known.next, from + room)
      room -= to - from
      ranges.push({ id, topic: known.topic, partition: known.partition, from, to })
      this.#cursor[lane] = at + 1
    }
    return ranges
  }

  #nextRetryMs(lane: number, now: number): number {
    const waits = this.#inLane(lane)
      .map((id) => this.#owned.get(id)!.retryAt - now)
      .filter((ms) => ms > 0)
    return Math.min(60_000, ...waits)
  }

  async #work(ranges: readonly LogRange[]): Promise<void> {
    let messages: readonly IncomingMessage[]
    try {
      messages = await fetchRanges(this.#context.database, ranges)
    } catch (error) {
      this.#failed(ranges, error)
      return
    }
    if (this.#options.mergePartitions) return this.#deliver(ranges, messages)
    for (const range of ranges) {
      if (this.#stopping) return
      const own = messages.filter((m) => m.topic === range.topic && m.partition === range.partition)
      await this.#deliver([range], own)
    }
  }

  async #deliver(ranges: readonly LogRange[], messages: readonly IncomingMessage[]): Promise<void> {
    try {
      if (messages.length > 0) await this.#options.onBatch(messages)
      const moved = await this.#membership.commit(ranges)
      for (const { id, to } of ranges) {
        const state = this.#owned.get(id)
        if (!state) continue
        if (!moved.has(id)) this.#owned.delete(id)
        else Object.assign(state, { position: to, failures: 0, retryAt: 0 })
      }
    } catch (error) {
      this.#failed(ranges, error)
    }
  }

  #failed(ranges: readonly LogRange[], error: unknown): void {
    if (this.#stopping) return
    for (const { id } of ranges) {
      const state = this.#owned.get(id)
      if (!state) continue
      state.failures += 1
      state.retryAt = Date.now() + backoffMs(state.failures)
    }
    this.#context.logger.warn(
      { group: this.groupId, topic: ranges[0]!.topic, partitions: ranges.length, problem: messageOf(error) },
      'a batch was not handled, it is delivered again',
    )
  }
}
