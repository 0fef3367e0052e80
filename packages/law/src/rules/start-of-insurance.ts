import { type IsoDate, maxDate, quarterOf, quarterStart } from '@ziv/kernel'
import { cite, decision, fact } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Law, LawCapacity, LawDecision } from '../types.ts'

export interface StartFacts {
  /** Day on which the quality was acquired: first day of work, marriage, birth, enrolment. */
  readonly acquiredOn: IsoDate
  /** Day on which the request reached the insurer. */
  readonly requestedOn: IsoDate
  /** Event that recorded the request. */
  readonly eventId?: string
}

export type StartRule = 'quarterOfAcquisition' | 'quarterOfRequest' | 'dayOfAcquisition'

/**
 * First day of insurance in a capacity. Work counts from the first day of the quarter of acquisition; student, resident and
 * unaccompanied minor from the first day of the quarter of the request (never before the quarter in which the quality began);
 * a dependant from the exact day. Source: ZIV-wet art. 32, ZIV-besluit art. 128quater and 128quinquies.
 */
export function startOfInsurance(capacity: LawCapacity, facts: StartFacts, law: Law): LawDecision<{ from: IsoDate }> {
  const parameter = law.at<Record<LawCapacity, StartRule>>('rights/start-of-insurance', facts.acquiredOn)
  const rule = parameter.value[capacity]
  const from = startDay(rule, facts)
  const used = [
    fact('capacity', capacity),
    fact('acquiredOn', facts.acquiredOn, facts.eventId),
    fact('requestedOn', facts.requestedOn, facts.eventId),
    fact('from', from),
  ]
  return decision('granted', { from }, [ground(`start.${rule}`, true, used, [cite(parameter, capacity)])])
}

function startDay(rule: StartRule, { acquiredOn, requestedOn }: StartFacts): IsoDate {
  if (rule === 'dayOfAcquisition') return acquiredOn
  const acquired = quarterStart(quarterOf(acquiredOn))
  if (rule === 'quarterOfAcquisition') return acquired
  return maxDate(acquired, quarterStart(quarterOf(requestedOn)))
}
