import { newYear } from '../decision.ts'
import { perLaw } from '../per-law.ts'
import type { Law } from '../types.ts'

/** How many years before a year its reference year lies, as the law has it; resolved once per year and law. */
export const referenceShift = perLaw((law, year: number) =>
  law.at<number>('rights/reference-year-shift', newYear(year)),
)

/** The reference year whose contributions decide the right of a year (ZIV-besluit art. 131). */
export const referenceYearOf = (year: number, law: Law): number => year - referenceShift(law, year).value

/** First day (`MM-DD`) of a year from which a capacity counts for the year that rests on it. */
export const windowStart = (law: Law, year: number) => law.at<string>('rights/capacity-window-start', newYear(year))
