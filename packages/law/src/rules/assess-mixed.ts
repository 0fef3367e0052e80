import { type Cents, type Quarter, sumCents } from '@ziv/kernel'
import { weakestConfidence } from '../confidence.ts'
import { assessReferenceYear, type ContributionRegime } from './assess-reference-year.ts'
import type { YearDecision } from './assess-year.ts'
import { type FilledQuarters, fillQuarters } from './fill-quarters.ts'
import { personalContribution } from './personal-contribution.ts'
import {
  paidCentsOf,
  quartersIn,
  selfEmployedQuarters,
  stepOf,
  type WagePart,
  type YearContributions,
  type YearQuestion,
  yearFacts,
} from './year-facts.ts'

/** Assesses a year under one regime; of wage that is asked for a part of the year only, with that part. */
export const assessUnder = (
  regime: ContributionRegime,
  question: YearQuestion,
  came: YearContributions,
  part?: WagePart,
): YearDecision => assessReferenceYear(yearFacts(regime, question, came, part), question.law)

/**
 * A year with several regimes is weighed as a whole: a quarter that the self-employed or personal contribution covers asks
 * for no wage, and the wage has to reach the minimum of the other months; no part covers another. Wage alone that reaches
 * the whole year is enough. Without wage every quarter has to be covered by the regime that is due in it.
 */
export function assessMixed(
  question: YearQuestion,
  came: YearContributions,
  held: readonly ContributionRegime[],
): YearDecision {
  const others = held.filter((regime) => regime !== 'wage')
  if (held.includes('wage')) return assessWithWage(question, came, others)
  const decisions = others.map((regime) => assessUnder(regime, question, came))
  const decisive = decisions.find(({ result }) => !result.met) ?? (decisions[0] as YearDecision)
  return restingOn(inAll(decisive, decisions), decisions)
}

/** A decision with what all parts ask for, have and lack, and with the repairs of each: no part mends another. */
function inAll(decisive: YearDecision, parts: readonly YearDecision[]): YearDecision {
  const sum = (name: 'totalCents' | 'requiredCents' | 'shortCents'): number =>
    parts.reduce((cents, { result }) => cents + result[name], 0)
  const amounts = { totalCents: sum('totalCents'), requiredCents: sum('requiredCents'), shortCents: sum('shortCents') }
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
  const covering = others.flatMap((regime) => coveredUnpaid(regime, question, came))
  const elsewhere = covering.map(({ quarter }) => quarter)
  const dues = personalDues(question, elsewhere)
  const paidCents = paidCentsOf(came)
  const { filled, open, leftCents } = fillQuarters(paidCents, dues)
  const asked = (quarters: readonly Quarter[], part: Partial<WagePart> = {}) =>
    assessUnder('wage', question, came, { covered: new Set(quarters), covering, complementCents: leftCents, ...part })
  const alone = asked([])
  if (alone.result.met) return alone
  const withParts = (wage: YearDecision): YearDecision => {
    const parts = others.flatMap((regime) => {
      if (regime !== 'personal') return [assessUnder(regime, question, came)]
      return dues.length === 0 ? [] : [assessDues(question, dues, (paidCents - leftCents) as Cents)]
    })
    return restingOn(wage, [wage, ...parts])
  }
  const covered = [...elsewhere, ...filled]
  const now = asked(covered)
  if (now.result.met) {
    const paid = dues.filter(({ quarter }) => filled.includes(quarter))
    return restingOn(now, [now, ...coveredParts(question, came, others, paid)])
  }
  if (open.length === 0) return withParts(now)
  const pay = payOpen(open, (quarters) => asked([...covered, ...quarters]))
  return withParts(asked(covered, { pay }))
}

/** What a met year rests on beside its wage: the quarters that are covered. Of the others, for which the wage is enough, nothing is missing. */
function coveredParts(
  question: YearQuestion,
  came: YearContributions,
  others: readonly ContributionRegime[],
  paid: ReturnType<typeof personalDues>,
): YearDecision[] {
  return others.flatMap((regime) => {
    if (regime === 'personal')
      return paid.length === 0 ? [] : [assessDues(question, paid, sumCents(paid.map(({ dueCents }) => dueCents)))]
    const facts = yearFacts(regime, question, came)
    if (facts.regime !== 'selfEmployed') return [assessUnder(regime, question, came)]
    const quarters = facts.quarters.filter(({ attested }) => attested)
    return quarters.length === 0 ? [] : [assessReferenceYear({ ...facts, quarters }, question.law)]
  })
}

/** What meets a year of which quarters are open: the fewest of them that do, or all with a complement for the wage of the other months. */
function payOpen(
  open: FilledQuarters['open'],
  asked: (quarters: readonly Quarter[]) => YearDecision,
): NonNullable<WagePart['pay']> {
  const named = open.map(({ quarter }) => quarter)
  const enough = open.findIndex((_, index) => asked(named.slice(0, index + 1)).result.met)
  const paid = enough < 0 ? open : open.slice(0, enough + 1)
  const quartersCents = sumCents(paid.map(({ dueCents }) => dueCents))
  const quarters = paid.map(({ quarter }) => quarter).join(' ')
  if (enough >= 0) return { kind: 'payQuarters', cents: quartersCents, params: { quarters, shortCents: quartersCents } }
  const rest = asked(named)
  const [shortCents, complementCents] = [rest.result.shortCents, complementIn(rest)]
  const cents = sumCents([quartersCents, complementCents])
  return { kind: 'payQuartersAndComplement', cents, params: { quarters, quartersCents, shortCents, complementCents } }
}

/** The complement that a year asks for, as its ground tells it. */
const complementIn = ({ grounds }: YearDecision): Cents =>
  Number(grounds.flatMap(({ facts }) => facts).find(({ name }) => name === 'payCents')?.value ?? 0) as Cents

/** What is due for the quarters of personal contributions that no other regime covers. */
const personalDues = (question: YearQuestion, elsewhere: readonly Quarter[]) =>
  [...quartersIn(question, 'personal')]
    .filter(([quarter]) => !elsewhere.includes(quarter))
    .map(([quarter, { capacity }]) => ({
      quarter,
      capacity,
      ...personalContribution({ capacity, quarter, ...stepOf(question) }, question.law).result,
    }))

/** The personal contributions of a year of work, by what counts for their quarters; the wage tells the events of the payments. */
function assessDues(question: YearQuestion, dues: ReturnType<typeof personalDues>, paidCents: Cents): YearDecision {
  const quarters = dues.map(({ quarter, capacity }, index) => ({
    ...{ quarter, capacity, paidCents: index === 0 ? paidCents : (0 as Cents) },
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
