import { arrayLiteral, copyIn, copyText, listOf, splitList, type Transaction } from '@ziv/postgres'
import type { Stamp } from './move-heads.ts'
import type { OutboxDraft } from './types.ts'

interface KeyCounter extends Stamp {
  /** The next sequence number to hand out. */
  next: number
}

const COPY_OUTBOX = 'copy es.outbox (epoch, tx, event_id, topic, key, sequence, type, payload, headers) from stdin'

/** Writes outbox rows by COPY, numbered per (topic, key) in the order given. */
export async function copyOutbox(tx: Transaction, drafts: readonly OutboxDraft[]): Promise<void> {
  if (drafts.length === 0) return
  await copyIn(tx, COPY_OUTBOX, outboxLines(drafts, await reserveSequences(tx, drafts)))
}

const counterId = (topic: string, key: string): string => `${topic}\n${key}`

async function reserveSequences(
  tx: Transaction,
  drafts: readonly OutboxDraft[],
): Promise<ReadonlyMap<string, KeyCounter>> {
  const amounts = new Map<string, { topic: string; key: string; amount: number }>()
  for (const { topic, key } of drafts) {
    const id = counterId(topic, key)
    const known = amounts.get(id)
    if (known === undefined) amounts.set(id, { topic, key, amount: 1 })
    else known.amount += 1
  }
  const wanted = [...amounts.values()]
  const { rows } = await tx.query<Record<'topics' | 'keys' | 'lasts' | 'txs', string | null> & { epoch: number }>({
    name: 'es_reserve_sequences',
    text: `select ${listOf('topic')} as topics, ${listOf('key')} as keys, ${listOf('last')} as lasts, ${listOf('tx')} as txs,
        (select max(epoch) from es.epochs) as epoch
      from es.reserve_sequences($1::text[], $2::text[], $3::bigint[])`,
    values: [
      arrayLiteral(wanted.map((item) => item.topic)),
      arrayLiteral(wanted.map((item) => item.key)),
      arrayLiteral(wanted.map((item) => item.amount)),
    ],
  })
  const { epoch } = rows[0]!
  const [topics, keys, lasts, txs] = [rows[0]!.topics, rows[0]!.keys, rows[0]!.lasts, rows[0]!.txs].map(splitList)
  if (keys!.length !== wanted.length) throw new RangeError('a topic or key of a message holds the character U+001F')
  return new Map(
    topics!.map((topic, place) => {
      const id = counterId(topic, keys![place]!)
      return [id, { epoch, tx: txs![place]!, next: Number(lasts![place]) - amounts.get(id)!.amount + 1 }]
    }),
  )
}

function* outboxLines(drafts: readonly OutboxDraft[], counters: ReadonlyMap<string, KeyCounter>): Generator<string> {
  for (const draft of drafts) {
    const counter = counters.get(counterId(draft.topic, draft.key))!
    const sequence = counter.next
    counter.next += 1
    yield `${counter.epoch}\t${counter.tx}\t${draft.eventId}\t${copyText(draft.topic)}\t${copyText(draft.key)}\t${sequence}\t` +
      `${copyText(draft.type)}\t${copyText(JSON.stringify(draft.payload))}\t${copyText(JSON.stringify(draft.attributes))}\n`
  }
}
