import { messageDigest, outboxDigests, toldDigests } from '@ziv/event-store'
import type { Transaction } from '@ziv/postgres'
import { digestedOf } from '../relay/to-message.ts'
import type { IncomingMessage, MessagingDriver, TopicSpec } from '../types.ts'
import { TopicOrder } from './topic-order.ts'

/** What the comparison of a log with the topics it told found, in a range of digests. JSON. */
export interface ToldCompared {
  /** Messages that events of the log carry the digest of. */
  readonly examined: number
  /** Messages that no event of the log told, or that stand under a second number: topic, key and number. */
  readonly strange: readonly string[]
  /** Events whose message is neither in the outbox nor in a topic, and how many such messages there are. */
  readonly missing: readonly string[]
  readonly missingCount: number
  /** Messages that topics with a retention have forgotten, by the numbers of their keys; of all ranges, and not of this one. */
  readonly forgotten: number
}

/** More of one range say nothing new. */
const NAMED_MAX = 1_000

interface KeyNumbers {
  /** The last number that was given. */
  readonly given: number
  /** The first number whose row the outbox still has; behind the last one when it has none. */
  readonly kept: number
}

/** Numbers per key, in the snapshot of the comparison. A topic has as many keys as an insurer has members. */
async function numbersOf(tx: Transaction, topic: string): Promise<ReadonlyMap<string, KeyNumbers>> {
  const { rows } = await tx.query<KeyNumbers & { key: string }>(
    `select k.key, k.sequence::float8 as given, coalesce(min(o.sequence), k.sequence + 1)::float8 as kept
     from es.topic_keys k left join es.outbox o using (topic, key) where k.topic = $1 group by k.topic, k.key`,
    [topic],
  )
  return new Map(rows.map(({ key, given, kept }) => [key, { given, kept }]))
}

/**
 * Compares what the log of a service told with what its topics hold, by the digests that events carry in their chain: also of
 * messages whose row upkeep removed from the outbox. A range is one of digests; it reads every topic once and holds its digests
 * in memory. Nothing is compared while no row was removed. Messages of an epoch before the current one may come from before a
 * restore, which the log cannot know.
 */
export async function compareTold(
  tx: Transaction,
  holds: (digest: string) => boolean,
  topics: readonly TopicSpec[],
  driver: Pick<MessagingDriver, 'read'>,
): Promise<ToldCompared> {
  const told = await toldDigests(tx, holds)
  const examined = told.size
  if (examined === 0) return { examined, strange: [], missing: [], missingCount: 0, forgotten: 0 }
  const { rows } = await tx.query<{ epoch: number }>('select es.current_epoch() as epoch')
  const strange: string[] = []
  let forgotten = 0
  for (const topic of topics) {
    const numbers = await numbersOf(tx, topic.name)
    if (numbers.size === 0) continue
    const reading = new Reading(topic, numbers, rows[0]!.epoch)
    await driver.read({ topic: topic.name, group: 'ziv-verify' }, async (messages) => {
      for (const { digest, name, ours } of reading.take(messages)) {
        if (holds(digest) && !told.delete(digest) && ours && strange.length < NAMED_MAX) strange.push(name)
      }
    })
    forgotten += reading.forgotten()
  }
  // what was not sent yet
  for await (const digest of outboxDigests(tx)) told.delete(digest)
  const missing = [...told.values()].slice(0, NAMED_MAX)
  return { examined, strange, missing, missingCount: told.size, forgotten }
}

/** One topic as it is read: which messages of it the log must have told, and what it has forgotten. */
class Reading {
  readonly #topic: TopicSpec
  readonly #numbers: ReadonlyMap<string, KeyNumbers>
  readonly #epoch: number
  readonly #order: TopicOrder
  readonly #first = new Map<string, number>()

  constructor(topic: TopicSpec, numbers: ReadonlyMap<string, KeyNumbers>, epoch: number) {
    this.#topic = topic
    this.#numbers = numbers
    this.#epoch = epoch
    this.#order = new TopicOrder(topic)
  }

  *take(messages: readonly IncomingMessage[]) {
    for (const message of messages) {
      const { key } = message
      const place = this.#order.take(message)
      const known = this.#numbers.get(key)
      // what another service told, what was told since, and what a relay sent again
      if (place === null || place.repeated || known === undefined || place.sequence > known.given) continue
      if (!this.#first.has(key)) this.#first.set(key, place.sequence)
      // a row that is still there is compared word for word with its message
      const ours = place.epoch >= this.#epoch && place.sequence < known.kept
      const digest = message.bytes === undefined ? messageDigest(digestedOf(message)) : ''
      yield { digest, name: `${this.#topic.name} ${key} ${place.sequence}`, ours }
    }
  }

  /** How many messages went from the start of its keys: of a topic that keeps everything none may. */
  forgotten(): number {
    if (this.#topic.retentionDays === undefined) return 0
    let gone = 0
    for (const [key, { given, kept }] of this.#numbers) {
      gone += Math.min(this.#first.get(key) ?? given + 1, kept) - 1
    }
    return gone
  }
}
