import {
  affiliationClosed,
  affiliationOpened,
  capacityAcquired,
  capacityEnded,
  type DataOf,
  identifierReplaced,
  personDied,
  personErased,
} from '@ziv/contracts'
import type { EventMetadata, OutboxDraft } from '@ziv/event-store'
import { type Instant, uuidV5 } from '@ziv/kernel'
import { draft } from '@ziv/messaging'
import type { Change } from '../application/person-work.ts'
import type { PersonEventOf } from '../domain/person.events.ts'
import type { Person } from '../domain/person.ts'

interface Membership {
  readonly insurer: string
  readonly ziekenfonds: string
}

/** Every insurer the person was ever with, each with its last ziekenfonds: they all keep rights that may still run out. */
function membershipsOf(person: Person): readonly Membership[] {
  const byInsurer = new Map(person.affiliations.map(({ insurer, ziekenfonds }) => [insurer, { insurer, ziekenfonds }]))
  return [...byInsurer.values()]
}

const source = '/affiliation'

/** The public events of one change. A fact about a person goes to every insurer that knows the person. */
export function draftsOf(change: Change, recordedAt: Instant, metadata: EventMetadata): readonly OutboxDraft[] {
  const { event, eventId, personId, after } = change
  const { actor, correlationId, causationId, traceparent } = metadata
  const envelope = (home: Membership, id: string) => ({
    ...{
      key: personId,
      id,
      insurer: home.insurer,
      ziekenfonds: home.ziekenfonds,
      recordedAt,
      actor,
      correlationId,
      source,
    },
    ...(causationId === undefined ? {} : { causationId }),
    ...(traceparent === undefined ? {} : { traceparent }),
  })
  const toAll = (build: (home: Membership, id: string) => OutboxDraft): readonly OutboxDraft[] =>
    membershipsOf(after).map((home, index) => build(home, index === 0 ? eventId : uuidV5(`${eventId}/${home.insurer}`)))
  switch (event.type) {
    case 'AffiliationOpened':
      return [draft(affiliationOpened, { ...envelope(event.data, eventId), data: opened(event.data, personId, after) })]
    case 'AffiliationClosed': {
      const { affiliationId, insurer, ziekenfonds, to, reason } = event.data
      const data = { personId, insurer, ziekenfonds, affiliationId, to, reason } as DataOf<typeof affiliationClosed>
      return [draft(affiliationClosed, { ...envelope(event.data, eventId), data })]
    }
    case 'CapacityAcquired': {
      const { insurer, ziekenfonds, capacityId, capacity, from, acquiredOn, requestedOn, holderPersonId } = event.data
      const base = { personId, insurer, ziekenfonds, capacityId, capacity, from, acquiredOn, requestedOn }
      const data = { ...base, ...(holderPersonId ? { holderPersonId } : {}) } as DataOf<typeof capacityAcquired>
      return [draft(capacityAcquired, { ...envelope(event.data, eventId), data })]
    }
    case 'CapacityEnded': {
      const { insurer, ziekenfonds, capacityId, capacity, to } = event.data
      const data = { personId, insurer, ziekenfonds, capacityId, capacity, to } as DataOf<typeof capacityEnded>
      return [draft(capacityEnded, { ...envelope(event.data, eventId), data })]
    }
    case 'PersonDied':
      return toAll((home, id) => {
        const data = { personId, ...home, diedOn: event.data.diedOn } as DataOf<typeof personDied>
        return draft(personDied, { ...envelope(home, id), data })
      })
    case 'IdentifierReplaced':
      return toAll((home, id) => {
        const { previousInszIndex, inszIndex } = event.data
        const data = { personId, ...home, previousInszIndex, inszIndex } as DataOf<typeof identifierReplaced>
        return draft(identifierReplaced, { ...envelope(home, id), data })
      })
    case 'PersonErased':
      return toAll((home, id) =>
        draft(personErased, { ...envelope(home, id), data: { personId, ...home } as DataOf<typeof personErased> }),
      )
    default:
      return []
  }
}

function opened(data: PersonEventOf<'AffiliationOpened'>['data'], personId: string, person: Person) {
  const { affiliationId, insurer, ziekenfonds, from } = data
  const { inszIndex, birthDate, sex } = person
  const known = { personId, insurer, ziekenfonds, affiliationId, from, inszIndex, birthDate, sex }
  return known as DataOf<typeof affiliationOpened>
}
