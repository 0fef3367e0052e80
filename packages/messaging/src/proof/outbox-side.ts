import { type OutboxRow, readCheckpoint, type TailPosition } from '@ziv/event-store'
import { type Database, streamRows } from '@ziv/postgres'
import { relayProcessor } from '../relay/outbox-source.ts'
import { toMessage } from '../relay/to-message.ts'
import type { OutgoingMessage } from '../types.ts'

/** An outbox that tells to a topic, as it stood when the comparison began. */
export interface OutboxSide {
  readonly database: Database
  /** Up to here its relay has sent. */
  readonly sent: TailPosition | null
  readonly epoch: number
}

/** The outboxes that ever told something to the topic. */
export async function sidesOf(topic: string, outboxes: readonly Database[]): Promise<readonly OutboxSide[]> {
  const sides: OutboxSide[] = []
  for (const database of outboxes) {
    const { rows } = await database.query<{ epoch: number; tells: boolean }>(
      'select es.current_epoch() as epoch, exists (select from es.topic_keys where topic = $1) as tells',
      [topic],
    )
    const { epoch, tells } = rows[0]!
    if (tells) sides.push({ database, epoch, sent: await readCheckpoint(database, relayProcessor) })
  }
  return sides
}

interface Row extends Pick<OutboxRow, 'epoch' | 'key' | 'type' | 'payload'> {
  readonly event_id: string
  readonly sequence: number
  readonly headers: OutboxRow['attributes']
}

export interface SentRow extends OutgoingMessage {
  readonly epoch: number
}

const nameOf = (key: string, sequence: number): string => `${sequence} ${key}`

/** The messages as the outbox has them, by key and number. */
export async function rowsOf(
  { database }: OutboxSide,
  topic: string,
  places: readonly { readonly key: string; readonly sequence: number }[],
): Promise<(key: string, sequence: number) => SentRow | undefined> {
  const { rows } = await database.query<Row>({
    name: 'outbox_prove_rows',
    text: `select o.epoch, o.event_id, o.key, o.sequence::float8 as sequence, o.type, o.payload::text as payload, o.headers
      from (select distinct * from unnest($2::text[], $3::bigint[]) as w (key, sequence)) w
      join es.outbox o on o.topic = $1 and o.key = w.key and o.sequence = w.sequence`,
    values: [topic, places.map(({ key }) => key), places.map(({ sequence }) => sequence)],
  })
  const found = new Map(
    rows.map(({ event_id: eventId, headers: attributes, ...row }): [string, SentRow] => {
      const message = toMessage({ ...row, topic, eventId, attributes })
      return [nameOf(row.key, row.sequence), { ...message, epoch: row.epoch }]
    }),
  )
  return (key, sequence) => found.get(nameOf(key, sequence))
}

/** The last number that was given to every key of the topic. */
export const lastNumbers = ({ database }: OutboxSide, topic: string) =>
  streamRows<{ key: string; sequence: number }>(
    database,
    'select key, sequence::float8 as sequence from es.topic_keys where topic = $1 order by key',
    [topic],
  )

/** How many messages of a key behind a number the outbox still has: those that were sent, and those that wait. */
export async function behind(
  { database, sent }: OutboxSide,
  topic: string,
  key: string,
  after: number,
): Promise<{ readonly sent: number; readonly waiting: number }> {
  const { rows } = await database.query<{ sent: number; waiting: number }>({
    name: 'outbox_prove_behind',
    text: `select count(*) filter (where (epoch, tx, id) <= ($4::smallint, $5::xid8, $6::bigint))::int as sent,
        count(*) filter (where (epoch, tx, id) > ($4::smallint, $5::xid8, $6::bigint))::int as waiting
      from es.outbox where topic = $1 and key = $2 and sequence > $3::bigint`,
    values: [topic, key, after, sent?.epoch ?? 0, sent?.tx ?? '0', sent?.position ?? '0'],
  })
  return rows[0]!
}
