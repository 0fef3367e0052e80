import type { IsoDate } from '@ziv/kernel'
import { capacityRule } from '../capacities/rule.ts'
import { newYear, yearEnd } from '../decision.ts'
import { perLaw } from '../per-law.ts'
import type { Law } from '../types.ts'

/** Days on which a person had a capacity. */
export interface CapacityPeriod {
  readonly capacity: string
  readonly from: IsoDate
  readonly to: IsoDate | null
}

/** What the assessment of a year needs to know of the person. */
export interface AssessmentPerson {
  readonly birthDate: IsoDate
  /** Absent or null: nothing says that the person died. */
  readonly diedOn?: IsoDate | null
  /** In order. Spells with an insurer, in whatever capacity: what lies between two of them is a stay abroad. */
  readonly registered: readonly { readonly from: IsoDate; readonly to: IsoDate | null }[]
  readonly capacities: readonly CapacityPeriod[]
  /** Capacities asked for that wait for a decision of others; absent: none. */
  readonly pending?: readonly PendingRequest[]
}

/** A capacity that waits for a decision of others. */
export interface PendingRequest {
  readonly capacity: string
  readonly requestedOn: IsoDate
  /** The year for which alone it was asked; null: for none. */
  readonly repairsYear: number | null
}

const yearRegime = perLaw((law, key: string): string => {
  const [capacity, year] = key.split(' ') as [string, string]
  return capacityRule(law, capacity, 'regime', newYear(Number(year))).value
})

/** How the law lets contributions meet a year in a capacity; that of its first day holds for the whole year. */
export const regimeOf = (law: Law, capacity: string, year: number): string => yearRegime(law, `${capacity} ${year}`)

/**
 * Whether a person who has no other capacity depends on a holder until a year ends: the year is the holder's, and of the dependant
 * nothing is due for it (ZIV-wet art. 32, 17° to 19°). Whoever stops to be a dependant within the year owes for the rest of it.
 */
export const dependsThrough = (person: Pick<AssessmentPerson, 'capacities'>, year: number, law: Law): boolean => {
  const held = capacitiesOf(person, year)
  const last = yearEnd(year)
  return (
    held.every(({ capacity }) => regimeOf(law, capacity, year) === 'followsHolder') &&
    held.some(({ to }) => to === null || to >= last)
  )
}

/** The capacities that a person had on a day of a year. */
export const capacitiesOf = (person: Pick<AssessmentPerson, 'capacities'>, year: number): readonly CapacityPeriod[] =>
  person.capacities.filter(({ from, to }) => from <= `${year}-12-31` && (to === null || to >= `${year}-01-01`))
