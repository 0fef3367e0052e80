import { type Queryable, sqlState } from '@ziv/postgres'
import { canonicalJson } from './canonical-json.ts'
import { type ChainedAppend, chain } from './chain.ts'
import { EventIdTaken } from './errors.ts'
import { type AppendResult, type OutboxDraft, type StreamAppend, WrongExpectedVersion } from './types.ts'

const APPEND = `select outcome, version, hash
  from es.append($1, $2, $3, $4, $5, $6::jsonb, $7::json, $8::json)`

function eventsJson(chained: ChainedAppend): string {
  const rows = chained.events.map(
    ({ event, data, hash }) =>
      `{"i":"${event.eventId}","t":${canonicalJson(event.type)},"s":${event.schemaVersion},"d":${data},"h":"${hash}"}`,
  )
  return `[${rows.join(',')}]`
}

function outboxJson(drafts: readonly OutboxDraft[] | undefined): string | null {
  if (drafts === undefined || drafts.length === 0) return null
  return JSON.stringify(
    drafts.map(({ eventId, topic, key, type, payload, attributes }) => {
      return { i: eventId, t: topic, k: key, y: type, p: payload, h: attributes }
    }),
  )
}

/** Appends one command's events, and its outbox rows, in one round trip. */
export async function append(q: Queryable, request: StreamAppend): Promise<AppendResult> {
  const chained = chain(request)
  const { streamId, expected } = request
  try {
    const { rows } = await q.query<{ outcome: string; version: string; hash: Buffer }>({
      name: 'es_append',
      text: APPEND,
      values: [
        streamId,
        expected.version,
        expected.hash,
        Buffer.from(chained.headHash, 'hex'),
        chained.recordedAt,
        chained.metadata,
        eventsJson(chained),
        outboxJson(request.outbox),
      ],
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
