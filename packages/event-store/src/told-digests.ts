import { streamBatches, type Transaction } from '@ziv/postgres'
import { type DigestedMessage, messageDigest } from './message-digest.ts'
import { PRUNED_SQL } from './pruned.ts'

/**
 * Digests of the messages that the events of a store carry, once rows were removed from its outbox; none before: as long as every
 * row is there, the outbox itself is held to the log.
 */
export const TOLD_DIGESTS_SQL = `select distinct digest as key
  from es.events, jsonb_array_elements_text(metadata -> 'messages') as m (digest) where metadata ? 'messages' and ${PRUNED_SQL}`

const EVENTS_SQL = `select stream_id, version::float8 as version, metadata -> 'messages' as messages from es.events
  where metadata ? 'messages' and ${PRUNED_SQL} order by epoch, tx, position`
const ROWS_SQL = `select event_id as "eventId", topic, key, type, payload::text as payload, headers as attributes from es.outbox`

/** The digests that a range holds, each with the event that carries it (`stream@version`); empty while no row was removed. */
export async function toldDigests(tx: Transaction, holds: (digest: string) => boolean): Promise<Map<string, string>> {
  const told = new Map<string, string>()
  const batches = streamBatches<{ stream_id: string; version: number; messages: readonly string[] }>(tx, EVENTS_SQL, [])
  for await (const batch of batches) {
    for (const { stream_id: stream, version, messages } of batch) {
      // all events of one append carry its messages: the first one names them
      for (const digest of messages) if (holds(digest) && !told.has(digest)) told.set(digest, `${stream}@${version}`)
    }
  }
  return told
}

/** The digests of the rows that an outbox still has. */
export async function* outboxDigests(tx: Transaction): AsyncGenerator<string> {
  for await (const batch of streamBatches<DigestedMessage>(tx, ROWS_SQL, [])) yield* batch.map(messageDigest)
}
