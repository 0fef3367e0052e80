import type { IsoDate } from '@ziv/kernel'
import type { Person } from '../domain/person.ts'
import type { Context } from './context.ts'
import { streamOf } from './event-ids.ts'
import { foldPerson } from './person-work.ts'

/** Dates of birth of the dependants a person has or had, on which an age limit rests; the stream of the holder does not know them. */
export async function birthsOfDependants(context: Context, holder: Person): Promise<ReadonlyMap<string, IsoDate>> {
  const ids = [...new Set(holder.dependants.map(({ personId }) => personId))]
  const streams = await context.store.loadMany(context.database, ids.map(streamOf))
  return new Map(
    ids.flatMap((id) => {
      const { birthDate } = foldPerson(streams.get(streamOf(id))?.events ?? [])
      return birthDate === null ? [] : [[id, birthDate] as const]
    }),
  )
}
