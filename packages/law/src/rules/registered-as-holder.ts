import { addDays, type IsoDate, mergePeriods, type Period, subtractPeriods } from '@ziv/kernel'
import type { Law } from '../types.ts'
import { type AssessmentPerson, capacitiesOf, regimeOf } from './assessment-person.ts'

/** What says since when somebody is a holder. */
type Registered = Pick<AssessmentPerson, 'registered' | 'capacities'>

/**
 * Days on which a person was registered as holder, in order: from the first capacity of their own on, as long as they are with an
 * insurer, also between two capacities, but not while a dependant alone. The minimum is asked of holders, in proportion from the
 * registration as such (ZIV-besluit art. 286; decision 0031). In a year without any capacity of their own nobody knows what they
 * are registered as: every spell with an insurer counts.
 */
export function registeredAsHolder(person: Registered, year: number, law: Law): readonly Period[] {
  const { registered, capacities } = person
  const isOwn = ({ capacity }: { capacity: string }) => regimeOf(law, capacity, year) !== 'followsHolder'
  if (!capacitiesOf(person, year).some(isOwn)) return registered
  const own = mergePeriods(capacities.filter(isOwn))
  const since = own[0]?.from as IsoDate
  const dependent = capacities.filter((capacity) => !isOwn(capacity)).flatMap((one) => subtractPeriods(one, own))
  const before = { from: FIRST_DAY, to: addDays(since, -1) }
  return registered.flatMap((spell) => subtractPeriods(spell, [before, ...dependent]))
}

const FIRST_DAY = '0001-01-01' as IsoDate
