import { addDays, addMonths, type IsoDate } from '@ziv/kernel'
import { cite, decision, fact } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Law, LawDecision } from '../types.ts'
import { lapseReading } from './lapse.ts'
import { repairDeadline } from './repair-deadline.ts'

export interface WaitingPeriodFacts {
  /** First day of the new registration as holder. */
  readonly registeredOn: IsoDate
  /** The year whose unpaid personal contributions made the earlier registration lapse; null when it ended otherwise. */
  readonly unpaid: { readonly referenceYear: number; readonly shortCents: number; readonly eventId?: string } | null
}

export interface WaitingPeriod {
  readonly from: IsoDate
  /** Last day without a right; null when there is nothing to wait for. */
  readonly to: IsoDate | null
  /** First day of the right. */
  readonly opensOn: IsoDate
}

/**
 * The stage of a holder who registers again after an earlier registration lapsed for unpaid personal contributions (ZIV-besluit
 * art. 130): the right opens after six months, counted from the first day of the new registration, whatever the new capacity is.
 * Refused means: wait. Amounts in cents. That the stage only passes with time, and that paying the old year late takes it away
 * (as it would have kept the registration alive), is our reading of the article.
 */
export function waitingPeriod({ registeredOn, unpaid }: WaitingPeriodFacts, law: Law): LawDecision<WaitingPeriod> {
  if (unpaid === null) return decision('granted', { from: registeredOn, to: null, opensOn: registeredOn }, [])
  const { parameter: reading } = lapseReading(law, registeredOn)
  const months = law.at<number>('rights/waiting-period-months', registeredOn)
  const opensOn = addMonths(registeredOn, months.value)
  const { referenceYear, shortCents, eventId } = unpaid
  const { until, parameter } = repairDeadline(law, referenceYear)
  const rule = 'opening.waitingPeriod'
  const used = [
    fact('registeredOn', registeredOn),
    fact('referenceYear', referenceYear, eventId),
    fact('opensOn', opensOn),
    fact('months', months.value),
  ]
  const repair = { rule, kind: 'payLapsed', params: { referenceYear, shortCents, registeredOn }, until }
  return decision(
    'refused',
    { from: registeredOn, to: addDays(opensOn, -1), opensOn },
    [ground(rule, false, used, [cite(months), parameter, cite(reading)])],
    registeredOn > until ? [] : [repair],
    'derived',
  )
}
