import { addMonths, type IsoDate, type Quarter, quarterStart } from '@ziv/kernel'
import { capacityRule } from '../capacities/rule.ts'
import { weaker } from '../confidence.ts'
import { datedRule } from '../dated-rule.ts'
import { cite, fact, newYear } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Ground, Law, LawDecision, Repair } from '../types.ts'
import type { ReferenceYearAssessment } from './assess-reference-year.ts'

/** Proof of the family income, as it was asked of a person for a year. */
export interface IncomeRequest {
  readonly askedOn: IsoDate
  /** Last day on which the proof can be given. */
  readonly answerUntil: IsoDate
  readonly eventId?: string
}

/** Whether proof of a lower income would lower what is due for a quarter (ZIV-besluit art. 134). */
export function incomeCounts(capacity: string, quarter: Quarter, law: Law): boolean {
  const day = quarterStart(quarter)
  if (capacityRule(law, capacity, 'regime', day).value !== 'personal') return false
  return capacityRule(law, capacity, 'provenIncome', day).value === 'lowersTheStep'
}

/** Whether a year waits for a request for proof of income, or is closed on the full amount by default. */
const proofFirst = datedRule('contributions/income-proof-first', { asked: true, default: false })

/** Whether the full amount waits until proof of income was asked (parameter `contributions/income-proof-first`). */
export const asksProofFirst = (referenceYear: number, law: Law): boolean =>
  proofFirst(law, newYear(referenceYear)).version

/** Earliest last day that a request for proof of this day may name: until then nobody closes it for want of an answer. */
export const answerableUntil = (askedOn: IsoDate, law: Law): IsoDate =>
  addMonths(askedOn, law.at<number>('procedure/information-months', askedOn).value)

/**
 * Marks a year that is short on the full amount alone as open: it waits for proof of the family income, which nobody asked or
 * which can still be given. It is neither met nor closed; what is missing is named first among its repairs.
 */
export function awaitIncomeProof(
  decision: LawDecision<ReferenceYearAssessment>,
  request: IncomeRequest | null,
  law: Law,
): LawDecision<ReferenceYearAssessment> {
  const { referenceYear, payableUntil } = decision.result
  const { parameter: reading } = proofFirst(law, newYear(referenceYear))
  const asked =
    request === null
      ? [fact('askedOn', null)]
      : [fact('askedOn', request.askedOn, request.eventId), fact('answerUntil', request.answerUntil)]
  const awaited = ground(
    'minimum.incomeProof',
    false,
    [fact('referenceYear', referenceYear), ...asked],
    [cite(reading)],
  )
  const rule = decision.repairs[0]?.rule ?? decision.grounds[0]?.rule ?? awaited.rule
  const confidence = weaker(decision.confidence, reading.confidence)
  const proof: Repair = {
    ...{ rule, kind: request === null ? 'proveIncome' : 'proveIncomeAsked', until: payableUntil },
    params: { referenceYear, ...(request === null ? {} : { answerUntil: request.answerUntil }) },
  }
  return {
    ...decision,
    grounds: [...decision.grounds, awaited],
    repairs: decision.repairs.length === 0 ? [] : [proof, ...decision.repairs],
    confidence,
    result: { ...decision.result, awaits: 'incomeProof', confidence },
  }
}

/** What a right rests on while the year that decides it is open: it stands until the income is decided. */
export function provisionalGround(referenceYear: number, eventId: string | undefined): Ground {
  return ground('right.provisional', true, [fact('referenceYear', referenceYear, eventId)])
}

/** Whether a right was granted while the year that decides it was still open. */
export const isProvisional = (grounds: readonly Pick<Ground, 'rule'>[]): boolean =>
  grounds.some(({ rule }) => rule === 'right.provisional')
