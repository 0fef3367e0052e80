import { type IsoDate, yearOf } from '@ziv/kernel'
import { cite, decision, fact, yearEnd } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Law, LawDecision } from '../types.ts'

/** First opening of the right: from the start of insurance in year X until 31 December of X+1. */
export function firstOpening(start: IsoDate, law: Law): LawDecision<{ from: IsoDate; to: IsoDate }> {
  const years = law.at<number>('rights/first-opening-years', start)
  const to = yearEnd(yearOf(start) + years.value)
  const used = [fact('from', start), fact('until', to)]
  return decision('granted', { from: start, to }, [ground('opening.first', true, used, [cite(years)])])
}
