import type { Database } from '@ziv/postgres'
import { type MessagingLogger, messageOf } from '../logger.ts'
import { Signal } from '../signal.ts'
import { type LogPartition, readPartitions } from './log-sql.ts'

export interface EndsOptions {
  readonly busyMs: number
  readonly idleMs: number
}

/**
 * What this process knows about the ends of all partitions. Its own producers tell it at once; what other processes
 * append is found by one small query for all subscriptions together, often while they are busy and seldom when not.
 */
export class LogEnds {
  readonly #database: Database
  readonly #logger: MessagingLogger
  readonly #options: EndsOptions
  readonly #partitions = new Map<number, { topic: string; partition: number; start: number; next: number }>()
  readonly #topics = new Map<string, number[]>()
  readonly #listeners = new Set<() => void>()
  readonly #nudge = new Signal()
  #stopped = false
  #loop: Promise<void> | null = null

  constructor(database: Database, logger: MessagingLogger, options: EndsOptions) {
    this.#database = database
    this.#logger = logger
    this.#options = options
  }

  /** Partition ids of a topic by partition number; throws when nobody declared it. */
  async topic(name: string): Promise<readonly number[]> {
    if (!this.#topics.has(name)) await this.refresh()
    const ids = this.#topics.get(name)
    if (!ids) throw new Error(`topic ${name} does not exist: declare it in infra/topics.yaml and run ensureTopics`)
    return ids
  }

  get(id: number): { topic: string; partition: number; start: number; next: number } {
    return this.#partitions.get(id)!
  }

  /** A producer of this process appended. */
  advance(moved: readonly { id: number; next: number }[]): void {
    for (const { id, next } of moved) {
      const known = this.#partitions.get(id)
      if (known && next > known.next) known.next = next
    }
    this.#tell()
  }

  /** Listens to new messages; the polling loop runs while somebody listens. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    this.#loop ??= this.#poll()
    this.#nudge.raise()
    return () => this.#listeners.delete(listener)
  }

  async refresh(): Promise<boolean> {
    let moved = false
    for (const row of await readPartitions(this.#database)) moved = this.#learn(row) || moved
    if (moved) this.#tell()
    return moved
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#nudge.raise()
    await this.#loop
  }

  #learn(row: LogPartition): boolean {
    const known = this.#partitions.get(row.id)
    if (!known) {
      this.#partitions.set(row.id, { topic: row.topic, partition: row.partition, start: row.start, next: row.next })
      const ids = this.#topics.get(row.topic) ?? []
      ids[row.partition] = row.id
      this.#topics.set(row.topic, ids)
      return row.next > row.start
    }
    known.start = Math.max(known.start, row.start)
    if (row.next <= known.next) return false
    known.next = row.next
    return true
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  async #poll(): Promise<void> {
    let waitMs = this.#options.busyMs
    while (!this.#stopped) {
      try {
        const moved = this.#listeners.size > 0 && (await this.refresh())
        waitMs = moved ? this.#options.busyMs : Math.min(this.#options.idleMs, waitMs * 2)
      } catch (error) {
        this.#logger.warn({ problem: messageOf(error) }, 'the message log cannot be read, trying again')
        waitMs = 1_000
      }
      await this.#nudge.wait(waitMs)
    }
  }
}
