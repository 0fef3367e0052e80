import type { DomainEvent } from '@ziv/kernel'
import type { Transaction } from '@ziv/postgres'
import type { CommandHandling, StreamChange } from './commands.ts'
import {
  type EventMetadata,
  type EventStore,
  type JsonObject,
  type NewEvent,
  type OutboxDraft,
  type StreamAppend,
  type StreamHead,
  WrongExpectedVersion,
} from './types.ts'

type Writing<S, C, E extends DomainEvent, F> = Pick<CommandHandling<S, C, E, never, F>, 'seal' | 'toOutbox'>

/** Seals changes, makes their messages and puts them into appends; the appends of a wave can be written together. */
export async function prepareChanges<S, C, E extends DomainEvent, F>(
  handling: Writing<S, C, E, F>,
  changes: readonly StreamChange<S, C, E, F>[],
): Promise<readonly (readonly Part[])[]> {
  if (changes.length === 0) return []
  const sealed = await sealChanges(handling, changes)
  const drafts = (await handling.toOutbox?.(sealed)) ?? []
  if (handling.toOutbox !== undefined && drafts.length !== changes.length) {
    throw new RangeError('toOutbox must return the messages of every change it was given')
  }
  return wavesOf(sealed, drafts)
}

/** Writes the appends wave by wave, from the heads that were read, and answers with the heads after it. */
export async function storeWaves(
  tx: Transaction,
  store: EventStore,
  waves: readonly (readonly Part[])[],
  heads: Map<string, StreamHead>,
): Promise<ReadonlyMap<string, StreamHead>> {
  for (const wave of waves) {
    const appends = wave.map(({ streamId, events, outbox, recordedAt, metadata }): StreamAppend => {
      return { streamId, expected: heads.get(streamId)!, events, outbox, recordedAt, metadata }
    })
    // COPY pays off from a handful of rows
    const results = appends.length === 1 ? [await store.append(tx, appends[0]!)] : await store.appendMany(tx, appends)
    for (const [place, { streamId, expected }] of appends.entries()) {
      const { head, repeated } = results[place]!
      // stored between our read and our write: reading again shows its events and its state
      if (repeated) throw new WrongExpectedVersion(streamId, expected.version)
      heads.set(streamId, head)
    }
  }
  return heads
}

/** Events of one stream that go into one append: they have their metadata in common. */
export interface Part {
  readonly streamId: string
  readonly events: NewEvent[]
  readonly outbox: OutboxDraft[]
  readonly recordedAt: StreamAppend['recordedAt']
  readonly metadata: EventMetadata
}

/** An append takes a stream once, and its metadata belong to all of it: what another origin decided goes in the next wave. */
function wavesOf<S, C, E extends DomainEvent, F>(
  changes: readonly StreamChange<S, C, E, F>[],
  drafts: readonly (readonly OutboxDraft[])[],
): readonly (readonly Part[])[] {
  const waves: Part[][] = []
  const last = new Map<string, { readonly part: Part; readonly wave: number }>()
  for (const [place, { streamId, recordedAt, metadata, events }] of changes.entries()) {
    const before = last.get(streamId)
    let part = before?.part
    if (part === undefined || part.metadata !== metadata) {
      part = { streamId, events: [], outbox: [], recordedAt, metadata }
      const wave = before === undefined ? 0 : before.wave + 1
      last.set(streamId, { part, wave })
      const list = waves[wave]
      if (list === undefined) waves[wave] = [part]
      else list.push(part)
    }
    for (const { event, eventId, data } of events) {
      part.events.push({ eventId, type: event.type, schemaVersion: event.version, data })
    }
    for (const draft of drafts[place] ?? []) part.outbox.push(draft)
  }
  return waves
}

/** Replaces the data of the events by their sealed form, all of the batch in one call. */
async function sealChanges<S, C, E extends DomainEvent, F>(
  { seal }: Writing<S, C, E, F>,
  changes: readonly StreamChange<S, C, E, F>[],
): Promise<readonly StreamChange<S, C, E, F>[]> {
  if (seal === undefined) return changes
  const requests = changes.flatMap(({ streamId, events }) =>
    events.map(({ eventId, event }) => ({ streamId, eventId, event })),
  )
  const sealed = await seal(requests)
  if (sealed.length !== requests.length) throw new RangeError('seal must return the data of every event it was given')
  let place = 0
  return changes.map((change) => ({
    ...change,
    events: change.events.map((event) => ({ ...event, data: sealed[place++] as JsonObject })),
  }))
}
