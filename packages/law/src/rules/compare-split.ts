import { type Cents, cents, type IsoDate } from '@ziv/kernel'
import { datedRule } from '../dated-rule.ts'
import { cite, decision, fact } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Law, LawDecision } from '../types.ts'
import type { LinePrice } from './price-line.ts'

/** How a provider split what was asked for a line, in cents for all units together. */
export interface BilledSplit {
  readonly insuranceCents: Cents
  readonly patientCents: Cents
  readonly supplementCents: Cents
}

/** Where a billed split is not that of the tariff. */
export type SplitDeviation = 'insuranceDiffers' | 'patientTooHigh' | 'patientTooLow' | 'supplementNotAllowed'

export interface SplitOutcome {
  /** What the insurance pays. */
  readonly paidCents: Cents
  readonly deviations: readonly SplitDeviation[]
}

export interface SplitFacts {
  readonly careDate: IsoDate
  /** Absent when the patient claims what was paid. */
  readonly split?: BilledSplit | undefined
  readonly price: Pick<LinePrice, 'interventionCents' | 'patientShareCents' | 'supplementAllowed'>
}

type Comparison = (facts: SplitFacts) => SplitOutcome

const atMostOfficial: Comparison = ({ split, price }) => {
  const deviations: SplitDeviation[] = []
  let paidCents = price.interventionCents
  if (split !== undefined) {
    if (split.insuranceCents !== price.interventionCents) deviations.push('insuranceDiffers')
    if (split.patientCents > price.patientShareCents) deviations.push('patientTooHigh')
    if (split.patientCents < price.patientShareCents) deviations.push('patientTooLow')
    paidCents = cents(Math.min(price.interventionCents, split.insuranceCents))
  }
  if (price.supplementAllowed === false && split?.supplementCents !== 0) deviations.push('supplementNotAllowed')
  return { paidCents: deviations.includes('patientTooHigh') ? cents(0) : paidCents, deviations }
}

const comparisons = datedRule<Comparison>('reimbursement/billed-split', { atMostOfficial })

/**
 * Holds the split of a bill against the tariff (ZIV-wet art. 53; controls of billing). Too much asked of the insurance: the official
 * amount is paid. Too much asked of the patient: refused, the provider bills it again. Less than the official amount is asked of the
 * insurance: not more than that is paid. Cents for all units together.
 */
export function compareSplit(facts: SplitFacts, law: Law): LawDecision<SplitOutcome> {
  const { version: compare, parameter } = comparisons(law, facts.careDate)
  const outcome = compare(facts)
  const paid = !outcome.deviations.includes('patientTooHigh')
  const { split, price } = facts
  const used = [
    fact('patientShareCents', price.patientShareCents),
    fact('patientCents', split?.patientCents ?? null),
    fact('paidCents', outcome.paidCents),
  ]
  return decision(paid ? 'granted' : 'refused', outcome, [ground('price.split', paid, used, [cite(parameter)])])
}
