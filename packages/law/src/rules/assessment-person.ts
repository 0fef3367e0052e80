import type { IsoDate } from '@ziv/kernel'
import { capacityRule } from '../capacities/rule.ts'
import { newYear } from '../decision.ts'
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
}

const yearRegime = perLaw((law, key: string): string => {
  const [capacity, year] = key.split(' ') as [string, string]
  return capacityRule(law, capacity, 'regime', newYear(Number(year))).value
})

/** How the law lets contributions meet a year in a capacity; that of its first day holds for the whole year. */
export const regimeOf = (law: Law, capacity: string, year: number): string => yearRegime(law, `${capacity} ${year}`)

/** The capacities that a person had on a day of a year. */
export const capacitiesOf = (person: Pick<AssessmentPerson, 'capacities'>, year: number): readonly CapacityPeriod[] =>
  person.capacities.filter(({ from, to }) => from <= `${year}-12-31` && (to === null || to >= `${year}-01-01`))
