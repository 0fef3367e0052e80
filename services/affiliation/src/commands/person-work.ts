import {
  CommandBatch,
  type CommandHandling,
  type EventMetadata,
  type StoredEvent,
  type StreamChange,
  toDomainEvent,
} from '@ziv/event-store'
import { foldEvents, type Rejection } from '@ziv/kernel'
import type { Queryable, Transaction } from '@ziv/postgres'
import type { Context } from '../context.ts'
import { anything, type MayChange, ofOthers } from '../domain/of-others.ts'
import type { PersonCommand } from '../domain/person.commands.ts'
import { personDecider } from '../domain/person.decider.ts'
import type { PersonEvent } from '../domain/person.events.ts'
import { evolvePerson } from '../domain/person.evolve.ts'
import type { PersonFacts } from '../domain/person.facts.ts'
import { reactionsTo } from '../domain/person.reactions.ts'
import type { Person } from '../domain/person.ts'
import { draftsOf } from '../integration/drafts.ts'
import { personOf, streamOf } from './event-ids.ts'
import { openStreams, storedData } from './personal.ts'

export interface Change {
  readonly personId: string
  readonly eventId: string
  readonly event: PersonEvent
  /** State right before the event and right after it. */
  readonly before: Person
  readonly after: Person
}

type PersonChange = StreamChange<Person, PersonCommand, PersonEvent, PersonFacts>

/** The state of a person at the end of stored events, opened. */
export const foldPerson = (events: readonly StoredEvent[]): Person =>
  foldEvents(personDecider, events.map(toDomainEvent<PersonEvent>))

const handlingOf = ({
  vault,
  clock,
}: Context): CommandHandling<Person, PersonCommand, PersonEvent, Rejection, PersonFacts> => ({
  decider: personDecider,
  recordedAt: () => clock.now(),
  holdsRead: true,
  open: (streams) => openStreams(vault, streams),
  seal: (events) =>
    storedData(
      vault,
      events.map(({ streamId, ...event }) => ({ personId: personOf(streamId), ...event })),
    ),
  toOutbox: (changes) => draftsOf(vault, changes.map(tellable)),
})

const tellable = (change: PersonChange) => ({ ...change, changes: changesOf(change) })

/** The events of a command one by one, each with the state after it. */
function changesOf({ streamId, before, events }: PersonChange): readonly Change[] {
  let state = before
  return events.map(({ event, eventId }) => {
    const was = state
    state = evolvePerson(was, { ...event, id: eventId })
    return { personId: personOf(streamId), eventId, event, before: was, after: state }
  })
}

/**
 * Persons that are decided on together and stored together. The rule of the field is one stream per transaction; a
 * dependant and the holder are the exception, because "one partner" and "same insurer" hold over both or not at all. Also who
 * was only looked at stands still until the others are stored.
 */
export class PersonWork {
  readonly #batch: CommandBatch<Person, PersonCommand, PersonEvent, Rejection, PersonFacts>
  readonly #metadata: EventMetadata
  constructor(context: Context, metadata: EventMetadata) {
    this.#batch = new CommandBatch(context.store, handlingOf(context))
    this.#metadata = metadata
  }

  /** Reads persons that are not here yet, in one query. */
  async ensure(q: Queryable, personIds: Iterable<string>): Promise<void> {
    await this.#batch.read(q, Array.from(personIds, streamOf))
  }

  person(personId: string): Person {
    return this.#batch.stateOf(streamOf(personId))
  }

  /** The version after what was decided here. */
  version(personId: string): number {
    return this.#batch.versionOf(streamOf(personId))
  }

  /** What a command that was stored before did to the person; undefined when it is new. */
  doneBefore(commandId: string, personId: string): readonly Change[] | undefined {
    const events = this.#batch.repeatOf({ streamId: streamOf(personId), commandId, metadata: this.#metadata })
    const now = this.person(personId)
    return events?.map((event) => ({ personId, eventId: event.id as string, event, before: now, after: now }))
  }

  /**
   * Decides a command and everything that follows from it on other persons; a refusal anywhere refuses all, also that of an event of
   * an affiliation that the caller may not change.
   */
  async decide(
    q: Queryable,
    commandId: string,
    personId: string,
    command: PersonCommand,
    facts: PersonFacts,
    mayChange: MayChange = anything,
  ): Promise<Rejection | null> {
    const metadata = this.#metadata
    const queue = [{ personId, command, facts }]
    for (let number = 0; queue.length > 0; number++) {
      const next = queue.shift()!
      const before = this.person(next.personId)
      const id = number === 0 ? commandId : `${commandId}/${number}`
      const outcome = this.#batch.decide({ ...next, streamId: streamOf(next.personId), commandId: id, metadata })
      if (!outcome.ok) return outcome.rejection
      const foreign = ofOthers(command, outcome.events, mayChange)
      if (foreign) return foreign
      const reactions = reactionsTo(outcome.events, before, outcome.state)
      await this.ensure(
        q,
        reactions.map((reaction) => reaction.personId),
      )
      queue.push(...reactions.map((reaction) => ({ ...reaction, facts })))
    }
    return null
  }

  /** What was decided, in order. */
  changes(): readonly Change[] {
    return this.#batch.changes.flatMap(changesOf)
  }

  /** A function that takes everything back that is decided from here on: a later command of a unit may be refused. */
  mark(): () => void {
    return this.#batch.mark()
  }

  /** Appends all changes inside the caller's transaction. Throws WrongExpectedVersion when a stream moved on. */
  async flush(tx: Transaction): Promise<void> {
    await this.#batch.store(tx)
  }
}
