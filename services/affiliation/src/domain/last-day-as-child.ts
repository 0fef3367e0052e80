import type { IsoDate } from '@ziv/kernel'
import type { PersonFacts } from './person.facts.ts'
import type { Capacity, Dependant } from './person.ts'

/** Last day of a capacity, also where the age limit of children sets it and nobody recorded it yet (ZIV-besluit art. 123). */
export function lastDayOf(
  entry: Pick<Capacity | Dependant, 'capacity' | 'from' | 'to'>,
  birthDate: IsoDate | null,
  facts: PersonFacts,
): IsoDate | null {
  if (entry.capacity !== 'DEPENDANT_CHILD' || entry.from === null || birthDate === null) return entry.to
  const adult = facts.lastDayAsChild(birthDate)
  return entry.to === null || entry.to > adult ? adult : entry.to
}
