import type { IsoDate } from '@ziv/kernel'
import { type PersonEvent, personEvent } from './person.events.ts'
import type { Capacity, Person } from './person.ts'

/** The event that ends a capacity, with the insurer of its affiliation. */
export function endOf(entry: Capacity, person: Person, to: IsoDate): PersonEvent {
  const home = person.affiliations.find((affiliation) => affiliation.affiliationId === entry.affiliationId)
  if (!home) throw new Error(`capacity ${entry.capacityId} has no affiliation`)
  const { insurer, ziekenfonds } = home
  return personEvent('CapacityEnded', {
    capacityId: entry.capacityId,
    insurer,
    ziekenfonds,
    capacity: entry.capacity,
    to,
  })
}
