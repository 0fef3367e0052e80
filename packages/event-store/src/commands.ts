import { type Decider, type DomainEvent, type Instant, uuidV5 } from '@ziv/kernel'
import type { Queryable, Transaction } from '@ziv/postgres'
import type { EventMetadata, JsonObject, LoadedStream, OutboxDraft, StoredEvent, StreamHead } from './types.ts'

/** One command for one stream. `commandId` is what the sender repeats on a retry (an idempotency key, a message id). */
export interface CommandRequest<C, F> {
  readonly streamId: string
  readonly command: C
  readonly facts: F
  readonly commandId: string
  readonly metadata: EventMetadata
  /** From `If-Match`: the version the sender saw. Another one throws `StreamVersionMismatch`, without a retry. */
  readonly expectedVersion?: number
}

/** Commands whose facts are read after their streams: facts that were read before a stream may be older than what it says. */
export interface LaterRequests<C, F> {
  /** The streams that the commands may be about. */
  readonly streamIds: readonly string[]
  readonly requestsOf: (tx: Transaction) => Promise<readonly CommandRequest<C, F>[]>
}

/** A decided event on its way to the store: its id and version are known, `data` is what is stored (sealed where asked). */
export interface DecidedEvent<E> {
  readonly event: E
  readonly eventId: string
  readonly version: number
  readonly data: JsonObject
}

/** What one command changed: the input of the translation to public messages. */
export interface StreamChange<S, C, E, F> {
  readonly streamId: string
  readonly command: C
  readonly facts: F
  readonly before: S
  readonly after: S
  readonly events: readonly DecidedEvent<E>[]
  readonly recordedAt: Instant
  readonly metadata: EventMetadata
}

/** How a command ended. `repeated`: it was stored before, `events` are those of the first time and nothing was written. */
export type CommandOutcome<S, E, R> =
  | {
      readonly ok: true
      readonly streamId: string
      readonly state: S
      readonly events: readonly E[]
      readonly head: StreamHead
      readonly repeated: boolean
    }
  | {
      readonly ok: false
      readonly streamId: string
      readonly state: S
      readonly rejection: R
      readonly head: StreamHead
    }

/** The state of a stream and where it ends. */
export interface KnownState<S> {
  readonly state: S
  readonly head: StreamHead
}

/** Names the n-th event (from 0) that a command gives in a stream. */
export type EventNaming<E> = (place: {
  readonly streamId: string
  readonly commandId: string
  readonly index: number
  readonly event: E
  readonly version: number
}) => string

/** What stays the same for all commands of one kind of stream. */
export interface CommandHandling<S, C, E extends DomainEvent, R, F> {
  readonly decider: Decider<S, C, E, R, F>
  /**
   * Asked once, after the streams were read: what comes later in a stream is recorded later. Never drawn before the transaction began:
   * a question about a moment waits for the transactions that were open at it, and for no other.
   */
  readonly recordedAt: () => Instant
  /** Reads states kept beside the streams, or knows that the streams are new. Default: the streams themselves, folded. */
  readonly read?: (q: Queryable, streamIds: readonly string[]) => Promise<ReadonlyMap<string, KnownState<S>>>
  /** Opens what `seal` sealed: gets all streams at once, gives them back with the data that the decider reads. */
  readonly open?: (streams: readonly LoadedStream[]) => Promise<readonly LoadedStream[]>
  /** Seals personal fields: gets all new events at once, returns their data in the same order. */
  readonly seal?: (events: readonly SealRequest<E>[]) => Promise<readonly JsonObject[]>
  /**
   * Default `eventIdOf`. A repeated command is known by the ids of its events where streams are read whole and ids follow from
   * the command; with a `read` or an `eventId` of its own the decider has to know it by what it says.
   */
  readonly eventId?: EventNaming<E>
  /**
   * A decision on one stream looks at others: those that were read and not changed have to stand still too until what was decided is
   * stored. Two commands that each read what the other changes would otherwise both be stored, and neither knows of the other.
   */
  readonly holdsRead?: boolean
  /** Public messages of all changes, in their order, written to the outbox with the events. */
  readonly toOutbox?: (
    changes: readonly StreamChange<S, C, E, F>[],
  ) => readonly (readonly OutboxDraft[])[] | Promise<readonly (readonly OutboxDraft[])[]>
  /** Runs after the append in the same transaction, for instance to write a read model or an idempotency record. */
  readonly inTransaction?: (tx: Transaction, outcomes: readonly CommandOutcome<S, E, R>[]) => Promise<void>
}

/** An event that a command is about to store, with what its sealed fields are bound to. */
export interface SealRequest<E> {
  readonly streamId: string
  readonly eventId: string
  readonly event: E
}

/** A stored event as its decider sees it, in the newest shape, with its id. */
export function toDomainEvent<E extends DomainEvent>({ type, schemaVersion, data, eventId }: StoredEvent): E {
  return { type, version: schemaVersion, data, id: eventId } as DomainEvent as E
}

/** The id of the n-th event (from 0) that a command gives in a stream: the same whenever the command is repeated. */
export function eventIdOf(streamId: string, commandId: string, index: number): string {
  return uuidV5(`${streamId}\n${commandId}\n${index}`)
}
