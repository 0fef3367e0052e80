import { type Queryable, sqlState } from '@ziv/postgres'
import { type ChainedAppend, chain } from './chain.ts'
import { EventIdTaken } from './errors.ts'
import { type AppendResult, type OutboxDraft, type StreamAppend, WrongExpectedVersion } from './types.ts'

const APPEND = `select outcome, version, hash
  from es.append($1, $2, $3, $4, $5, $6::jsonb, $7::uuid[], $8::text[], $9::smallint[], $10::jsonb[], $11::bytea[],
    $12, $13, $14::uuid[], $15::text[], $16::json[], $17::json[], $18::json)`

const NO_MESSAGES = [null, null, null, null, null, null, null] as const

/** The last seven parameters: messages of one topic and key as arrays, as nearly every command has them, or any as JSON. */
function outboxValues(drafts: readonly OutboxDraft[] | undefined): readonly unknown[] {
  const first = drafts?.[0]
  if (drafts === undefined || first === undefined) return NO_MESSAGES
  if (drafts.some(({ topic, key }) => topic !== first.topic || key !== first.key)) {
    const rows = drafts.map(({ eventId, topic, key, type, payload, attributes }) => {
      return { i: eventId, t: topic, k: key, y: type, p: payload, h: attributes }
    })
    return [null, null, null, null, null, null, JSON.stringify(rows)]
  }
  return [
    first.topic,
    first.key,
    drafts.map(({ eventId }) => eventId),
    drafts.map(({ type }) => type),
    drafts.map(({ payload }) => JSON.stringify(payload)),
    drafts.map(({ attributes }) => JSON.stringify(attributes)),
    null,
  ]
}

function valuesOf(request: StreamAppend, chained: ChainedAppend): unknown[] {
  const { streamId, expected } = request
  const { events } = chained
  return [
    streamId,
    expected.version,
    expected.hash,
    Buffer.from(chained.headHash, 'hex'),
    chained.recordedAt,
    chained.metadata,
    events.map(({ event }) => event.eventId),
    events.map(({ event }) => event.type),
    events.map(({ event }) => event.schemaVersion),
    events.map(({ data }) => data),
    events.map(({ hash }) => `\\x${hash}`),
    ...outboxValues(request.outbox),
  ]
}

/** Appends one command's events, and its outbox rows, in one round trip. */
export async function append(q: Queryable, request: StreamAppend): Promise<AppendResult> {
  const chained = chain(request)
  const { streamId, expected } = request
  try {
    const { rows } = await q.query<{ outcome: string; version: string; hash: Buffer }>({
      name: 'es_append',
      text: APPEND,
      values: valuesOf(request, chained),
    })
    const row = rows[0]!
    if (row.outcome === 'conflict') throw new WrongExpectedVersion(streamId, expected.version)
    return { head: { version: Number(row.version), hash: row.hash }, repeated: row.outcome === 'repeated' }
  } catch (error) {
    if (sqlState(error) === 'ZV002' || isTakenEventId(error)) throw new EventIdTaken(streamId, { cause: error })
    throw error
  }
}

/** A unique violation on the event id: the id is stored already, and not as a plain repeat of this append. */
export function isTakenEventId(error: unknown): boolean {
  return sqlState(error) === '23505' && (error as { constraint?: string }).constraint === 'events_event_id_key'
}
