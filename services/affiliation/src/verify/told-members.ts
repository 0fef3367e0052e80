import { type LoadedStream, toDomainEvent } from '@ziv/event-store'
import { type MemberEvent, type ToldMember, toldMember } from '@ziv/members/store'
import type { KeyRange, Queryable } from '@ziv/postgres'
import { personOf } from '../commands/event-ids.ts'
import type { Context } from '../context.ts'
import { personDecider } from '../domain/person.decider.ts'
import type { PersonEvent } from '../domain/person.events.ts'
import { tellingsOf } from '../integration/drafts.ts'
import { personsOfLog } from './persons-of-log.ts'

/** Everything that the log says was told of a person, in its order: made by what makes the messages, without sealing them. */
function eventsOf({ streamId, events }: LoadedStream): readonly MemberEvent[] {
  const personId = personOf(streamId)
  const numbers = new Map<string, number>()
  let state = personDecider.initialState()
  return events.flatMap((stored) => {
    const event = toDomainEvent<PersonEvent>(stored)
    const before = state
    state = personDecider.evolve(before, event)
    const tellings = tellingsOf({ personId, eventId: stored.eventId, event, before, after: state })
    return tellings.map(({ id, event: { type }, home, open, personal }): MemberEvent => {
      const { insurer, ziekenfonds } = home
      // the person is the key of every topic of an insurer, and this stream the only one that tells of the person
      const sequence = (numbers.get(insurer) ?? 0) + 1
      numbers.set(insurer, sequence)
      const data = { personId, insurer, ziekenfonds, ...open, ...personal }
      return { id, type, sequence, recordedAt: stored.recordedAt, data }
    })
  })
}

/**
 * What affiliation told of every person of a range, by its log: what every copy has to hold. Persons of whom nothing was told yet
 * are left out, and so is who cannot be read: that is told by a proof of its own.
 */
export async function* toldMembers(
  tx: Queryable,
  range: KeyRange,
  context: Pick<Context, 'store' | 'vault'>,
): AsyncGenerator<ToldMember> {
  for await (const stream of personsOfLog(tx, range, context, [])) {
    const told = eventsOf(stream)
    if (told.length > 0) yield toldMember(personOf(stream.streamId), told)
  }
}
