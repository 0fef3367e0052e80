import { wasPruned } from '@ziv/event-store'
import type { Database } from '@ziv/postgres'
import type { IncomingMessage, MessagingDriver, OutgoingMessage, TopicSpec } from '../types.ts'
import { behind, lastNumbers, type OutboxSide, rowsOf, type SentRow, sidesOf } from './outbox-side.ts'
import { type Placed, TopicOrder } from './topic-order.ts'

/** What the comparison of a topic with the outboxes found. JSON. */
export interface TopicCompared {
  /** Messages that the topic holds. */
  readonly examined: number
  /** Of them, those that an outbox still has: what upkeep removed there can only be counted. */
  readonly compared: number
  readonly wrong: readonly string[]
}

/** More of one topic say nothing new. */
const WRONG_MAX = 1_000
const group = 'ziv-verify'

function sameHeaders(a: OutgoingMessage['headers'], b: OutgoingMessage['headers']): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}

const same = (message: IncomingMessage, row: OutgoingMessage): boolean =>
  message.bytes === undefined && message.value === row.value && sameHeaders(message.headers, row.headers)

/**
 * Compares what a topic holds with the outboxes that told it, on any driver: messages that are missing, changed, put in, or out of
 * their order are named. A message that comes twice counts once. Memory grows with the keys of the topic.
 */
export async function compareTopic(
  topic: TopicSpec,
  outboxes: readonly Database[],
  driver: Pick<MessagingDriver, 'read'>,
): Promise<TopicCompared> {
  const comparison = new Comparison(topic, await sidesOf(topic.name, outboxes))
  await driver.read({ topic: topic.name, group }, (messages) => comparison.take(messages))
  return await comparison.end()
}

class Comparison {
  readonly #topic: TopicSpec
  readonly #sides: readonly OutboxSide[]
  readonly #order: TopicOrder
  readonly #wrong: string[] = []
  /** Messages that stand before the first one of their partition that an outbox still has: upkeep removes the oldest rows first. */
  readonly #older: string[] = []
  readonly #joined = new Set<number>()
  #examined = 0
  #compared = 0

  constructor(topic: TopicSpec, sides: readonly OutboxSide[]) {
    this.#topic = topic
    this.#sides = sides
    this.#order = new TopicOrder(topic)
  }

  async take(messages: readonly IncomingMessage[]): Promise<void> {
    const placed = messages.flatMap((message) => {
      const place = this.#order.take(message)
      return place === null ? [] : [{ message, place }]
    })
    const places = placed.map(({ message: { key }, place: { sequence } }) => ({ key, sequence }))
    const rows = await Promise.all(this.#sides.map((side) => rowsOf(side, this.#topic.name, places)))
    for (const { message, place } of placed) {
      this.#examined += 1
      if (place.problem !== null) this.#tell(message.key, place.sequence, place.problem)
      const found = rows.flatMap((rowOf) => rowOf(message.key, place.sequence) ?? [])
      this.#judge(message, place, found)
    }
  }

  /** What was not said by the messages themselves: those that nobody told, and those that are not there. */
  async end(): Promise<TopicCompared> {
    const { name } = this.#topic
    for (const side of this.#sides) {
      for await (const { key, sequence } of lastNumbers(side, name)) await this.#endOf(side, key, sequence)
    }
    const epoch = Math.max(0, ...this.#sides.map((side) => side.epoch))
    for (const { key, sequence, epoch: told } of this.#order.unsettled()) {
      if (told >= epoch) this.#tell(key, sequence, 'no outbox told anything under this key')
    }
    const pruned = await Promise.all(this.#sides.map((side) => wasPruned(side.database, name)))
    if (!pruned.includes(true)) for (const one of this.#older) this.#wrong.push(`${one}: not in an outbox`)
    return { examined: this.#examined, compared: this.#compared, wrong: this.#wrong.slice(0, WRONG_MAX) }
  }

  #judge(message: IncomingMessage, { epoch, sequence, repeated }: Placed, found: readonly SentRow[]): void {
    const current = found.filter((row) => row.epoch === epoch)
    if (current.length > 0) {
      this.#joined.add(message.partition)
      this.#compared += 1
      if (!current.some((row) => same(message, row))) this.#tell(message.key, sequence, 'another content in the topic')
      return
    }
    // told before its database went back in time, or told again
    if (repeated || this.#sides.some((side) => side.epoch > epoch)) return
    if (this.#joined.has(message.partition)) this.#tell(message.key, sequence, 'not in an outbox')
    else if (this.#older.length < WRONG_MAX) this.#older.push(`${this.#topic.name} ${message.key} ${sequence}`)
  }

  async #endOf(side: OutboxSide, key: string, given: number): Promise<void> {
    const newest = this.#order.settle(key)
    const reached = newest?.sequence ?? 0
    if (newest !== null && newest.epoch < side.epoch && reached >= given) return
    if (reached > given) return this.#tell(key, reached, 'no outbox told this')
    if (reached === given) return
    const { sent, waiting } = await behind(side, this.#topic.name, key, reached)
    // a topic with a retention may have forgotten what the outbox has no longer either
    const missing = this.#topic.retentionDays === undefined ? given - reached - waiting : sent
    if (missing > 0) this.#tell(key, reached + 1, `not in the topic, ${missing} messages from here on`)
  }

  #tell(key: string, sequence: number, problem: string): void {
    if (this.#wrong.length < WRONG_MAX) this.#wrong.push(`${this.#topic.name} ${key} ${sequence}: ${problem}`)
  }
}
