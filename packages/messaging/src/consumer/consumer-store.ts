import type { Database, Queryable, Transaction } from '@ziv/postgres'
import type { IncomingMessage } from '../types.ts'
import type { KeyState, ParkedMessage } from './sort-batch.ts'
import { keyName } from './sort-batch.ts'
import { partitionName, readTakenIn, type TakenIn } from './taken-in.ts'

/** What one batch does to the consumer's own database, in one transaction. */
export interface ConsumerUnit {
  readonly tx: Transaction
  /** Locks the keys and answers with the state of every one that was asked for. */
  lockKeys(keys: readonly { topic: string; key: string }[]): Promise<Map<string, KeyState>>
  /**
   * Keeps the states of keys, and that these messages, each in the order of its partition, are taken in: handled, dropped or
   * parked.
   */
  save(states: readonly KeyState[], taken: readonly IncomingMessage[]): Promise<void>
  park(messages: readonly ParkedMessage[]): Promise<void>
  /** How far each partition was taken in before. */
  takenIn(): Promise<TakenIn>
}

export interface ConsumerStore {
  transaction<T>(work: (unit: ConsumerUnit) => Promise<T>): Promise<T>
}

interface KeyRow {
  topic: string
  key: string
  epoch: number
  sequence: string
  parked: string | null
}

/** Locks in one order everywhere, so that two lanes never wait for each other in a ring. */
export async function lockKeys(
  q: Queryable,
  consumer: string,
  keys: readonly { topic: string; key: string }[],
): Promise<Map<string, KeyState>> {
  const distinct = [...new Map(keys.map((k) => [keyName(k.topic, k.key), k])).values()]
  const { rows } = await q.query<KeyRow>({
    name: 'consumed-lock',
    text: `select c.topic, c.key, c.epoch, c.sequence, c.parked
           from unnest($2::text[], $3::text[]) as w(topic, key)
           join es.consumed c on c.consumer = $1 and c.topic = w.topic and c.key = w.key
           order by c.topic, c.key for update of c`,
    values: [consumer, distinct.map((k) => k.topic), distinct.map((k) => k.key)],
  })
  const states = new Map<string, KeyState>()
  for (const { topic, key } of distinct) {
    states.set(keyName(topic, key), { topic, key, known: false, epoch: 0, sequence: 0, parked: null })
  }
  for (const { topic, key, epoch, sequence, parked } of rows) {
    states.set(keyName(topic, key), { topic, key, known: true, epoch, sequence: Number(sequence), parked })
  }
  return states
}

/**
 * Keeps states of keys and moves the places of partitions behind the messages taken in: one statement, every batch runs it. A
 * key that two members start at the same time fails here with 23505 for one of them, which tries again. A batch that is
 * delivered again moves no place back.
 */
export async function saveKeys(
  q: Queryable,
  consumer: string,
  states: readonly KeyState[],
  taken: readonly IncomingMessage[] = [],
): Promise<void> {
  if (states.length + taken.length === 0) return
  // in order within a partition: the last one counts
  const last = [...new Map(taken.map((message) => [partitionName(message), message])).values()]
  await q.query({
    name: 'consumed-save',
    text: `with data as (
             select * from unnest($2::text[], $3::text[], $4::smallint[], $5::bigint[], $6::text[], $7::boolean[])
               as d(topic, key, epoch, sequence, parked, known)
           ), moved as (
             update es.consumed c set epoch = d.epoch, sequence = d.sequence, parked = d.parked
             from data d where d.known and c.consumer = $1 and c.topic = d.topic and c.key = d.key
           ), taken as (
             insert into es.taken_in as t (consumer, topic, "partition", next_offset)
             select $1, p.topic, p."partition", p."offset" + 1
               from unnest($8::text[], $9::int[], $10::bigint[]) as p(topic, "partition", "offset")
              order by p.topic collate "C", p."partition" -- one order for everyone: no deadlock between two members
             on conflict (consumer, topic, "partition") do update
               set next_offset = greatest(t.next_offset, excluded.next_offset)
           )
           insert into es.consumed (consumer, topic, key, epoch, sequence, parked)
           select $1, topic, key, epoch, sequence, parked from data where not known`,
    values: [
      consumer,
      states.map((s) => s.topic),
      states.map((s) => s.key),
      states.map((s) => s.epoch),
      states.map((s) => s.sequence),
      states.map((s) => s.parked),
      states.map((s) => s.known),
      last.map((m) => m.topic),
      last.map((m) => m.partition),
      last.map((m) => m.offset),
    ],
  })
}

/** Text that may hold anything, in a form that every text column takes and that still tells it apart. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\\u0000')

/**
 * Keeps messages as they came. One that is sent again for the same place takes the place of the first, because its sender may have
 * corrected it; why the key stands still stays as it was. In one statement a place may come once only: the last one counts.
 */
async function parkMessages(q: Queryable, consumer: string, messages: readonly ParkedMessage[]): Promise<void> {
  if (messages.length === 0) return
  const place = ({ read, epoch, sequence }: ParkedMessage) =>
    `${keyName(read.message.topic, storable(read.message.key))}\n${epoch}\n${sequence}`
  const last = [...new Map(messages.map((message) => [place(message), message])).values()]
  await q.query(
    `insert into es.parked (consumer, topic, key, epoch, sequence, "partition", "offset", payload, headers, reason, error)
     select $1, * from unnest($2::text[], $3::text[], $4::smallint[], $5::bigint[], $6::int[], $7::bigint[],
                              $8::bytea[], $9::text[], $10::text[], $11::text[])
     on conflict (consumer, topic, key, epoch, sequence) do update
       set "partition" = excluded."partition", "offset" = excluded."offset", payload = excluded.payload,
           headers = excluded.headers, parked_at = excluded.parked_at`,
    [
      consumer,
      last.map((m) => m.read.message.topic),
      last.map((m) => storable(m.read.message.key)),
      last.map((m) => m.epoch),
      last.map((m) => m.sequence),
      last.map((m) => m.read.message.partition),
      last.map((m) => m.read.message.offset),
      last.map(({ read: { message } }) => message.bytes ?? Buffer.from(message.value)),
      last.map((m) => JSON.stringify(m.read.message.headers)),
      last.map((m) => m.reason),
      last.map((m) => storable(m.error)),
    ],
  )
}

/** The consumer's tables in the service's own database. */
export function consumerStore(database: Database, consumer: string): ConsumerStore {
  return {
    transaction: (work) =>
      database.transaction((tx) =>
        work({
          tx,
          lockKeys: (keys) => lockKeys(tx, consumer, keys),
          save: (states, taken) => saveKeys(tx, consumer, states, taken),
          park: (messages) => parkMessages(tx, consumer, messages),
          takenIn: () => readTakenIn(tx, consumer),
        }),
      ),
  }
}
