import type { IsoDate } from '@ziv/kernel'
import { cite, dayInYear, decision, fact, newYear } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Law, LawDecision } from '../types.ts'

const NAME = 'rights/warning-day'

/** Whether the law here knows by which day the warnings for a year are due: not for years before its parameters begin. */
export const hasWarningDay = (year: number, law: Law): boolean => law.find(NAME, newYear(year - 1)) !== undefined

/** Day by which a holder is warned that the right of `year` will not be prolonged: 1 December before (ZIV-besluit art. 254). */
export function warningDay(year: number, law: Law): LawDecision<{ readonly day: IsoDate }> {
  const parameter = law.at<string>(NAME, newYear(year - 1))
  const day = dayInYear(year - 1, parameter.value)
  return decision('granted', { day }, [ground('warning.day', true, [fact('until', day)], [cite(parameter)])])
}
