import { cite, newYear, yearEnd } from '../decision.ts'
import { perLaw } from '../per-law.ts'

/** Until when a reference year can be mended, and the parameter it rests on; resolved once per year and law. */
export const repairDeadline = perLaw((law, referenceYear: number) => {
  const years = law.at<number>('contributions/repair-years', newYear(referenceYear))
  return { until: yearEnd(referenceYear + years.value), parameter: cite(years) }
})
