import type { DomainEvent } from '@ziv/kernel'
import type { Transaction } from '@ziv/postgres'
import type { StreamChange } from './decide-batch.ts'
import {
  type AppendResult,
  type EventStore,
  type OutboxDraft,
  type StreamAppend,
  type StreamHead,
  WrongExpectedVersion,
} from './types.ts'

/** The n-th change of every stream: an append takes a stream once, and its metadata belongs to one command. */
function wavesOf<S, C, E>(changes: readonly StreamChange<S, C, E>[]): readonly (readonly StreamChange<S, C, E>[])[] {
  const waves: StreamChange<S, C, E>[][] = []
  const seen = new Map<string, number>()
  for (const change of changes) {
    const place = seen.get(change.streamId) ?? 0
    seen.set(change.streamId, place + 1)
    const wave = waves[place]
    if (wave === undefined) waves[place] = [change]
    else wave.push(change)
  }
  return waves
}

export function appendOf<S, C, E extends DomainEvent>(
  change: StreamChange<S, C, E>,
  expected: StreamHead,
  toOutbox: ((change: StreamChange<S, C, E>) => readonly OutboxDraft[]) | undefined,
): StreamAppend {
  const { streamId, recordedAt, metadata } = change
  const events = change.events.map(({ event, eventId, data }) => ({
    eventId,
    type: event.type,
    schemaVersion: event.version,
    data,
  }))
  return { streamId, expected, events, recordedAt, metadata, outbox: toOutbox?.(change) ?? [] }
}

/** Runs `work` so that a failure leaves nothing of it in the caller's own transaction. */
export async function inSavepoint<T>(tx: Transaction, work: () => Promise<T>): Promise<T> {
  await tx.query('savepoint ziv_commands')
  try {
    const result = await work()
    await tx.query('release savepoint ziv_commands')
    return result
  } catch (error) {
    await tx.query('rollback to savepoint ziv_commands')
    throw error
  }
}

/** A repeat that was stored between our read and our write: reading again shows its events and its state. */
export function newHead(change: StreamChange<unknown, unknown, unknown>, result: AppendResult): StreamHead {
  if (result.repeated) throw new WrongExpectedVersion(change.streamId, change.events[0]!.version - 1)
  return result.head
}

/** Appends the changes wave by wave and moves `heads` on. */
export async function appendChanges<S, C, E extends DomainEvent>(
  tx: Transaction,
  store: EventStore,
  changes: readonly StreamChange<S, C, E>[],
  heads: Map<string, StreamHead>,
  toOutbox: ((change: StreamChange<S, C, E>) => readonly OutboxDraft[]) | undefined,
): Promise<void> {
  for (const wave of wavesOf(changes)) {
    const appends = wave.map((change) => appendOf(change, heads.get(change.streamId)!, toOutbox))
    // COPY pays off from a handful of rows
    const results = appends.length === 1 ? [await store.append(tx, appends[0]!)] : await store.appendMany(tx, appends)
    for (const [place, change] of wave.entries()) heads.set(change.streamId, newHead(change, results[place]!))
  }
}
