import {
  type EventMetadata,
  type JsonObject,
  type LoadedStream,
  type StoredEvent,
  type StreamAppend,
  type StreamHead,
  WrongExpectedVersion,
} from '@ziv/event-store'
import type { Instant, Rejection } from '@ziv/kernel'
import type { Queryable, Transaction } from '@ziv/postgres'
import type { PersonCommand } from '../domain/person.commands.ts'
import { decidePerson } from '../domain/person.decide.ts'
import { type PersonEvent, parsePersonEvent } from '../domain/person.events.ts'
import { evolvePerson } from '../domain/person.evolve.ts'
import type { PersonFacts } from '../domain/person.facts.ts'
import { reactionsTo } from '../domain/person.reactions.ts'
import { nobody, type Person } from '../domain/person.ts'
import { draftsOf } from '../integration/drafts.ts'
import type { Context } from './context.ts'
import { eventIdOf, streamOf } from './event-ids.ts'
import { openStreams, storedData } from './personal.ts'

export interface Change {
  readonly personId: string
  readonly eventId: string
  readonly event: PersonEvent
  /** State right after the event. */
  readonly after: Person
}

interface Entry {
  readonly personId: string
  readonly head: StreamHead
  /** Stored events by id, to recognise a repeated command. */
  readonly stored: ReadonlyMap<string, StoredEvent>
  person: Person
  readonly changes: Change[]
}

export interface WorkMetadata {
  readonly recordedAt: Instant
  readonly metadata: EventMetadata
}

/** A stored event as the domain reads it, with its id: a correction names what it corrects. */
const eventOf = ({ type, data, eventId }: StoredEvent): PersonEvent => parsePersonEvent(type, data, eventId)

/** The state of a person at the end of stored events, opened. */
export function foldPerson(events: readonly StoredEvent[]): Person {
  return events.reduce((person, stored) => evolvePerson(person, eventOf(stored)), nobody)
}

/**
 * Persons that are decided on together and stored together. The rule of the field is one stream per transaction; a
 * dependant and the holder are the exception, because "one partner" and "same insurer" hold over both or not at all.
 */
export class PersonWork {
  readonly #deps: Pick<Context, 'store' | 'vault'>
  readonly #entries = new Map<string, Entry>()
  constructor(deps: Pick<Context, 'store' | 'vault'>) {
    this.#deps = deps
  }

  /** Reads persons that are not here yet, in one query. */
  async ensure(q: Queryable, personIds: Iterable<string>): Promise<void> {
    const wanted = [...new Set(personIds)].filter((id) => !this.#entries.has(id))
    if (wanted.length === 0) return
    const { store, vault } = this.#deps
    const streams = await store.loadMany(q, wanted.map(streamOf))
    const asked = wanted.map((personId) => {
      const stream = streams.get(streamOf(personId))
      if (!stream) throw new Error(`stream of person ${personId} was asked for and not answered`)
      return { ...stream, personId }
    })
    for (const stream of await openStreams(vault, asked)) this.#add(stream.personId, stream)
  }

  #add(personId: string, stream: LoadedStream): void {
    const stored = new Map(stream.events.map((event) => [event.eventId, event]))
    this.#entries.set(personId, { personId, head: stream.head, stored, person: foldPerson(stream.events), changes: [] })
  }

  #entry(personId: string): Entry {
    const entry = this.#entries.get(personId)
    if (!entry) throw new Error(`person ${personId} was not loaded before it was decided on`)
    return entry
  }

  person(personId: string): Person {
    return this.#entry(personId).person
  }

  version(personId: string): number {
    return this.#entry(personId).head.version
  }

  /** What a command that was stored before did to the person. */
  doneBefore(commandId: string, personId: string): readonly Change[] {
    const { stored, person } = this.#entry(personId)
    const changes: Change[] = []
    for (let ordinal = 0; ; ordinal++) {
      const eventId = eventIdOf(commandId, personId, ordinal)
      const event = stored.get(eventId)
      if (!event) return changes
      changes.push({ personId, eventId, event: eventOf(event), after: person })
    }
  }

  /** The version after the changes of this work. */
  nextVersion(personId: string): number {
    const entry = this.#entry(personId)
    return entry.head.version + entry.changes.length
  }

  /** True when the command was stored before: its first event is in the stream. */
  wasDone(commandId: string, personId: string): boolean {
    return this.#entry(personId).stored.has(eventIdOf(commandId, personId, 0))
  }

  /** Decides a command and everything that follows from it on other persons; a refusal anywhere refuses all. */
  async decide(
    q: Queryable,
    commandId: string,
    personId: string,
    command: PersonCommand,
    facts: PersonFacts,
  ): Promise<Rejection | null> {
    const queue = [{ personId, command, facts }]
    const ordinals = new Map<string, number>()
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const entry = this.#entry(next.personId)
      const before = entry.person
      const decision = decidePerson(next.command, before, next.facts)
      if (!decision.ok) return decision.rejection
      for (const event of decision.events) {
        const ordinal = ordinals.get(next.personId) ?? 0
        ordinals.set(next.personId, ordinal + 1)
        const eventId = eventIdOf(commandId, next.personId, ordinal)
        entry.person = evolvePerson(entry.person, { ...event, id: eventId })
        entry.changes.push({ personId: next.personId, eventId, event, after: entry.person })
      }
      const reactions = reactionsTo(decision.events, before, entry.person)
      if (reactions.length > 0)
        await this.ensure(
          q,
          reactions.map((reaction) => reaction.personId),
        )
      queue.push(...reactions.map((reaction) => ({ ...reaction, facts })))
    }
    return null
  }

  /** What was decided, in the order of each person. */
  changes(): readonly Change[] {
    return [...this.#entries.values()].flatMap((entry) => entry.changes)
  }

  /** A copy of everything decided so far for some persons, to go back to when a later command of a unit is refused. */
  mark(personIds: readonly string[]): () => void {
    const before = personIds.map((id) => {
      const entry = this.#entry(id)
      return { entry, person: entry.person, length: entry.changes.length }
    })
    return () => {
      for (const { entry, person, length } of before) {
        entry.person = person
        entry.changes.length = length
      }
    }
  }

  /** Appends all changes inside the caller's transaction. Throws WrongExpectedVersion when a stream moved on. */
  async flush(tx: Transaction, { recordedAt, metadata }: WorkMetadata): Promise<void> {
    const { store, vault } = this.#deps
    const touched = [...this.#entries.values()].filter((entry) => entry.changes.length > 0)
    const changes = touched.flatMap((entry) => entry.changes)
    const data = await storedData(vault, changes)
    const drafts = await draftsOf(vault, changes, recordedAt, metadata)
    const placeOf = new Map(changes.map((change, place) => [change, place]))
    const appends: StreamAppend[] = touched.map((entry) => ({
      streamId: streamOf(entry.personId),
      expected: entry.head,
      events: entry.changes.map((change) => ({
        eventId: change.eventId,
        type: change.event.type,
        schemaVersion: change.event.version,
        data: data[placeOf.get(change) as number] as JsonObject,
      })),
      recordedAt,
      metadata,
      outbox: entry.changes.flatMap((change) => drafts[placeOf.get(change) as number] ?? []),
    }))
    const [only] = appends
    const results = only && appends.length === 1 ? [await store.append(tx, only)] : await store.appendMany(tx, appends)
    // a rival carried out the same command meanwhile: whoever reads again sees that it was done
    const repeated = touched.find((_, index) => results[index]?.repeated)
    if (repeated) throw new WrongExpectedVersion(streamOf(repeated.personId), repeated.head.version)
  }
}
