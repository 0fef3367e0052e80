import { type Cents, cents, multiplyCents, splitByLargestRemainder, subtractCents } from '@ziv/kernel'
import { cite, decision, fact, newYear } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Law, LawDecision, ParameterValue, Ratio } from '../types.ts'

export interface InsurerExpenditure {
  readonly insurer: string
  /** Actual expenditure of the year, in cents, not negative. */
  readonly actualCents: Cents
  /** Normative expenditure, in cents; when one is missing the key of `distribution/normative-weights` is used for all. */
  readonly normativeCents?: Cents
}

export interface BudgetFacts {
  readonly year: number
  /** Budget objective that is divided, in cents. */
  readonly objectiveCents: Cents
  readonly insurers: readonly InsurerExpenditure[]
}

/** Amounts in cents. */
export interface BudgetShare {
  readonly insurer: string
  /** Part of the objective; all parts together are the objective. */
  readonly budgetCents: Cents
  readonly actualCents: Cents
  /** Budget minus actual expenditure: positive is a surplus. */
  readonly resultCents: Cents
  /** Part of the result that the insurer keeps or bears itself, with the sign of the result. */
  readonly borneCents: Cents
  /** What the insurer is entitled to for the year: actual expenditure plus the part borne. */
  readonly dueCents: Cents
}

/**
 * Budget shares of a year (ZIV-wet art. 196): 70 percent by actual and 30 percent by normative expenditure, to the cent by largest
 * remainder, so that the shares add up to the objective. Each insurer bears 25 percent of its result, at most 2 percent of its
 * budget (assumed). Without any actual expenditure the normative key alone counts.
 */
export function budgetShares(facts: BudgetFacts, law: Law): LawDecision<{ shares: readonly BudgetShare[] }> {
  const day = newYear(facts.year)
  const actualWeight = law.at<Ratio>('distribution/actual-weight', day)
  const normativeWeight = law.at<Ratio>('distribution/normative-weight', day)
  const key = law.at<Record<string, number>>('distribution/normative-weights', day)
  const part = law.at<Ratio>('distribution/borne-part', day)
  const cap = law.at<Ratio>('distribution/borne-cap', day)
  const actual = facts.insurers.map((insurer) => BigInt(insurer.actualCents))
  const stated = facts.insurers.every((insurer) => insurer.normativeCents !== undefined)
  const normative = facts.insurers.map((one) => BigInt(stated ? one.normativeCents! : weightOf(one.insurer, key)))
  const weights = mixWeights(actual, normative, actualWeight.value, normativeWeight.value)
  const budgets = splitByLargestRemainder(facts.objectiveCents, weights)
  const shares = facts.insurers.map((insurer, index) => shareOf(insurer, budgets[index]!, part.value, cap.value))
  const used = [fact('year', facts.year), fact('objectiveCents', facts.objectiveCents)]
  const keys = stated ? [] : [cite(key)]
  return decision('granted', { shares }, [
    ground('distribution.share', true, used, [cite(actualWeight), cite(normativeWeight), ...keys]),
    ground('distribution.borne', true, [fact('year', facts.year)], [cite(part), cite(cap)]),
  ])
}

/** `a * A_i / sum(A) + n * N_i / sum(N)` on one denominator, so that whole numbers suffice. */
function mixWeights(actual: readonly bigint[], normative: readonly bigint[], a: Ratio, n: Ratio): bigint[] {
  const sumActual = actual.reduce((sum, value) => sum + value, 0n)
  const sumNormative = normative.reduce((sum, value) => sum + value, 0n)
  if (sumActual === 0n) return [...normative]
  if (sumNormative === 0n) return [...actual]
  const aWeight = BigInt(a.numerator) * BigInt(n.denominator)
  const nWeight = BigInt(n.numerator) * BigInt(a.denominator)
  return actual.map((value, index) => aWeight * value * sumNormative + nWeight * normative[index]! * sumActual)
}

function shareOf(one: InsurerExpenditure, budgetCents: Cents, part: Ratio, cap: Ratio): BudgetShare {
  const { insurer, actualCents } = one
  const resultCents = subtractCents(budgetCents, actualCents)
  const borneCents = borneResult(resultCents, budgetCents, part, cap)
  return { insurer, budgetCents, actualCents, resultCents, borneCents, dueCents: cents(actualCents + borneCents) }
}

/** Part of a surplus or deficit that an insurer bears, limited to a part of its budget; rounded half up, sign kept. */
function borneResult(resultCents: Cents, budgetCents: Cents, part: Ratio, cap: Ratio): Cents {
  const size = multiplyCents(cents(Math.abs(resultCents)), part.numerator, part.denominator, 'halfUp')
  const limit = multiplyCents(budgetCents, cap.numerator, cap.denominator, 'halfUp')
  const borne = Math.min(size, limit)
  return cents(resultCents < 0 ? -borne : borne)
}

function weightOf(insurer: string, key: ParameterValue<Record<string, number>>): number {
  const weight = key.value[insurer]
  if (weight === undefined) throw new RangeError(`Insurer ${insurer} has no weight in ${key.name} of ${key.from}`)
  return weight
}
