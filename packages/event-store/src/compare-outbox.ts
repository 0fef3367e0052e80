import { type KeyRange, type Queryable, streamBatches, type Transaction } from '@ziv/postgres'
import { type Loose, looseOf, type Told } from './loose-messages.ts'
import { messageDigest } from './message-digest.ts'
import { wasPruned } from './pruned.ts'

/** What a range of the order of a store gives: JSON, so that `looseMessages` can match it with its neighbours. */
export interface OutboxCompared extends Told {
  /** Messages that the events speak of. */
  readonly messages: number
  /** Rows whose number does not follow the one before it in their topic and key, or goes another way than the log. */
  readonly disordered: readonly string[]
}

const DISORDERED_MAX = 1_000

/** Places in the order of a store as texts that sort alike: the keys of `compareOutbox`, one per row of the outbox. */
export const OUTBOX_PLACES_SQL = `select lpad(epoch::text, 5, '0') || lpad(tx::text, 20, '0') as key from es.outbox`

const WITHIN = `(epoch, tx) > ($1::smallint, $2::xid8) and ($3::smallint is null or (epoch, tx) <= ($3::smallint, $4::xid8))`
const EVENTS_SQL = `select stream_id, version::float8 as version, metadata -> 'messages' as messages,
    (epoch, tx) = ($5::smallint, $6::xid8) as begun from es.events
  where ${WITHIN} and metadata ? 'messages' order by epoch, tx, position`
const ROWS_SQL = `select o.event_id, o.topic, o.key, o.sequence::float8 as sequence, o.type, o.payload::text as payload, o.headers,
    o.sequence > 1 and not exists (select from es.outbox p where p.topic = o.topic and p.key = o.key
      and p.sequence = o.sequence - 1 and (p.epoch, p.tx, p.id) < (o.epoch, o.tx, o.id))
    and exists (select from es.outbox p where p.topic = o.topic and p.key = o.key and p.sequence < o.sequence) as astray
  from es.outbox o where ${WITHIN} order by epoch, tx, id`

interface EventRow {
  readonly stream_id: string
  readonly version: number
  readonly messages: readonly string[]
  /** Of the transaction of the oldest row that is left: upkeep may have removed others of it. */
  readonly begun: boolean | null
}

interface OutboxRow {
  readonly event_id: string
  readonly topic: string
  readonly key: string
  readonly sequence: number
  readonly type: string
  readonly payload: string
  readonly headers: Readonly<Record<string, string>>
  readonly astray: boolean
}

/** The rows of a range by their digest, without what they say. */
async function rowsOf(tx: Transaction, values: readonly unknown[], disordered: Set<string>) {
  const rows = new Map<string, Loose>()
  const twice: Loose[] = []
  for await (const batch of streamBatches<OutboxRow>(tx, ROWS_SQL, values)) {
    for (const { event_id: eventId, topic, key, sequence, type, payload, headers: attributes, astray } of batch) {
      const digest = messageDigest({ eventId, topic, key, type, payload, attributes })
      const row = { digest, line: `${topic} ${key}`, at: sequence }
      if (astray) disordered.add(`${row.line} ${sequence}`)
      if (rows.has(digest)) twice.push(row)
      else rows.set(digest, row)
    }
  }
  return { rows, twice }
}

/**
 * Compares the rows of an outbox with the digests of messages that the events carry in their chain, in a range of places. Of
 * messages before the oldest row, and of its transaction, nothing is asked once rows were removed because their time was over.
 */
export async function compareOutbox(tx: Transaction, { after, through }: KeyRange): Promise<OutboxCompared> {
  const { begin, begun } = await beginOf(tx, after)
  const values = [...begin, ...(through === null ? [null, null] : placeOf(through))]
  const disordered = new Set<string>()
  const { rows, twice } = await rowsOf(tx, values, disordered)
  const known = new Set<string>()
  const missing: Loose[] = []
  // the last number that a stream gave in a topic and key: what comes later in a stream is told later
  const newest = new Map<string, number>()
  for await (const batch of streamBatches<EventRow>(tx, EVENTS_SQL, [...values, ...begun])) {
    for (const { stream_id: stream, version, messages, begun: partly } of batch) {
      // all events of one append carry its messages
      for (const digest of messages.filter((one) => !known.has(one))) {
        known.add(digest)
        const row = rows.get(digest)
        if (row === undefined) {
          if (partly !== true) missing.push({ digest, line: stream, at: version })
          continue
        }
        const line = `${stream} ${row.line}`
        if ((newest.get(line) ?? 0) > row.at) disordered.add(`${row.line} ${row.at}`)
        newest.set(line, row.at)
      }
    }
  }
  const strange = rows.values().filter(({ digest }) => !known.has(digest))
  return {
    messages: known.size,
    rows: looseOf([...strange, ...twice]),
    events: looseOf(missing),
    disordered: [...disordered].slice(0, DISORDERED_MAX),
  }
}

type Place = readonly [epoch: number, tx: string]

const placeOf = (key: string): Place => [Number(key.slice(0, 5)), BigInt(key.slice(5)).toString()]

const BEHIND_ALL: Place = [32_767, '0']

/**
 * Behind which place a range begins, and everything that was told is still in the outbox: upkeep removes the oldest rows first, in
 * steps that may end within a transaction. `begun` is the transaction of the oldest row once rows were removed.
 */
async function beginOf(
  q: Queryable,
  after: string | null,
): Promise<{ readonly begin: Place; readonly begun: Place | readonly [null, null] }> {
  const { rows } = await q.query<{ epoch: number; tx: string; before: string }>(
    // by the transaction itself: a bare "tx" is the text of the answer, of which 10 comes before 9
    'select o.epoch, o.tx::text as tx, (o.tx::text::numeric - 1)::text as before from es.outbox o order by o.epoch, o.tx, o.id limit 1',
  )
  const given: Place = after === null ? [0, '0'] : placeOf(after)
  const whole = { begin: given, begun: [null, null] } as const
  if (after === null && !(await wasPruned(q))) return whole
  // without any row everything that was told went
  if (rows[0] === undefined) return { ...whole, begin: BEHIND_ALL }
  const { epoch, tx, before } = rows[0]
  // a range behind the first one begins before the oldest row only where rows went since the ranges were planned
  const went = epoch > given[0] || (epoch === given[0] && BigInt(before) >= BigInt(given[1]))
  return went ? { begin: [epoch, before], begun: [epoch, tx] } : whole
}
