import type { Instant, IsoDate } from '@ziv/kernel'
import type { Context } from '../context.ts'
import { parsePersonEvent } from '../domain/person.events.ts'
import type { Person } from '../domain/person.ts'
import { streamOf } from './event-ids.ts'
import { foldPerson } from './person-work.ts'
import { openStreams } from './personal.ts'

/**
 * Dates of birth of the dependants a person has or had, as known at a moment (absent: now). An age limit rests on them, and the stream of
 * the holder does not know them.
 */
export async function birthsOfDependants(
  context: Context,
  holder: Person,
  knownAt?: Instant,
): Promise<ReadonlyMap<string, IsoDate>> {
  const ids = [...new Set(holder.dependants.map(({ personId }) => personId))]
  if (ids.length === 0) return new Map()
  const streams = await context.store.loadMany(context.database, ids.map(streamOf))
  const opened = await openStreams(context.vault, [...streams.values()])
  return new Map(
    opened.flatMap(({ events }) => {
      const known = knownAt === undefined ? events : events.filter(({ recordedAt }) => recordedAt <= knownAt)
      if (known.length === 0) return []
      const { personId, birthDate } = foldPerson(known)
      return personId === null || birthDate === null ? [] : [[personId, birthDate] as const]
    }),
  )
}

export interface Left {
  readonly personId: string
  readonly insurer: string
  readonly ziekenfonds: string
  /** Last day of the affiliation; absent when no day of it is left. */
  readonly to?: IsoDate
}

/**
 * Those of some persons whose affiliation a command ended. Read from the log, which names the command as the cause: a repetition, for
 * which nothing is decided, is answered as the first time.
 */
export async function leftByCommand(
  context: Context,
  personIds: ReadonlySet<string>,
  commandId: string,
): Promise<readonly Left[]> {
  const ids = [...personIds]
  if (ids.length === 0) return []
  const streams = await context.store.loadMany(context.database, ids.map(streamOf))
  return ids.flatMap((personId) => {
    const events = streams.get(streamOf(personId))?.events ?? []
    return events.flatMap(({ type, data, metadata }): Left[] => {
      if (metadata.causationId !== commandId) return []
      const event = parsePersonEvent(type, data)
      if (event.type !== 'AffiliationClosed' && event.type !== 'AffiliationWithdrawn') return []
      const { insurer, ziekenfonds } = event.data
      return [{ personId, insurer, ziekenfonds, ...('to' in event.data ? { to: event.data.to } : {}) }]
    })
  })
}
