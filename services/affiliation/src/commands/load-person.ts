import type { StoredEvent } from '@ziv/event-store'
import type { Instant } from '@ziv/kernel'
import type { Queryable } from '@ziv/postgres'
import type { Context } from '../context.ts'
import { parsePersonEvent } from '../domain/person.events.ts'
import type { Person } from '../domain/person.ts'
import { streamOf } from './event-ids.ts'
import { foldPerson } from './person-work.ts'
import { openStreams } from './personal.ts'

export interface LoadedPerson {
  readonly person: Person
  readonly version: number
  /** Opened: what is personal lies open in their data. */
  readonly events: readonly StoredEvent[]
  /** Who registered the person: its home as long as it has no affiliation. */
  readonly registeredBy: string | null
}

/** A person as known at a moment (default: now); null when nothing was known of it then. */
export async function loadPerson(
  context: Context,
  personId: string,
  knownAt?: Instant,
  q: Queryable = context.database,
): Promise<LoadedPerson | null> {
  const [stream] = await openStreams(context.vault, [await context.store.load(q, streamOf(personId))])
  if (stream === undefined) return null
  const events = knownAt === undefined ? stream.events : stream.events.filter((event) => event.recordedAt <= knownAt)
  const [first] = events
  if (!first) return null
  const registered = parsePersonEvent(first.type, first.data)
  const registeredBy = registered.type === 'PersonRegistered' ? (registered.data.registeredBy ?? null) : null
  return { person: foldPerson(events), version: stream.head.version, events, registeredBy }
}
