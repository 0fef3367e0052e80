import { type Decider, type DomainEvent, foldEvents, type Instant, uuidV5 } from '@ziv/kernel'
import { GENESIS_HASH } from './chain.ts'
import type { EventMetadata, JsonObject, LoadedStream, StoredEvent, StreamHead } from './types.ts'

/** One command for one stream. `commandId` is what the sender repeats on a retry (an idempotency key, a message id). */
export interface CommandRequest<C, F> {
  readonly streamId: string
  readonly command: C
  readonly facts: F
  readonly commandId: string
  /** Where the moment is asked: after the stream was read, so that what comes later in a stream is recorded later. */
  readonly recordedAt: () => Instant
  readonly metadata: EventMetadata
  /** From `If-Match`: the version the sender saw. Another one throws `StreamVersionMismatch`, without a retry. */
  readonly expectedVersion?: number
}

/** A decided event on its way to the store: its id and version are known, `data` is what is stored (sealed where asked). */
export interface DecidedEvent<E> {
  readonly event: E
  readonly eventId: string
  readonly version: number
  readonly data: JsonObject
}

/** What one command changed: the input of the translation to public messages. */
export interface StreamChange<S, C, E> {
  readonly streamId: string
  readonly command: C
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

/** The `If-Match` of a command names a version that the stream is not at. */
export class StreamVersionMismatch extends Error {
  readonly code = 'EVENT_STORE_VERSION_MISMATCH'
  readonly retriable = false
  readonly streamId: string
  readonly expectedVersion: number
  readonly actualVersion: number
  constructor(streamId: string, expectedVersion: number, actualVersion: number) {
    super(`stream ${streamId} is at version ${actualVersion}, not ${expectedVersion}: read it again before changing it`)
    this.name = 'StreamVersionMismatch'
    this.streamId = streamId
    this.expectedVersion = expectedVersion
    this.actualVersion = actualVersion
  }
}

/** The id of the n-th event (from 0) that a command gives in a stream: the same whenever the command is repeated. */
export function eventIdOf(streamId: string, commandId: string, index: number): string {
  return uuidV5(`${streamId}\n${commandId}\n${index}`)
}

/** A stored event as its decider sees it, in the newest shape. */
export function toDomainEvent<E extends DomainEvent>(stored: StoredEvent): E {
  return { type: stored.type, version: stored.schemaVersion, data: stored.data } as DomainEvent as E
}

/** A stream in memory: moves on with each decision of the batch before anything is written. */
export interface OpenStream<S> {
  readonly streamId: string
  readonly stored: readonly StoredEvent[]
  /** Events of the commands decided in this batch, by command id: a command that comes twice counts once. */
  readonly decided: Map<string, readonly DomainEvent[]>
  state: S
  version: number
}

/** What a command leads to: its outcome, and its change when there is something to store. */
export interface Decided<S, C, E, R> {
  readonly outcome: CommandOutcome<S, E, R>
  readonly change?: StreamChange<S, C, E>
}

export function openStream<S, C, E extends DomainEvent, R, F>(
  decider: Decider<S, C, E, R, F>,
  loaded: LoadedStream,
): OpenStream<S> {
  const { streamId, events, head } = loaded
  const state = foldEvents<S, E>(decider, events.map(toDomainEvent<E>))
  return { streamId, stored: events, decided: new Map(), state, version: head.version }
}

/** The events that this very command gave before, undefined when it is new. */
function eventsOfRepeat<E extends DomainEvent>(
  stream: OpenStream<unknown>,
  commandId: string,
): readonly E[] | undefined {
  const inBatch = stream.decided.get(commandId)
  if (inBatch !== undefined) return inBatch as readonly E[]
  if (stream.stored.length === 0) return undefined
  const first = eventIdOf(stream.streamId, commandId, 0)
  const start = stream.stored.findIndex((event) => event.eventId === first)
  if (start === -1) return undefined
  const rest = stream.stored.slice(start)
  const end = rest.findIndex((event, index) => event.eventId !== eventIdOf(stream.streamId, commandId, index))
  return rest.slice(0, end === -1 ? rest.length : end).map(toDomainEvent<E>)
}

/** Decides one command on an open stream and moves the stream on. The hash of the head in the outcome is set when it is written. */
export function decideOn<S, C, E extends DomainEvent, R, F>(
  decider: Decider<S, C, E, R, F>,
  stream: OpenStream<S>,
  request: CommandRequest<C, F>,
): Decided<S, C, E, R> {
  const { streamId, command, commandId, metadata } = request
  const { state: before, version } = stream
  const known = eventsOfRepeat<E>(stream, commandId)
  if (known !== undefined) {
    return { outcome: { ok: true, streamId, state: before, events: known, head: headAt(version), repeated: true } }
  }
  if (request.expectedVersion !== undefined && request.expectedVersion !== version) {
    throw new StreamVersionMismatch(streamId, request.expectedVersion, version)
  }
  const decision = decider.decide(command, before, request.facts)
  if (!decision.ok) {
    return { outcome: { ok: false, streamId, state: before, rejection: decision.rejection, head: headAt(version) } }
  }
  const after = foldEvents<S, E>(decider, decision.events, before)
  const events = decision.events.map((event, index): DecidedEvent<E> => {
    const eventId = eventIdOf(streamId, commandId, index)
    return { event, eventId, version: version + index + 1, data: event.data as JsonObject }
  })
  stream.state = after
  stream.version += events.length
  if (events.length > 0) stream.decided.set(commandId, decision.events)
  const head = headAt(stream.version)
  const recordedAt = request.recordedAt()
  const outcome = { ok: true, streamId, state: after, events: decision.events, head, repeated: false } as const
  if (events.length === 0) return { outcome }
  return { outcome, change: { streamId, command, before, after, events, recordedAt, metadata } }
}

const headAt = (version: number): StreamHead => ({ version, hash: GENESIS_HASH })
