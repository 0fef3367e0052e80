import { firstDayOfYear } from '@ziv/kernel'
import type { Law } from '@ziv/law'

const known = new WeakMap<Law, Map<number, number>>()

/** The reference year whose contributions decide the right of a year (ZIV-besluit art. 131); kept per law, it is asked per person. */
export function referenceYearOf(year: number, law: Law): number {
  let years = known.get(law)
  if (years === undefined) {
    years = new Map()
    known.set(law, years)
  }
  let found = years.get(year)
  if (found === undefined) {
    found = year - law.at<number>('rights/reference-year-shift', firstDayOfYear(year)).value
    years.set(year, found)
  }
  return found
}
