import type { IntegrationEvent } from '@ziv/contracts'
import type { Database, Transaction } from '@ziv/postgres'
import { lockKeys, saveKeys } from './consumer-store.ts'
import { isSequenced, readMessage } from './read-message.ts'
import { judge, keyName } from './sort-batch.ts'

/** One parked message by name, and who decides about it. */
export interface ParkedPlace {
  readonly topic: string
  readonly key: string
  readonly epoch: number
  /** Below zero for a message that was parked for its envelope. */
  readonly sequence: number
  /** The person who decides it. */
  readonly operator: string
}

/** A message in the place of a parked one, as its sender would send it. */
export interface Replacement {
  readonly headers: Readonly<Record<string, string>>
  readonly value: string
}

interface SettleContext {
  readonly database: Database
  /** Name of the consumer that parked it. */
  readonly consumer: string
  readonly catalog: ReadonlyMap<string, IntegrationEvent>
}

interface ParkedRow {
  readonly partition: number
  readonly offset: string
  readonly reason: string
}

/**
 * Sets one parked message aside for good: its key goes on behind it, as if it had been handled. Only for a message whose content
 * arrived by another way, or that says nothing. Throws an Error when it is not there, or when an earlier one of its key waits.
 */
export async function discardParked({ database, consumer }: SettleContext, place: ParkedPlace): Promise<void> {
  await database.transaction(async (tx) => {
    const row = await parkedRow(tx, consumer, place)
    if (place.sequence > 0) await passOver(tx, consumer, place)
    await remove(tx, consumer, place)
    await note(tx, consumer, place, { action: 'discard', reason: row.reason })
  })
}

/**
 * Puts a corrected message in the place of a parked one; releasing the key then handles it. One that was parked for its envelope gets the
 * place that the new envelope names. Throws an Error when the new one cannot be read either.
 */
export async function replaceParked(context: SettleContext, place: ParkedPlace, corrected: Replacement): Promise<void> {
  const { database, consumer, catalog } = context
  await database.transaction(async (tx) => {
    const row = await parkedRow(tx, consumer, place)
    const { topic, key } = place
    const read = readMessage({ topic, key, partition: row.partition, offset: row.offset, ...corrected }, catalog)
    if (!isSequenced(read)) throw new Error(`the new message cannot be read: ${read.problem}`)
    if (read.content.kind === 'broken') throw new Error(`the new message cannot be read: ${read.content.problem}`)
    if (place.sequence > 0 && (read.epoch !== place.epoch || read.sequence !== place.sequence)) {
      throw new Error(`the new message is for epoch ${read.epoch} sequence ${read.sequence}: that is another place`)
    }
    const state = (await lockKeys(tx, consumer, [place])).get(keyName(topic, key))!
    await saveKeys(tx, consumer, [{ ...state, parked: state.parked ?? row.reason }])
    await tx.query(
      `update es.parked set payload = $6, headers = $7, epoch = $8, sequence = $9
        where consumer = $1 and topic = $2 and key = $3 and epoch = $4 and sequence = $5`,
      [
        ...[consumer, topic, key, place.epoch, place.sequence],
        ...[Buffer.from(corrected.value), JSON.stringify(corrected.headers), read.epoch, read.sequence],
      ],
    )
    await note(tx, consumer, place, { action: 'replace', reason: row.reason })
  })
}

async function parkedRow(tx: Transaction, consumer: string, place: ParkedPlace): Promise<ParkedRow> {
  if (place.operator.trim() === '')
    throw new RangeError('a parked message needs the name of the operator who decides it')
  const { topic, key, epoch, sequence } = place
  const { rows } = await tx.query<ParkedRow>(
    `select "partition", "offset", reason from es.parked
      where consumer = $1 and topic = $2 and key = $3 and epoch = $4 and sequence = $5 for update`,
    [consumer, topic, key, epoch, sequence],
  )
  if (rows[0] === undefined)
    throw new Error(`${consumer} has no parked message ${epoch}/${sequence} of ${topic} ${key}`)
  return rows[0]
}

/** The key stands behind the message; it still waits for the ones after it, until somebody releases it. */
async function passOver(
  tx: Transaction,
  consumer: string,
  { topic, key, epoch, sequence }: ParkedPlace,
): Promise<void> {
  const { rows } = await tx.query(
    `select from es.parked where consumer = $1 and topic = $2 and key = $3 and (epoch, sequence) < ($4, $5) and sequence > 0`,
    [consumer, topic, key, epoch, sequence],
  )
  if (rows.length > 0) throw new Error(`an earlier message of ${key} waits: settle that one first`)
  const state = (await lockKeys(tx, consumer, [{ topic, key }])).get(keyName(topic, key))!
  if (judge(state, epoch, sequence, true) !== 'duplicate') await saveKeys(tx, consumer, [{ ...state, epoch, sequence }])
}

async function remove(tx: Transaction, consumer: string, { topic, key, epoch, sequence }: ParkedPlace): Promise<void> {
  await tx.query(
    'delete from es.parked where consumer = $1 and topic = $2 and key = $3 and epoch = $4 and sequence = $5',
    [consumer, topic, key, epoch, sequence],
  )
  // the last one of its key: nothing holds the key back any more
  await tx.query(
    `update es.consumed c set parked = null where consumer = $1 and topic = $2 and key = $3 and not exists (
       select from es.parked p where p.consumer = c.consumer and p.topic = c.topic and p.key = c.key and p.sequence > 0)`,
    [consumer, topic, key],
  )
}

async function note(
  tx: Transaction,
  consumer: string,
  { topic, key, sequence, operator }: ParkedPlace,
  { action, reason }: { readonly action: 'replace' | 'discard'; readonly reason: string },
): Promise<void> {
  await tx.query(
    `insert into es.unparked (consumer, topic, key, operator, action, reason, replayed, from_sequence, to_sequence, accepted_gap)
     values ($1, $2, $3, $4, $5, $6, 0, $7, $7, false)`,
    [consumer, topic, key, operator, action, reason, sequence],
  )
}
