import { type DomainEvent, foldEvents, type Instant } from '@ziv/kernel'
import type { Queryable, Transaction } from '@ziv/postgres'
import { canonicalJson } from './canonical-json.ts'
import { GENESIS_HASH } from './chain.ts'
import {
  type CommandHandling,
  type CommandOutcome,
  type CommandRequest,
  type DecidedEvent,
  eventIdOf,
  type KnownState,
  type StreamChange,
  toDomainEvent,
} from './commands.ts'
import { CommandIdReused, StreamVersionMismatch } from './errors.ts'
import { holdHeads } from './hold-heads.ts'
import { type Part, prepareChanges, storeWaves } from './store-changes.ts'
import type { EventStore, JsonObject, LoadedStream, StoredEvent, StreamHead } from './types.ts'

interface Done<C, E> {
  readonly command: C
  readonly events: readonly E[]
}

/** A stream in memory: moves on with each decision before anything is written. */
interface OpenStream<S, C, E> {
  readonly stored: readonly StoredEvent[]
  readonly head: StreamHead
  /** Commands decided here, by id, where ids tell: one that comes twice counts once. */
  decided: Map<string, Done<C, E>> | undefined
  state: S
  version: number
}

/**
 * Streams that are decided on together and stored together: the one write path of a service. Read, decide and store, in one
 * transaction; `handleCommands` does the three in turn, and a service whose decisions lead to further commands calls them
 * itself. When a transaction is run again it starts with a new batch.
 */
export class CommandBatch<S, C, E extends DomainEvent, R, F> {
  readonly #store: EventStore
  readonly #handling: CommandHandling<S, C, E, R, F>
  readonly #streams = new Map<string, OpenStream<S, C, E>>()
  readonly #changes: StreamChange<S, C, E, F>[] = []
  #heads: ReadonlyMap<string, StreamHead> = new Map()
  #recordedAt: Instant | undefined
  #waves: readonly (readonly Part[])[] | undefined

  constructor(store: EventStore, handling: CommandHandling<S, C, E, R, F>) {
    this.#store = store
    this.#handling = handling
  }

  /** Reads the streams that are not here yet, in one query. */
  async read(q: Queryable, streamIds: Iterable<string>): Promise<void> {
    const missing = [...new Set(streamIds)].filter((id) => !this.#streams.has(id))
    if (missing.length === 0) return
    const { read, open } = this.#handling
    if (read !== undefined) {
      const known = await read(q, missing)
      for (const id of missing) this.#keep(id, known.get(id), [])
      return
    }
    const loaded = [...(await this.#store.loadMany(q, missing)).values()]
    for (const stream of open === undefined ? loaded : await open(loaded)) this.#keepLoaded(stream)
  }

  /** Opens streams that must not exist yet, without looking; when one does, `store` throws `WrongExpectedVersion`. */
  openNew(streamIds: Iterable<string>): void {
    for (const id of streamIds) this.#keep(id, undefined, [])
  }

  #keepLoaded({ streamId, events, head }: LoadedStream): void {
    const state = foldEvents<S, E>(this.#handling.decider, events.map(toDomainEvent<E>))
    this.#keep(streamId, { state, head }, events)
  }

  #keep(streamId: string, known: KnownState<S> | undefined, stored: readonly StoredEvent[]): void {
    const { state, head } = known ?? { state: this.#handling.decider.initialState(), head: NEW_STREAM }
    this.#streams.set(streamId, { stored, head, decided: undefined, state, version: head.version })
  }

  /** Whether the ids of events tell that a command was given before. */
  get #idsTell(): boolean {
    return this.#handling.read === undefined && this.#handling.eventId === undefined
  }

  #at(streamId: string): OpenStream<S, C, E> {
    const stream = this.#streams.get(streamId)
    if (stream === undefined) throw new Error(`stream ${streamId} was not read before it was decided on`)
    return stream
  }

  stateOf(streamId: string): S {
    return this.#at(streamId).state
  }

  /** The version of a stream with what was decided here. */
  versionOf(streamId: string): number {
    return this.#at(streamId).version
  }

  /** The events that this very command gave before, undefined when it is new. Throws `CommandIdReused`. */
  repeatOf(request: Pick<CommandRequest<C, F>, 'streamId' | 'commandId' | 'metadata'>): readonly E[] | undefined {
    const { streamId, commandId, metadata } = request
    const { stored } = this.#at(streamId)
    if (!this.#idsTell || stored.length === 0) return undefined
    const first = eventIdOf(streamId, commandId, 0)
    const start = stored.findIndex(({ eventId }) => eventId === first)
    if (start === -1) return undefined
    const before = stored[start]?.metadata.request
    if (before !== undefined && metadata.request !== undefined && before !== metadata.request) {
      throw new CommandIdReused(streamId, commandId)
    }
    const rest = stored.slice(start)
    const end = rest.findIndex(({ eventId }, index) => eventId !== eventIdOf(streamId, commandId, index))
    return rest.slice(0, end === -1 ? rest.length : end).map(toDomainEvent<E>)
  }

  /** What was decided here on a command of this id; the same id with another command is no repetition. */
  #decidedBefore({ streamId, commandId, command }: CommandRequest<C, F>): readonly E[] | undefined {
    if (!this.#idsTell) return undefined
    const done = this.#at(streamId).decided?.get(commandId)
    if (done === undefined) return undefined
    if (!sameContent(done.command, command)) throw new CommandIdReused(streamId, commandId)
    return done.events
  }

  /** Decides one command on a stream that was read. The hash of the head in the outcome is known once it is stored. */
  decide(request: CommandRequest<C, F>): CommandOutcome<S, E, R> {
    const { streamId, command, commandId, facts, metadata } = request
    const stream = this.#at(streamId)
    const { state: before, version } = stream
    const known = this.#decidedBefore(request) ?? this.repeatOf(request)
    if (known !== undefined) {
      return { ok: true, streamId, state: before, events: known, head: headAt(version), repeated: true }
    }
    if (request.expectedVersion !== undefined && request.expectedVersion !== version) {
      throw new StreamVersionMismatch(streamId, request.expectedVersion, version)
    }
    const { decider, eventId = namedByCommand } = this.#handling
    const decision = decider.decide(command, before, facts)
    if (!decision.ok)
      return { ok: false, streamId, state: before, rejection: decision.rejection, head: headAt(version) }
    let after = before
    const events = decision.events.map((event, index): DecidedEvent<E> => {
      const at = version + index + 1
      const id = eventId({ streamId, commandId, index, event, version: at })
      after = decider.evolve(after, { ...event, id })
      return { event, eventId: id, version: at, data: event.data as JsonObject }
    })
    const { events: given } = decision
    if (events.length > 0) {
      stream.state = after
      stream.version += events.length
      if (this.#idsTell) {
        stream.decided ??= new Map()
        stream.decided.set(commandId, { command, events: given })
      }
      this.#recordedAt ??= this.#handling.recordedAt()
      const recordedAt = this.#recordedAt
      this.#changes.push({ streamId, command, facts, before, after, events, recordedAt, metadata })
    }
    return { ok: true, streamId, state: after, events: given, head: headAt(stream.version), repeated: false }
  }

  /** What was decided so far and not taken back, in order. */
  get changes(): readonly StreamChange<S, C, E, F>[] {
    return this.#changes
  }

  /** A function that takes back everything decided from here on, for a group of commands that hold together or not at all. */
  mark(): () => void {
    const kept = this.#changes.length
    return () => {
      for (const change of this.#changes.splice(kept).reverse()) {
        const stream = this.#at(change.streamId)
        stream.state = change.before
        stream.version -= change.events.length
        for (const [id, { command }] of stream.decided ?? []) if (command === change.command) stream.decided?.delete(id)
      }
    }
  }

  /** Seals and makes the messages: what needs no transaction. `store` does it when nobody did. */
  async prepare(): Promise<void> {
    this.#waves ??= await prepareChanges(this.#handling, this.#changes)
  }

  /** Writes events and messages of all changes. Throws `WrongExpectedVersion` when a stream moved on since it was read. */
  async store(tx: Transaction): Promise<void> {
    await this.prepare()
    const heads = new Map(this.#changes.map(({ streamId }) => [streamId, this.#at(streamId).head]))
    const readOnly = this.#streams.size > heads.size
    if (this.#handling.holdsRead === true && heads.size > 0 && readOnly) {
      await holdHeads(tx, new Map(Array.from(this.#streams, ([streamId, { head }]) => [streamId, head])))
    }
    this.#heads = await storeWaves(tx, this.#store, this.#waves ?? [], heads)
  }

  /** The outcome with the head of its stream as it was stored. */
  withHead(outcome: CommandOutcome<S, E, R>): CommandOutcome<S, E, R> {
    const { streamId } = outcome
    return { ...outcome, head: this.#heads.get(streamId) ?? this.#at(streamId).head }
  }
}

const NEW_STREAM: StreamHead = { version: 0, hash: GENESIS_HASH }
const headAt = (version: number): StreamHead => ({ version, hash: GENESIS_HASH })

const namedByCommand = ({ streamId, commandId, index }: { streamId: string; commandId: string; index: number }) =>
  eventIdOf(streamId, commandId, index)

const sameContent = (a: unknown, b: unknown): boolean =>
  a === b || canonicalJson(a as never) === canonicalJson(b as never)
