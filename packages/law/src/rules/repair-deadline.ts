import { type IsoDate, yearOf } from '@ziv/kernel'
import { cite, newYear, yearEnd } from '../decision.ts'
import { perLaw } from '../per-law.ts'
import type { Law, Repair } from '../types.ts'

/** Until when a reference year can be repaired, and the parameter it rests on; resolved once per year and law. */
export const repairDeadline = perLaw((law, referenceYear: number) => {
  const years = law.at<number>('contributions/repair-years', newYear(referenceYear))
  return { until: yearEnd(referenceYear + years.value), parameter: cite(years) }
})

/** The repairs that can still be done on a day; one without a last day always can. */
export const stillPossible = <R extends Pick<Repair, 'until'>>(repairs: readonly R[], day: string): readonly R[] =>
  repairs.filter(({ until }) => until === undefined || until >= day)

/** The oldest reference year that can still be met on a day. */
export function firstRepairableYear(today: IsoDate, law: Law): number {
  let year = yearOf(today)
  while (repairDeadline(law, year - 1).until >= today) year -= 1
  return year
}
