import { copyIn, copyText, type Transaction } from '@ziv/postgres'
import { isTakenEventId } from './append.ts'
import { type ChainedAppend, chainAll, headOf } from './chain.ts'
import { copyOutbox } from './copy-outbox.ts'
import { EventIdTaken, WrongExpectedVersions } from './errors.ts'
import { moveHeads, type Stamp } from './move-heads.ts'
import type { AppendResult, StreamAppend, StreamHead } from './types.ts'

const COPY_EVENTS = `copy es.events
  (epoch, tx, stream_id, version, event_id, type, schema_version, recorded_at, data, metadata, hash) from stdin`

/**
 * Appends many streams by COPY, with the guarantees of `append`, set-based: a fixed number of round trips whatever the
 * number of streams. All or nothing: on a conflict it throws `WrongExpectedVersions` and the caller's transaction must
 * be rolled back. The caller chooses the chunk: a few hundred to a few thousand events per transaction.
 */
export async function appendMany(tx: Transaction, requests: readonly StreamAppend[]): Promise<readonly AppendResult[]> {
  if (requests.length === 0) return []
  const chained = inLockOrder(requests)
  // a stream that should not exist yet cannot hold a repeat; when it does exist it is missed below
  const repeats = await findRepeats(
    tx,
    chained.filter((item) => item.append.expected.version > 0),
  )
  const fresh = chained.filter((item) => !repeats.has(item.append.streamId))
  const stamps = await moveHeads(tx, fresh)
  const missed = fresh.filter((item) => !stamps.has(item.append.streamId))
  // a repeat of a first append, or one that lost a race against its first delivery
  const late = await findRepeats(tx, missed)
  const conflicts = missed.filter((item) => !late.has(item.append.streamId)).map(({ append }) => append)
  if (conflicts.length > 0) {
    throw new WrongExpectedVersions(
      conflicts.map(({ streamId, expected }) => ({ streamId, expectedVersion: expected.version })),
    )
  }
  const written = fresh.filter((item) => stamps.has(item.append.streamId))
  await copyEvents(tx, written, stamps)
  await copyOutbox(
    tx,
    written.flatMap(({ messages }) => messages),
  )
  const byStream = new Map(chained.map((item) => [item.append.streamId, item]))
  return requests.map(({ streamId }) => {
    const repeated = repeats.get(streamId) ?? late.get(streamId)
    return repeated === undefined
      ? { head: headOf(byStream.get(streamId)!), repeated: false }
      : { head: repeated, repeated: true }
  })
}

/** Every bulk writer locks streams in the same order, so that two of them wait instead of deadlocking. */
function inLockOrder(requests: readonly StreamAppend[]): readonly ChainedAppend[] {
  const streamIds = new Set(requests.map(({ streamId }) => streamId))
  if (streamIds.size !== requests.length) {
    throw new RangeError('appendMany: a stream appears twice in one call; put its events in one append')
  }
  const sorted = requests.toSorted((a, b) => (a.streamId < b.streamId ? -1 : 1))
  return chainAll(sorted)
}

/**
 * Heads of the streams whose append was stored before. All events of an append are stored together, so the first id
 * decides; the count of the others guards against a wrongly derived id.
 */
async function findRepeats(tx: Transaction, items: readonly ChainedAppend[]): Promise<Map<string, StreamHead>> {
  if (items.length === 0) return new Map()
  const { rows: firsts } = await tx.query<{ stream_id: string; event_id: string; version: string; head_hash: Buffer }>({
    name: 'es_find_repeats',
    text: `select e.stream_id, e.event_id, s.version, s.head_hash
      from es.events e join es.streams s on s.stream_id = e.stream_id where e.event_id = any($1::uuid[])`,
    values: [items.map((item) => item.events[0]!.event.eventId)],
  })
  if (firsts.length === 0) return new Map()
  const ownerOf = new Map(firsts.map((row) => [row.event_id, row]))
  const repeated = items.filter((item) => ownerOf.has(item.events[0]!.event.eventId))
  const { rows: all } = await tx.query<{ stream_id: string; stored: string }>(
    'select stream_id, count(*) as stored from es.events where event_id = any($1::uuid[]) group by stream_id',
    [repeated.flatMap((item) => item.events.map(({ event }) => event.eventId))],
  )
  const storedOf = new Map(all.map((row) => [row.stream_id, Number(row.stored)]))
  return new Map(
    repeated.map((item) => {
      const { streamId } = item.append
      const owner = ownerOf.get(item.events[0]!.event.eventId)!
      if (owner.stream_id !== streamId || storedOf.get(streamId) !== item.events.length)
        throw new EventIdTaken(streamId)
      return [streamId, { version: Number(owner.version), hash: owner.head_hash }]
    }),
  )
}

function* eventLines(items: readonly ChainedAppend[], stamps: ReadonlyMap<string, Stamp>): Generator<string> {
  for (const { append, recordedAt, metadata, events } of items) {
    const { epoch, tx } = stamps.get(append.streamId)!
    const stream = copyText(append.streamId)
    const shared = copyText(metadata)
    for (const { event, version, data, hash } of events) {
      yield `${epoch}\t${tx}\t${stream}\t${version}\t${event.eventId}\t${copyText(event.type)}\t${event.schemaVersion}\t` +
        `${recordedAt}\t${copyText(data)}\t${shared}\t\\\\x${hash}\n`
    }
  }
}

async function copyEvents(
  tx: Transaction,
  items: readonly ChainedAppend[],
  stamps: ReadonlyMap<string, Stamp>,
): Promise<void> {
  if (items.length === 0) return
  try {
    await copyIn(tx, COPY_EVENTS, eventLines(items, stamps))
  } catch (error) {
    if (isTakenEventId(error)) throw new EventIdTaken(items[0]!.append.streamId, { cause: error })
    throw error
  }
}
