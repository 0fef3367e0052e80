import { arrayLiteral, copyIn, copyText, listOf, splitList, type Transaction } from '@ziv/postgres'
import type { WrittenMessage } from './message-digest.ts'
import type { Stamp } from './move-heads.ts'
import { OUTBOX_WRITTEN } from './outbox.ts'

/** The messages of one topic and key in one write: how many, and what the store gives them. */
interface KeyCounter {
  readonly topic: string
  readonly key: string
  amount: number
  stamp: Stamp | undefined
  /** The next sequence number to hand out. */
  next: number
}

const COPY_OUTBOX = 'copy es.outbox (epoch, tx, event_id, topic, key, sequence, type, payload, headers) from stdin'

/** Writes outbox rows by COPY, numbered per (topic, key) in the order given. */
export async function copyOutbox(tx: Transaction, messages: readonly WrittenMessage[]): Promise<void> {
  if (messages.length === 0) return
  const topics = new Map<string, Map<string, KeyCounter>>()
  const counterOf = messages.map(({ draft }) => counted(topics, draft))
  await reserveSequences(tx, topics)
  await copyIn(tx, COPY_OUTBOX, outboxLines(messages, counterOf))
  tx.notify(OUTBOX_WRITTEN)
}

/** The counter of a message's topic and key, with this message counted. */
function counted(topics: Map<string, Map<string, KeyCounter>>, { topic, key }: WrittenMessage['draft']): KeyCounter {
  let keys = topics.get(topic)
  if (keys === undefined) {
    keys = new Map()
    topics.set(topic, keys)
  }
  let counter = keys.get(key)
  if (counter === undefined) {
    counter = { topic, key, amount: 0, stamp: undefined, next: 0 }
    keys.set(key, counter)
  }
  counter.amount += 1
  return counter
}

async function reserveSequences(tx: Transaction, topics: ReadonlyMap<string, Map<string, KeyCounter>>): Promise<void> {
  const wanted = [...topics.values()].flatMap((keys) => [...keys.values()])
  const { rows } = await tx.query<Record<'topics' | 'keys' | 'lasts' | 'txs', string | null> & { epoch: number }>({
    name: 'es_reserve_sequences',
    text: `select ${listOf('topic')} as topics, ${listOf('key')} as keys, ${listOf('last')} as lasts, ${listOf('tx')} as txs,
        (select max(epoch) from es.epochs) as epoch
      from es.reserve_sequences($1::text[], $2::text[], $3::bigint[])`,
    values: [
      arrayLiteral(wanted.map(({ topic }) => topic)),
      arrayLiteral(wanted.map(({ key }) => key)),
      arrayLiteral(wanted.map(({ amount }) => amount)),
    ],
  })
  const { epoch } = rows[0]!
  const [names, keys, lasts, txs] = [rows[0]!.topics, rows[0]!.keys, rows[0]!.lasts, rows[0]!.txs].map(splitList)
  for (const [place, topic] of names!.entries()) {
    const counter = topics.get(topic)?.get(keys![place]!)
    if (counter === undefined) continue
    counter.stamp = { epoch, tx: txs![place]! }
    counter.next = Number(lasts![place]) - counter.amount + 1
  }
  const lost = wanted.find(({ stamp }) => stamp === undefined)
  if (lost !== undefined) throw new RangeError('a topic or key of a message holds the control character U+001F')
}

function* outboxLines(messages: readonly WrittenMessage[], counterOf: readonly KeyCounter[]): Generator<string> {
  for (const [place, { draft, payload, attributes }] of messages.entries()) {
    const { eventId, topic, key, type } = draft
    const counter = counterOf[place]!
    const { epoch, tx } = counter.stamp!
    const sequence = counter.next
    counter.next += 1
    yield `${epoch}\t${tx}\t${eventId}\t${copyText(topic)}\t${copyText(key)}\t${sequence}\t` +
      `${copyText(type)}\t${copyText(payload)}\t${copyText(attributes)}\n`
  }
}
