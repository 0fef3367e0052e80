import { type IsoDate, maxDate, quarterOf, quarterStart } from '@ziv/kernel'
import { capacityRule } from '../capacities/rule.ts'
import type { CapacityRuleValue } from '../capacities/schema.ts'
import { cite, decision, fact } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Law, LawDecision } from '../types.ts'

export interface StartFacts {
  /** Day on which the quality was acquired: first day of work, marriage, birth, enrolment. */
  readonly acquiredOn: IsoDate
  /** Day on which the request reached the insurer. */
  readonly requestedOn: IsoDate
  /** Event that recorded the request. */
  readonly eventId?: string
}

/**
 * First day of insurance in a capacity. Work counts from the first day of the quarter of acquisition; student, resident and
 * unaccompanied minor from the first day of the quarter of the request (never before the quarter in which the quality began);
 * a dependant from the exact day. Which of the three holds is a rule of the capacity. Throws for a capacity or a day of which the law
 * here says nothing. Source: ZIV-wet art. 32, ZIV-besluit art. 128quater and 128quinquies.
 */
export function startOfInsurance(capacity: string, facts: StartFacts, law: Law): LawDecision<{ from: IsoDate }> {
  const parameter = capacityRule(law, capacity, 'start', facts.acquiredOn)
  const rule = parameter.value
  const from = startDay(rule, facts)
  const used = [
    fact('capacity', capacity),
    fact('acquiredOn', facts.acquiredOn, facts.eventId),
    fact('requestedOn', facts.requestedOn, facts.eventId),
    fact('from', from),
  ]
  return decision('granted', { from }, [ground(`start.${rule}`, true, used, [cite(parameter)])])
}

function startDay(rule: CapacityRuleValue<'start'>, { acquiredOn, requestedOn }: StartFacts): IsoDate {
  if (rule === 'dayOfAcquisition') return acquiredOn
  const acquired = quarterStart(quarterOf(acquiredOn))
  if (rule === 'quarterOfAcquisition') return acquired
  return maxDate(acquired, quarterStart(quarterOf(requestedOn)))
}
