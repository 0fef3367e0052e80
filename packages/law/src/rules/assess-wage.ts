import { type Cents, type IsoDate, sumCents } from '@ziv/kernel'
import { fact } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Law } from '../types.ts'
import type { Finding } from './assess-reference-year.ts'
import { minimumOf } from './minimum-value.ts'

export interface WageYear {
  readonly regime: 'wage'
  readonly referenceYear: number
  /** Age on 1 January, or at registration when that is later (`ageForMinimum`). */
  readonly ageAtStart: number
  /** Wage per slip in cents; a corrected slip stands here once, with its last amount. */
  readonly slips: readonly { readonly amountCents: Cents; readonly eventId?: string }[]
  /** Wage that complementary contributions already paid stand for, in cents. */
  readonly complementCents?: Cents
}

/** Wages on the slips, with complements, against the minimum value of the year. */
export function assessWage(facts: WageYear, law: Law, until: IsoDate): Finding {
  const { referenceYear, ageAtStart } = facts
  const { requiredCents, parameters } = minimumOf({ referenceYear, ageAtStart }, law)
  const totalCents = sumCents([...facts.slips.map((slip) => slip.amountCents), facts.complementCents ?? (0 as Cents)])
  const shortCents = Math.max(0, requiredCents - totalCents)
  const met = shortCents === 0
  const used = [
    fact('referenceYear', referenceYear),
    fact('ageAtStart', ageAtStart),
    fact('totalCents', totalCents),
    fact('requiredCents', requiredCents),
    fact('shortCents', shortCents),
    ...facts.slips.filter((slip) => slip.eventId).map((slip) => fact('slipCents', slip.amountCents, slip.eventId)),
  ]
  const rule = 'minimum.wage'
  const grounds = [ground(rule, met, used, parameters)]
  const repairs = met
    ? []
    : [
        { rule, kind: 'payShort', params: { referenceYear, shortCents }, until },
        { rule, kind: 'residentRegistration', params: { referenceYear }, until },
      ]
  return { totalCents, requiredCents, met, shortCents, grounds, repairs }
}
