import { type IsoDate, maxDate } from '@ziv/kernel'
import { endOf } from './end-of-capacity.ts'
import type { PersonEvent } from './person.events.ts'
import type { PersonFacts } from './person.facts.ts'
import type { Capacity, Dependant, Person } from './person.ts'

/** Last day of a capacity, also where the age limit of children sets it and nobody recorded it yet (ZIV-besluit art. 123). */
export function lastDayOf(
  entry: Pick<Capacity | Dependant, 'capacity' | 'from' | 'to'>,
  birthDate: IsoDate | null,
  facts: PersonFacts,
): IsoDate | null {
  if (entry.capacity !== 'DEPENDANT_CHILD' || entry.from === null || birthDate === null) return entry.to
  const adult = maxDate(entry.from, facts.lastDayAsChild(birthDate))
  return entry.to === null || entry.to > adult ? adult : entry.to
}

/**
 * Records the end of the quality of child where the age limit ended it before a day. It ends by rule, without anybody asking;
 * the next decision about the person needs it told, or a grown-up could be insured in no capacity of his or her own.
 */
export function lapsedAsChild(person: Person, before: IsoDate, facts: PersonFacts): readonly PersonEvent[] {
  return person.capacities.flatMap((entry) => {
    if (entry.status !== 'acquired') return []
    const last = lastDayOf(entry, person.birthDate, facts)
    return last === null || last === entry.to || last >= before ? [] : [endOf(entry, person, last)]
  })
}
