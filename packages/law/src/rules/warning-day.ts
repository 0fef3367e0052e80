import type { IsoDate } from '@ziv/kernel'
import { cite, dayInYear, decision, fact, newYear } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Law, LawDecision } from '../types.ts'

/** Day by which a holder is warned that the right of `year` will not be prolonged: 1 December before (ZIV-besluit art. 254). */
export function warningDay(year: number, law: Law): LawDecision<{ readonly day: IsoDate }> {
  const parameter = law.at<string>('rights/warning-day', newYear(year - 1))
  const day = dayInYear(year - 1, parameter.value)
  return decision('granted', { day }, [ground('warning.day', true, [fact('until', day)], [cite(parameter)])])
}
