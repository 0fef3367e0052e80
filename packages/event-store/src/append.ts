import { type Queryable, sqlState } from '@ziv/postgres'
import { type ChainedAppend, chain, headOf } from './chain.ts'
import { EventIdTaken } from './errors.ts'
import type { WrittenMessage } from './message-digest.ts'
import { OUTBOX_WRITTEN } from './outbox.ts'
import { type AppendResult, type StreamAppend, type StreamHead, WrongExpectedVersion } from './types.ts'

const APPEND = `select es.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
  as outcome`

/** The first event as plain values, further ones as one JSON text. */
function eventValues([first, ...more]: ChainedAppend['events']): unknown[] {
  const { event, data, hash } = first!
  const values: unknown[] = [event.eventId, event.type, event.schemaVersion, data, Buffer.from(hash, 'hex')]
  return [...values, more.length === 0 ? null : `[${more.map(jsonOf).join(',')}]`]
}

// data is JSON already
const jsonOf = ({ event: { eventId, type, schemaVersion }, data, hash }: ChainedAppend['events'][number]): string =>
  `{"i":"${eventId}","t":${JSON.stringify(type)},"s":${schemaVersion},"d":${data},"h":"${hash}"}`

const messageJsonOf = ({ draft: { eventId, topic, key, type }, payload, attributes }: WrittenMessage): string =>
  `{"i":"${eventId}","t":${JSON.stringify(topic)},"k":${JSON.stringify(key)},"y":${JSON.stringify(type)},"p":${payload},"h":${attributes}}`

/** A single message as plain values, several as one JSON text. */
function outboxValues(messages: ChainedAppend['messages']): readonly unknown[] {
  const [first] = messages
  if (first === undefined) return [null, null, null, null, null, null, null]
  if (messages.length > 1) return [null, null, null, null, null, null, `[${messages.map(messageJsonOf).join(',')}]`]
  const { draft, payload, attributes } = first
  return [draft.topic, draft.key, draft.eventId, draft.type, payload, attributes, null]
}

/** Appends one command's events, and its outbox rows, in one round trip. */
export async function append(q: Queryable, request: StreamAppend): Promise<AppendResult> {
  const chained = chain(request)
  const head = headOf(chained)
  const { streamId, expected } = request
  try {
    const { rows } = await q.query<{ outcome: 'appended' | 'repeated' | 'conflict' }>({
      name: 'es_append',
      text: APPEND,
      values: [
        ...[streamId, expected.version, expected.hash, head.version, head.hash, chained.recordedAt, chained.metadata],
        ...eventValues(chained.events),
        ...outboxValues(chained.messages),
      ],
    })
    const { outcome } = rows[0]!
    if (outcome === 'conflict') throw new WrongExpectedVersion(streamId, expected.version)
    if ((request.outbox?.length ?? 0) > 0) q.notify(OUTBOX_WRITTEN)
    if (outcome === 'repeated') return { head: await newestHead(q, streamId), repeated: true }
    return { head, repeated: false }
  } catch (error) {
    if (sqlState(error) === 'ZV002' || isTakenEventId(error)) throw new EventIdTaken(streamId, { cause: error })
    throw error
  }
}

async function newestHead(q: Queryable, streamId: string): Promise<StreamHead> {
  const { rows } = await q.query<{ version: string; hash: Buffer }>(
    'select version, head_hash as hash from es.streams where stream_id = $1',
    [streamId],
  )
  const { version, hash } = rows[0]!
  return { version: Number(version), hash }
}

/** A unique violation on the event id: the id is stored already, and not as a plain repeat of this append. */
export function isTakenEventId(error: unknown): boolean {
  return sqlState(error) === '23505' && (error as { constraint?: string }).constraint === 'events_event_id_key'
}
