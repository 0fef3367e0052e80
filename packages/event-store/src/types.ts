import type { Instant } from '@ziv/kernel'
import { Conflict, type KeyRange, type Queryable, type Transaction } from '@ziv/postgres'

/** A JSON object as it is stored: no undefined, no Date, integers only where it is hashed. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** The data or metadata of an event: an object of JSON values. */
export type JsonObject = { readonly [key: string]: Json }

/** One event that a decider produced, ready to be appended. `eventId` is derived from the command, so a retry is harmless. */
export interface NewEvent {
  readonly eventId: string
  readonly type: string
  readonly schemaVersion: number
  readonly data: JsonObject
}

/** Who asked for a piece of work, and in which conversation. */
export interface Origin {
  readonly actor: string
  readonly correlationId: string
  readonly causationId?: string
  /** Digest of the request by which the sender gave the command, keyed with what nobody keeps: the same command id with another request is refused. */
  readonly request?: string
}

/** Who and why: stored beside every event of one append. */
export interface EventMetadata extends Origin {
  readonly traceparent?: string
  /** Version of the parameter set the decision used. */
  readonly law?: string
  /** Digests of the public messages that were stored with the append. The store writes them: what a caller gives is replaced. */
  readonly messages?: readonly string[]
}

/** A public message to be written to the outbox in the same transaction. The store gives it its dense (topic, key) sequence. */
export interface OutboxDraft {
  readonly eventId: string
  readonly topic: string
  readonly key: string
  readonly type: string
  readonly payload: JsonObject
  /** CloudEvents attributes without the `ce_` prefix and without epoch and sequence, which the store adds. */
  readonly attributes: Readonly<Record<string, string>>
}

/** The state of a stream as its loader saw it. A new stream has version 0 and the hash of 32 zero bytes. */
export interface StreamHead {
  readonly version: number
  readonly hash: Buffer
}

export interface StreamAppend {
  readonly streamId: string
  /** Explicit, there is no "any": the head the caller decided on. Version 0 means "must not exist". */
  readonly expected: StreamHead
  readonly events: readonly NewEvent[]
  readonly recordedAt: Instant
  readonly metadata: EventMetadata
  readonly outbox?: readonly OutboxDraft[]
}

export interface AppendResult {
  readonly head: StreamHead
  /** True when every event id was already there (a repeated command): nothing was written. */
  readonly repeated: boolean
}

/** An event as the store keeps it: its place in the log and in its stream, its content, and its link in the hash chain. */
export interface StoredEvent {
  readonly epoch: number
  readonly tx: string
  readonly position: string
  readonly streamId: string
  readonly version: number
  readonly eventId: string
  readonly type: string
  readonly schemaVersion: number
  readonly recordedAt: Instant
  readonly data: JsonObject
  readonly metadata: EventMetadata
  readonly hash: Buffer
}

export interface LoadedStream {
  readonly streamId: string
  readonly head: StreamHead
  /** Upcast to the newest shape. */
  readonly events: readonly StoredEvent[]
}

/** Place in the total order of one store: all three, or events are lost. */
export interface TailPosition {
  readonly epoch: number
  readonly tx: string
  readonly position: string
}

/** The stream moved on since it was read: load again and decide again. */
export class WrongExpectedVersion extends Conflict {
  readonly code = 'EVENT_STORE_WRONG_EXPECTED_VERSION'
  readonly streamId: string
  readonly expectedVersion: number
  constructor(streamId: string, expectedVersion: number) {
    super(`stream ${streamId} is no longer at version ${expectedVersion}: read it again and decide again`)
    this.name = 'WrongExpectedVersion'
    this.streamId = streamId
    this.expectedVersion = expectedVersion
  }
}

/** One place where a stream is not what was appended: which version, and what does not fit. */
export interface ChainFinding {
  readonly streamId: string
  readonly version: number
  readonly problem: 'hashMismatch' | 'versionGap' | 'headMismatch'
  readonly detail: string
}

/** Which chains are walked; all of them when nothing is said. */
export interface ChainsWalked {
  readonly category?: string
  readonly range?: KeyRange
}

export interface EventStore {
  /** Appends one command's events in one round trip. Throws WrongExpectedVersion. */
  append(q: Queryable, append: StreamAppend): Promise<AppendResult>
  /** Appends many streams by COPY inside the caller's transaction, same guarantees; all or nothing. Each stream at most once per call. */
  appendMany(tx: Transaction, appends: readonly StreamAppend[]): Promise<readonly AppendResult[]>
  /** Never fenced: a writer reads its own writes. Unknown stream: version 0, no events. */
  load(q: Queryable, streamId: string): Promise<LoadedStream>
  /** The event of an id, upcast to the newest shape; null when there is none. */
  find(q: Queryable, eventId: string): Promise<StoredEvent | null>
  /** One query for many streams; every id asked for is a key of the answer. */
  loadMany(q: Queryable, streamIds: readonly string[]): Promise<ReadonlyMap<string, LoadedStream>>
  /** Every stream of an aggregate (the text before the first dash of its id), in the order of their ids, with constant memory. `range`: of ids without the aggregate. */
  streams(q: Queryable, aggregate: string, range?: KeyRange): AsyncIterable<LoadedStream>
  /** Events after a position, in order, below the snapshot horizon. */
  tail(q: Queryable, after: TailPosition | null, limit: number): Promise<readonly StoredEvent[]>
  /** Walks every chain, those of one category (the text before the first dash), or those of a range of stream ids, with constant memory. */
  verify(q: Queryable, options?: ChainsWalked): AsyncIterable<ChainFinding>
}
