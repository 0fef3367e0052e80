import { setTimeout as sleep } from 'node:timers/promises'
import type { Decider, DomainEvent } from '@ziv/kernel'
import type { Database, Transaction } from '@ziv/postgres'
import { type CommandOutcome, type CommandRequest, decideOn, openStream, type StreamChange } from './decide-batch.ts'
import { type EventStore, type JsonObject, type OutboxDraft, type StreamHead, WrongExpectedVersion } from './types.ts'
import { appendChanges, appendOf, inSavepoint, newHead } from './write-changes.ts'

const TRIES_MAX = 3

/** What stays the same for all commands of one kind of stream. */
export interface CommandHandling<S, C, E extends DomainEvent, R, F> {
  readonly decider: Decider<S, C, E, R, F>
  /** Public messages of a change, written to the outbox with the events. */
  readonly toOutbox?: (change: StreamChange<S, C, E>) => readonly OutboxDraft[]
  /** Seals personal fields: gets all new events at once, returns their data in the same order. */
  readonly seal?: (events: readonly SealRequest<E>[]) => Promise<readonly JsonObject[]>
  /** Runs after the append in the same transaction, for instance to write a read model or an idempotency record. */
  readonly inTransaction?: (tx: Transaction, outcomes: readonly CommandOutcome<S, E, R>[]) => Promise<void>
}

/** An event that a command is about to store, with what its sealed fields are bound to. */
export interface SealRequest<E> {
  readonly streamId: string
  readonly eventId: string
  readonly event: E
}

/**
 * Loads a stream, decides, appends the events with their outbox rows, and tries again (3 times in all) when another
 * writer was faster. A refusal comes back as a value; a repeated command writes nothing. Throws `StreamVersionMismatch`
 * for a failed `expectedVersion` and `WrongExpectedVersion` after the last try.
 */
export async function handleCommand<S, C, E extends DomainEvent, R, F>(
  db: Database | Transaction,
  store: EventStore,
  options: CommandRequest<C, F> & CommandHandling<S, C, E, R, F>,
): Promise<CommandOutcome<S, E, R>> {
  const outcomes = await handleCommands<S, C, E, R, F>(db, store, options, [options])
  return outcomes[0]!
}

/**
 * `handleCommand` for many: one load, one append and one commit for the whole batch, in time that does not depend on how
 * many streams it touches. Outcomes are in the order of the requests. Several commands for one stream are decided one
 * after the other. When a stream moved on, the batch is rolled back, read and decided again.
 */
export async function handleCommands<S, C, E extends DomainEvent, R, F>(
  db: Database | Transaction,
  store: EventStore,
  handling: CommandHandling<S, C, E, R, F>,
  requests: readonly CommandRequest<C, F>[],
): Promise<readonly CommandOutcome<S, E, R>[]> {
  if (requests.length === 0) return []
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryCommands(db, store, handling, requests)
    } catch (error) {
      if (!(error instanceof WrongExpectedVersion) || attempt === TRIES_MAX) throw error
      await sleep(5 * attempt + 20 * Math.random())
    }
  }
}

async function tryCommands<S, C, E extends DomainEvent, R, F>(
  db: Database | Transaction,
  store: EventStore,
  handling: CommandHandling<S, C, E, R, F>,
  requests: readonly CommandRequest<C, F>[],
): Promise<readonly CommandOutcome<S, E, R>[]> {
  const loaded = await store.loadMany(
    db,
    requests.map((request) => request.streamId),
  )
  const streams = new Map(Array.from(loaded, ([id, stream]) => [id, openStream(handling.decider, stream)]))
  const decided = requests.map((request) => decideOn(handling.decider, streams.get(request.streamId)!, request))
  const changes = await sealChanges(
    handling,
    decided.flatMap(({ change }) => change ?? []),
  )
  const heads = new Map(Array.from(loaded, ([id, stream]) => [id, stream.head]))
  if (handling.inTransaction === undefined && changes.length < 2) {
    // one stream needs no transaction of ours: the append is a single statement
    for (const change of changes) {
      const append = appendOf(change, heads.get(change.streamId)!, handling.toOutbox)
      heads.set(change.streamId, newHead(change, await store.append(db, append)))
    }
    return decided.map(({ outcome }) => withHead(outcome, heads))
  }
  return await inTransaction(db, async (tx) => {
    const moved = new Map(heads)
    await appendChanges(tx, store, changes, moved, handling.toOutbox)
    const results = decided.map(({ outcome }) => withHead(outcome, moved))
    await handling.inTransaction?.(tx, results)
    return results
  })
}

function inTransaction<T>(db: Database | Transaction, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return 'transaction' in db ? db.transaction(work) : inSavepoint(db, () => work(db))
}

function withHead<S, E, R>(
  outcome: CommandOutcome<S, E, R>,
  heads: ReadonlyMap<string, StreamHead>,
): CommandOutcome<S, E, R> {
  return { ...outcome, head: heads.get(outcome.streamId) ?? outcome.head }
}

/** Replaces the data of the events by their sealed form, all of the batch in one call. */
async function sealChanges<S, C, E extends DomainEvent, R, F>(
  handling: CommandHandling<S, C, E, R, F>,
  changes: readonly StreamChange<S, C, E>[],
): Promise<readonly StreamChange<S, C, E>[]> {
  if (handling.seal === undefined || changes.length === 0) return changes
  const requests = changes.flatMap(({ streamId, events }) =>
    events.map(({ eventId, event }) => ({ streamId, eventId, event })),
  )
  const sealed = await handling.seal(requests)
  if (sealed.length !== requests.length) throw new RangeError('seal must return the data of every event it was given')
  let place = 0
  return changes.map((change) => ({
    ...change,
    events: change.events.map((event) => ({ ...event, data: sealed[place++] as JsonObject })),
  }))
}
