import { type Cents, type Quarter, sumCents } from '@ziv/kernel'
import { weakestConfidence } from '../confidence.ts'
import { assessReferenceYear, type ContributionRegime } from './assess-reference-year.ts'
import { type Payment, type WageStanding, weighWage } from './assess-wage.ts'
import type { YearDecision } from './assess-year.ts'
import { type FilledQuarters, fillQuarters } from './fill-quarters.ts'
import { personalContribution } from './personal-contribution.ts'
import {
  monthsOfWage,
  paidCentsOf,
  quartersIn,
  selfEmployedQuarters,
  stepOf,
  type WagePart,
  wageYear,
  type YearContributions,
  type YearQuestion,
  yearFacts,
} from './year-facts.ts'

/** Assesses a year under one regime. */
export const assessUnder = (
  regime: ContributionRegime,
  question: YearQuestion,
  came: YearContributions,
): YearDecision => assessReferenceYear(yearFacts(regime, question, came), question.law)

/**
 * A year with several regimes is weighed as a whole: a quarter that the self-employed or personal contribution covers asks
 * for no wage, and the wage has to reach the minimum of the other months; no part covers another. Wage alone that reaches
 * the whole year is enough. Without wage every quarter has to be covered by the regime that is due in it; one for which a capacity asks
 * nothing is covered.
 */
export function assessMixed(
  question: YearQuestion,
  came: YearContributions,
  held: readonly ContributionRegime[],
): YearDecision {
  const others = held.filter((regime) => regime !== 'wage')
  if (held.includes('wage')) return assessWithWage(question, came, others)
  const parts = others.map((regime) => yearFacts(regime, question, came))
  const due = parts.filter((facts) => !('quarters' in facts) || facts.quarters.length > 0)
  const decisions = (due.length > 0 ? due : parts).map((facts) => assessReferenceYear(facts, question.law))
  const decisive = decisions.find(({ result }) => !result.met) ?? (decisions[0] as YearDecision)
  return restingOn(inAll(decisive, decisions), decisions)
}

/** A decision with what all parts ask for, have and lack, and with the repairs of each: no part mends another. */
function inAll(decisive: YearDecision, parts: readonly YearDecision[]): YearDecision {
  const sum = (name: 'requiredCents' | 'shortCents'): number =>
    parts.reduce((cents, { result }) => cents + result[name], 0)
  // what one part has too much no other part has
  const totalCents = parts.reduce((cents, { result }) => cents + Math.min(result.totalCents, result.requiredCents), 0)
  const amounts = { totalCents, requiredCents: sum('requiredCents'), shortCents: sum('shortCents') }
  const repairs = parts.flatMap((part) => part.repairs)
  return { ...decisive, repairs, result: { ...decisive.result, ...amounts } }
}

/** A decision with the grounds of every part that its outcome rests on, as certain as the least certain of them. */
function restingOn(decisive: YearDecision, parts: readonly YearDecision[]): YearDecision {
  const grounds = parts.flatMap((part) => part.grounds)
  const confidence = weakestConfidence(parts.map((part) => part.confidence))
  return { ...decisive, grounds, confidence, result: { ...decisive.result, confidence } }
}

/** Payments fill the quarters of personal contributions first; what is left over is a complement. None counts twice. */
function assessWithWage(question: YearQuestion, came: YearContributions, others: readonly ContributionRegime[]) {
  const { law } = question
  const covering = others.flatMap((regime) => coveredUnpaid(regime, question, came))
  const elsewhere = covering.map(({ quarter }) => quarter)
  const dues = personalDues(question, elsewhere)
  const { filled, open, leftCents } = fillQuarters(paidCentsOf(came), dues)
  const alone = wageYear(question, came, { covering, complementCents: leftCents })
  if (weighWage({ ...alone, complementCents: 0 as Cents }, law).restCents === 0) return assessReferenceYear(alone, law)
  const inQuarter = new Map(
    [...elsewhere, ...dues.map(({ quarter }) => quarter)].map((one) => [one, monthsOfWage(question, [one])]),
  )
  const monthsIn = (quarters: readonly Quarter[]) => quarters.reduce((sum, one) => sum + (inQuarter.get(one) ?? 0), 0)
  const months = alone.months - monthsIn([...new Set(elsewhere)])
  const paidFor = (quarters: readonly Quarter[]) => ({ ...alone, months, monthsPaid: monthsIn(quarters) })
  const now = paidFor(filled)
  const met = weighWage(now, law).restCents === 0
  const pay =
    met || open.length === 0 ? {} : { pay: payOpen(open, (more) => weighWage(paidFor([...filled, ...more]), law)) }
  const wage = assessReferenceYear({ ...now, ...pay }, law)
  const counting = met ? dues.filter(({ quarter }) => filled.includes(quarter)) : dues
  return restingOn(wage, [wage, ...partsBeside(question, came, others, counting, met)])
}

/**
 * What a year rests on beside its wage. Of one that is met that is only what covers a quarter: of the others, for which the wage is
 * enough, nothing is missing.
 */
function partsBeside(
  question: YearQuestion,
  came: YearContributions,
  others: readonly ContributionRegime[],
  dues: ReturnType<typeof personalDues>,
  met: boolean,
): YearDecision[] {
  return others.flatMap((regime) => {
    if (regime === 'personal') return dues.length === 0 ? [] : [assessDues(question, dues, paidCentsOf(came))]
    const facts = yearFacts(regime, question, came)
    if (facts.regime !== 'selfEmployed' || !met) return [assessReferenceYear(facts, question.law)]
    const quarters = facts.quarters.filter(({ attested }) => attested)
    return quarters.length === 0 ? [] : [assessReferenceYear({ ...facts, quarters }, question.law)]
  })
}

/** What meets a year of which quarters are open: the fewest of them that do, or all with a complement for the wage of the other months. */
function payOpen(open: FilledQuarters['open'], paidFor: (quarters: readonly Quarter[]) => WageStanding): Payment {
  const named = open.map(({ quarter }) => quarter)
  const enough = open.findIndex((_, index) => paidFor(named.slice(0, index + 1)).restCents === 0)
  const paid = enough < 0 ? open : open.slice(0, enough + 1)
  const quartersCents = sumCents(paid.map(({ dueCents }) => dueCents))
  const quarters = paid.map(({ quarter }) => quarter).join(' ')
  if (enough >= 0) return { kind: 'payQuarters', cents: quartersCents, params: { quarters, shortCents: quartersCents } }
  const { shortCents, restCents: complementCents } = paidFor(named)
  const cents = sumCents([quartersCents, complementCents])
  return { kind: 'payQuartersAndComplement', cents, params: { quarters, quartersCents, shortCents, complementCents } }
}

/** What is due for the quarters of personal contributions that no other regime covers. */
const personalDues = (question: YearQuestion, elsewhere: readonly Quarter[]) =>
  [...quartersIn(question, 'personal')]
    .filter(([quarter]) => !elsewhere.includes(quarter))
    .map(([quarter, { capacity }]) => ({
      quarter,
      capacity,
      ...personalContribution({ capacity, quarter, ...stepOf(question) }, question.law).result,
    }))

/** What is due in personal contributions for a year of work, of its regimes. */
export const duesBesideWage = (question: YearQuestion, came: YearContributions, held: readonly ContributionRegime[]) =>
  personalDues(
    question,
    held.flatMap((regime) => coveredUnpaid(regime, question, came)).map(({ quarter }) => quarter),
  )

/** The personal contributions of a year of work, with what counts for their quarters; the wage tells the events of the payments. */
function assessDues(question: YearQuestion, dues: ReturnType<typeof personalDues>, paidCents: Cents): YearDecision {
  const counts = Math.min(paidCents, sumCents(dues.map(({ dueCents }) => dueCents))) as Cents
  const quarters = dues.map(({ quarter, capacity }, index) => ({
    ...{ quarter, capacity, paidCents: index === 0 ? counts : (0 as Cents) },
    ...stepOf(question),
  }))
  return assessReferenceYear({ regime: 'personal', referenceYear: question.year, quarters }, question.law)
}

/** Quarters that a regime covers without a payment to the insurer, with the event that says so. */
function coveredUnpaid(
  regime: ContributionRegime,
  question: YearQuestion,
  came: YearContributions,
): NonNullable<WagePart['covering']> {
  if (regime === 'none') return [...quartersIn(question, 'none').keys()].map((quarter) => ({ quarter }))
  if (regime !== 'selfEmployed') return []
  return selfEmployedQuarters(question, came)
    .filter(({ attested }) => attested)
    .map(({ quarter, eventId }) => ({ quarter, ...(eventId === undefined ? {} : { eventId }) }))
}
