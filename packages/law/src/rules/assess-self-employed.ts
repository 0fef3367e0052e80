import { type Cents, type IsoDate, type Quarter, sumCents } from '@ziv/kernel'
import { fact } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Law } from '../types.ts'
import type { Finding } from './assess-reference-year.ts'
import { residentRegistration } from './resident-registration.ts'

export interface SelfEmployedQuarter {
  readonly quarter: Quarter
  /** The fund attests the quarter: paid, dispensed or assimilated. */
  readonly attested: boolean
  /** Contribution paid or attested, in cents. */
  readonly amountCents?: Cents
  /** Contribution that the fund says is due and unpaid, in cents, when it says so. */
  readonly dueCents?: Cents
  readonly eventId?: string
}

export interface SelfEmployedYear {
  readonly regime: 'selfEmployed'
  readonly referenceYear: number
  /** Every quarter of the year in which a contribution was due. */
  readonly quarters: readonly SelfEmployedQuarter[]
}

const zero = 0 as Cents

/** Every quarter due must be attested by the social insurance fund. */
export function assessSelfEmployed(facts: SelfEmployedYear, law: Law, until: IsoDate): Finding {
  const { referenceYear, quarters } = facts
  const missing = quarters.filter((quarter) => !quarter.attested)
  const totalCents = sumCents(quarters.map((quarter) => quarter.amountCents ?? zero))
  const shortCents = sumCents(missing.map((quarter) => quarter.dueCents ?? zero))
  const met = missing.length === 0
  const missingQuarters = missing.map((quarter) => quarter.quarter).join(' ')
  const used = [
    fact('referenceYear', referenceYear),
    fact('quartersDue', quarters.length),
    fact('quartersAttested', quarters.length - missing.length),
    ...quarters
      .filter((quarter) => quarter.eventId)
      .map((quarter) => fact('quarter', quarter.quarter, quarter.eventId)),
  ]
  const rule = 'minimum.selfEmployed'
  const repairs = met
    ? []
    : [
        { rule, kind: 'attestQuarters', params: { referenceYear, quarters: missingQuarters, shortCents }, until },
        ...residentRegistration(rule, referenceYear, law, until),
      ]
  const requiredCents = totalCents + shortCents
  return { totalCents, requiredCents, met, shortCents, grounds: [ground(rule, met, used)], repairs }
}
