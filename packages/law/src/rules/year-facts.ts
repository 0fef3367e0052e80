import {
  addMonths,
  type Cents,
  type IsoDate,
  type Period,
  type Quarter,
  quarterEnd,
  quarterStart,
  quartersOfYear,
  sumCents,
} from '@ziv/kernel'
import { rankOn } from '../capacities/advantage.ts'
import type { CapacityRuleValue } from '../capacities/schema.ts'
import { newYear } from '../decision.ts'
import type { Law } from '../types.ts'
import type { PersonalQuarter } from './assess-personal.ts'
import type { ContributionRegime, ReferenceYearFacts } from './assess-reference-year.ts'
import type { SelfEmployedQuarter } from './assess-self-employed.ts'
import type { UnknownYear } from './assess-unknown.ts'
import type { WageYear } from './assess-wage.ts'
import { type AssessmentPerson, type CapacityPeriod, capacitiesOf, regimeOf } from './assessment-person.ts'
import { ageForMinimum } from './minimum-value.ts'
import type { PersonalStep } from './personal-contribution.ts'
import { registeredAsHolder } from './registered-as-holder.ts'
import { registrationFor } from './resident-registration.ts'

/** What came in for a year, each under a key of its own. Amounts in cents. */
export interface YearContributions {
  /** Wages, a corrected slip once. */
  readonly slips: Readonly<Record<string, { readonly amountCents: number }>>
  /** Attests of social insurance funds by quarter; `unpaid` says what is due. */
  readonly attests: Readonly<Record<string, { readonly status: string; readonly amountCents: number }>>
  /** Personal contributions and complements. */
  readonly payments: Readonly<Record<string, { readonly quarter: string; readonly amountCents: number }>>
  /** Proof of the family income as it was asked last, and whether that is closed; none while nobody asked. */
  readonly income?: {
    readonly askedOn: string
    readonly answerUntil: string
    readonly closed: object | null
  } | null
}

/** Key of the event that asked for proof of the family income. */
export const INCOME_REQUEST = 'income'

/** A year for which nothing came in. */
export const noContributions: YearContributions = { slips: {}, attests: {}, payments: {} }

export interface YearQuestion {
  readonly year: number
  readonly person: AssessmentPerson
  readonly law: Law
  /** Day of the question: repairs that are too late on it are left out. */
  readonly today?: IsoDate
  /** Income step to weigh residents by; that of their capacity when nothing is said. */
  readonly step?: PersonalStep
  /** The event that recorded a slip, an attest or a payment, by its key. */
  readonly eventIdOf?: (key: string) => string | undefined
}

/** What other regimes leave for the wage of a year of which they have a part. */
export interface WagePart {
  /** Events that cover a quarter without a payment to the insurer, each with that quarter. */
  readonly covering?: WageYear['covering']
  /** What is left of the payments for a complement. */
  readonly complementCents: Cents
}

/** What was paid to the insurer in a year, in cents. */
export const paidCentsOf = ({ payments }: YearContributions): Cents =>
  sumCents(Object.values(payments).map(({ amountCents }) => amountCents as Cents))

/** The facts of a year as its regime weighs them; wage is asked for the whole of it, and every payment is a complement. */
export function yearFacts(
  regime: ContributionRegime,
  question: YearQuestion,
  came: YearContributions,
): ReferenceYearFacts {
  const common = commonFacts(question)
  switch (regime) {
    case 'wage':
      return wageYear(question, came, { complementCents: paidCentsOf(came) })
    case 'selfEmployed':
      return { regime, ...common, quarters: selfEmployedQuarters(question, came) }
    case 'personal':
      return { regime, ...common, quarters: personalQuarters(question, came) }
    case 'none':
      return { regime, ...common, capacities: freeCapacities(question) }
    case 'unknown':
      return { regime, ...common, came: cameOf(question, came) }
  }
}

/** What is known of every regime of a year. */
function commonFacts({ year, person, law, today }: YearQuestion) {
  const registration = registrationFor(person, year, law)
  return { referenceYear: year, registration, ...(today === undefined ? {} : { today }) }
}

/** Months of quarters of the year that ask for wage: from the registration as holder on, a stay abroad left out. */
export function monthsOfWage(
  { person, year, law }: YearQuestion,
  quarters: readonly Quarter[],
  holder: readonly Period[] = registeredAsHolder(person, year, law),
): number {
  // without an affiliation the registration is not known yet: nothing is asked less for it
  const spells = holder.length === 0 ? [{ from: newYear(year), to: null }] : holder
  const isRegistered = (month: string): boolean =>
    spells.some(({ from, to }) => from.slice(0, 7) <= month && (to === null || to.slice(0, 7) >= month))
  return quarters.flatMap(monthsOf).filter(isRegistered).length
}

/** The three months of a quarter, as `2024-05`. */
function monthsOf(quarter: Quarter): readonly string[] {
  const first = quarterStart(quarter)
  return [0, 1, 2].map((later) => addMonths(first, later).slice(0, 7))
}

/** The event behind a fact, where it is known. */
export const withEvent = (question: YearQuestion, key: string) => {
  const eventId = question.eventIdOf?.(key)
  return eventId === undefined ? {} : { eventId }
}

/** The facts of a year as wage is asked for the whole of it. */
export function wageYear(question: YearQuestion, came: YearContributions, part: WagePart) {
  const { birthDate } = question.person
  const referenceYear = question.year
  const holder = registeredAsHolder(question.person, referenceYear, question.law)
  const registeredFrom = holder[0]?.from
  const late = registeredFrom !== undefined && registeredFrom <= `${referenceYear}-12-31`
  const ageAtStart = ageForMinimum({
    birthDate,
    referenceYear,
    ...(late ? { registeredOn: registeredFrom } : {}),
  })
  const slips = Object.entries(came.slips).map(([key, { amountCents }]) => ({
    amountCents: amountCents as Cents,
    ...withEvent(question, key),
  }))
  const payments = Object.entries(came.payments).map(([key, { amountCents }]) => ({
    amountCents: amountCents as Cents,
    ...withEvent(question, key),
  }))
  const months = monthsOfWage(question, quartersOfYear(referenceYear), holder)
  return { regime: 'wage' as const, ...commonFacts(question), ageAtStart, slips, payments, months, ...part }
}

/** What came in for a year of which no capacity says what it is worth, with its events. */
function cameOf(question: YearQuestion, came: YearContributions): UnknownYear['came'] {
  const events = [came.slips, came.attests, came.payments].flatMap(Object.keys)
  return {
    wageCents: sumCents(Object.values(came.slips).map(({ amountCents }) => amountCents as Cents)),
    quartersAttested: Object.keys(came.attests).filter((quarter) => isAttested(came, quarter)).length,
    paidCents: paidCentsOf(came),
    eventIds: events.flatMap((key) => question.eventIdOf?.(key) ?? []),
  }
}

/** Codes of the capacities for which nothing is due: of a dependant who has no other, those that follow a holder. */
function freeCapacities(question: YearQuestion): readonly string[] {
  const own = capacitiesUnder(question, 'none')
  return own.length > 0 ? own : capacitiesUnder(question, 'followsHolder')
}

/** Codes of the capacities of the year whose regime this is. */
const capacitiesUnder = (
  { person, year, law }: YearQuestion,
  regime: CapacityRuleValue<'regime'>,
): readonly string[] => [
  ...new Set(
    capacitiesOf(person, year)
      .map(({ capacity }) => capacity)
      .filter((capacity) => regimeOf(law, capacity, year) === regime),
  ),
]

/**
 * Quarters of which a self-employed person is a holder of a personal contribution from the first day to the last, as after a
 * registration as resident that repairs the year: the attest of the fund or the contribution covers each, not both.
 */
function eitherWay(question: YearQuestion): ReadonlySet<string> {
  const due = quartersIn(question, 'selfEmployed')
  const whole = [...quartersIn(question, 'personal')].filter(([quarter, period]) => holdsWhole(period, quarter))
  return new Set(whole.map(([quarter]) => quarter).filter((quarter) => due.has(quarter)))
}

const isAttested = ({ attests }: YearContributions, quarter: string): boolean =>
  attests[quarter] !== undefined && attests[quarter].status !== 'unpaid'

const holdsWhole = ({ from, to }: CapacityPeriod, quarter: Quarter): boolean =>
  from <= quarterStart(quarter) && (to === null || to >= quarterEnd(quarter))

/**
 * Quarters of the year in which a capacity of a regime had a day, each with that capacity: of several the most advantageous, and of that
 * one the period that holds the whole quarter. The order in which they became known says nothing.
 */
export function quartersIn(question: YearQuestion, regime: ContributionRegime): Map<Quarter, CapacityPeriod> {
  const { person, year, law } = question
  const rank = ({ capacity }: CapacityPeriod): number => rankOn(capacity, newYear(year), law)
  const held = person.capacities
    .filter(({ capacity }) => regimeOf(law, capacity, year) === regime)
    .sort((a, b) => rank(a) - rank(b) || (a.from < b.from ? -1 : Number(a.from > b.from)))
  const quarters = new Map<Quarter, CapacityPeriod>()
  for (const quarter of quartersOfYear(year)) {
    const [start, end] = [quarterStart(quarter), quarterEnd(quarter)]
    const here = held.filter(({ from, to }) => from <= end && (to === null || to >= start))
    const best = here.filter(({ capacity }) => capacity === here[0]?.capacity)
    const period = best.find((one) => holdsWhole(one, quarter)) ?? best[0]
    if (period !== undefined) quarters.set(quarter, period)
  }
  return quarters
}

/** The quarters in which a contribution of the self-employed was due. What a fund attests was, also when the capacity says otherwise. */
export function selfEmployedQuarters(question: YearQuestion, came: YearContributions): SelfEmployedQuarter[] {
  const { attests } = came
  const due = quartersIn(question, 'selfEmployed')
  const [either, free] = [eitherWay(question), quartersIn(question, 'none')]
  return quartersOfYear(question.year)
    .filter((quarter) => due.has(quarter) || attests[quarter] !== undefined)
    .filter((quarter) => !(either.has(quarter) || free.has(quarter)) || isAttested(came, quarter))
    .map((quarter) => {
      const attest = attests[quarter]
      if (attest === undefined) return { quarter, attested: false }
      const amount = attest.amountCents as Cents
      const attested = isAttested(came, quarter)
      return {
        quarter,
        attested,
        ...(attested ? { amountCents: amount } : { dueCents: amount }),
        ...withEvent(question, quarter),
      }
    })
}

/** The income step to weigh by, when the question names one. */
export const stepOf = ({ step }: YearQuestion) => (step === undefined ? {} : { step })

/**
 * The quarters in which a personal contribution was due, with what was paid for them: not those for which a capacity asks nothing, nor
 * those that the fund attests of a self-employed person.
 */
export function personalQuarters(question: YearQuestion, came: YearContributions): PersonalQuarter[] {
  const due = quartersIn(question, 'personal')
  const [selfEmployed, free] = [quartersIn(question, 'selfEmployed'), quartersIn(question, 'none')]
  const payments = Object.entries(came.payments)
  const quarters = quartersOfYear(question.year).filter(
    (quarter) => due.has(quarter) && !free.has(quarter) && !(selfEmployed.has(quarter) && isAttested(came, quarter)),
  )
  const isIn = (quarter: string): boolean => (quarters as readonly string[]).includes(quarter)
  return quarters.map((quarter, index): PersonalQuarter => {
    const { capacity } = due.get(quarter) as CapacityPeriod
    // a payment for a quarter in which nothing is due counts for the first one in which something is
    const own = payments.filter(([, paid]) => paid.quarter === quarter || (index === 0 && !isIn(paid.quarter)))
    const paidCents = own.reduce((sum, [, paid]) => sum + paid.amountCents, 0) as Cents
    return {
      quarter,
      capacity,
      paidCents,
      ...stepOf(question),
      eventIds: own.flatMap(([key]) => question.eventIdOf?.(key) ?? []),
    }
  })
}
