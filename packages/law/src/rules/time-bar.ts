import { addMonths, firstDayOfMonth, type IsoDate, lastDayOfMonth } from '@ziv/kernel'
import { cite, decision, fact } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Law, LawDecision } from '../types.ts'

/** Whether a claim is in time: it lapses two years after the end of the month of care. The last day still counts. */
export function timeBar(
  facts: { careDate: IsoDate; receivedOn: IsoDate; eventId?: string },
  law: Law,
): LawDecision<{ lastDay: IsoDate }> {
  const years = law.at<number>('reimbursement/claim-lapse-years', facts.careDate)
  const lastDay = lastDayOfMonth(addMonths(firstDayOfMonth(facts.careDate), years.value * 12))
  const inTime = facts.receivedOn <= lastDay
  const used = [
    fact('careDate', facts.careDate, facts.eventId),
    fact('receivedOn', facts.receivedOn, facts.eventId),
    fact('lastDay', lastDay),
  ]
  return decision(inTime ? 'granted' : 'refused', { lastDay }, [ground('claim.timeBar', inTime, used, [cite(years)])])
}
