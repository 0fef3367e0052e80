import { type Cents, isoDate, sumCents } from '@ziv/kernel'
import type { Law, LawDecision } from '../types.ts'
import { assessMixed, assessUnder, duesBesideWage } from './assess-mixed.ts'
import { type ContributionRegime, capacityRegimes, type ReferenceYearAssessment } from './assess-reference-year.ts'
import { type AssessmentPerson, capacitiesOf, dependsThrough, regimeOf } from './assessment-person.ts'
import { asksProofFirst, awaitIncomeProof, type IncomeRequest, incomeCounts } from './income-proof.ts'
import { hasMinimumValue } from './minimum-value.ts'
import { withPrice } from './resident-registration.ts'
import { surplusGrounds } from './surplus.ts'
import {
  INCOME_REQUEST,
  paidCentsOf,
  personalQuarters,
  withEvent,
  type YearContributions,
  type YearQuestion,
} from './year-facts.ts'

/**
 * Whether the values of the law are known with which a year is assessed. Contributions of an older year are refused: they
 * would be kept without anybody being able to say what they are worth.
 */
export const isAssessable = (law: Law, year: number): boolean => hasMinimumValue(law, year)

/** How a reference year stands, with the reasons and what would meet it. */
export type YearDecision = LawDecision<ReferenceYearAssessment>

/**
 * Assesses a year of a person under the regimes that the capacities of the year open. One regime: by its own rule. Several: as
 * a whole, see `assessMixed`. Without any such capacity nothing says what is due: whatever came in is told and meets nothing,
 * until the capacity is known. Of a dependant for whom nothing came in, nothing is due. A year that only the full amount of residents leaves short is open while nobody asked for proof of income, or it can still be given. ZIV-besluit art. 286 (wages), 134 (personal contributions), 131 (repair).
 */
export function assessYear(question: YearQuestion, came: YearContributions): YearDecision {
  const weighed = weigh(question, came)
  if (weighed.result.met) return weighed
  const repairs = withPrice(weighed.repairs, question, (asResident) => weigh(asResident, came))
  const decision = { ...weighed, repairs }
  if (!awaitsIncome(question, came)) return decision
  return awaitIncomeProof(decision, requestOf(question, came), question.law)
}

/** Whether only the full amount of residents keeps a year from being met, and nobody closed a request for proof of income. */
function awaitsIncome(question: YearQuestion, came: YearContributions): boolean {
  const { law, year } = question
  if (came.income?.closed || !asksProofFirst(year, law)) return false
  const lowered = personalQuarters(question, came).some(({ capacity, quarter }) => incomeCounts(capacity, quarter, law))
  return lowered && weigh({ ...question, step: 'exempt' }, beyondLowered(question, came)).result.met
}

/**
 * What came in without what was paid for quarters that a proven income would lower: in a year with wage that money would be left over for
 * the wage that lacks, of which nobody asks a proof of income.
 */
function beyondLowered(question: YearQuestion, came: YearContributions): YearContributions {
  const { law } = question
  const held = heldRegimes(question)
  if (!held.includes('wage')) return came
  const dues = duesBesideWage(question, came, held)
  const loweredDues = dues.filter(({ capacity, quarter }) => incomeCounts(capacity, quarter, law))
  const [allCents, loweredCents] = [sumCents(dues.map(dueOf)), sumCents(loweredDues.map(dueOf))]
  // those of others, as of a student, are paid first
  let left = Math.min(loweredCents, Math.max(0, paidCentsOf(came) - (allCents - loweredCents)))
  const payments = Object.entries(came.payments).map(([key, payment]) => {
    const taken = Math.min(left, payment.amountCents)
    left -= taken
    return [key, { ...payment, amountCents: payment.amountCents - taken }] as const
  })
  return { ...came, payments: Object.fromEntries(payments) }
}

const dueOf = ({ dueCents }: { readonly dueCents: Cents }): Cents => dueCents

function requestOf(question: YearQuestion, { income }: YearContributions): IncomeRequest | null {
  if (income === null || income === undefined) return null
  const { askedOn, answerUntil } = income
  return { askedOn: isoDate(askedOn), answerUntil: isoDate(answerUntil), ...withEvent(question, INCOME_REQUEST) }
}

function weigh(question: YearQuestion, came: YearContributions): YearDecision {
  const held = heldRegimes(question)
  if (held.length === 0) return assessUnder(owesNothing(question, came) ? 'none' : 'unknown', question, came)
  const [regime, ...others] = held as [ContributionRegime, ...ContributionRegime[]]
  const decision = others.length > 0 ? assessMixed(question, came, held) : assessUnder(regime, question, came)
  if (held.includes('wage') || personalQuarters(question, came).length > 0) return decision
  // what the insurer is paid counts for nothing in such a year: all of it is too much
  const events = Object.keys(came.payments).map((key) => question.eventIdOf?.(key))
  return { ...decision, grounds: [...decision.grounds, ...surplusGrounds(question.year, paidCentsOf(came), events)] }
}

/** A dependant is short of nothing; what came in nevertheless asks for the capacity in which it was earned. */
const owesNothing = ({ person, year, law }: YearQuestion, { slips, attests, payments }: YearContributions): boolean =>
  dependsThrough(person, year, law) && [slips, attests, payments].every((came) => Object.keys(came).length === 0)

function heldRegimes({ person, year, law }: YearQuestion): readonly ContributionRegime[] {
  const held = new Set(capacitiesOf(person, year).map(({ capacity }) => regimeOf(law, capacity, year)))
  return capacityRegimes.filter((regime) => held.has(regime))
}

/** Whether a year of a person is weighed by contributions of their own, also where nothing is due; a dependant's is the holder's. */
export const isWeighed = (person: Pick<AssessmentPerson, 'capacities'>, year: number, law: Law): boolean =>
  capacitiesOf(person, year).some(({ capacity }) => regimeOf(law, capacity, year) !== 'followsHolder')
