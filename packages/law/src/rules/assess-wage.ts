import { type Cents, type IsoDate, multiplyCents, type Quarter, sumCents } from '@ziv/kernel'
import { cite, fact, newYear } from '../decision.ts'
import { ground } from '../ground.ts'
import { perLaw } from '../per-law.ts'
import type { FactRef, Law, ParameterRef, Ratio, Repair } from '../types.ts'
import type { Finding } from './assess-reference-year.ts'
import { minimumValue } from './minimum-value.ts'
import { residentRegistration } from './resident-registration.ts'
import { surplusGrounds } from './surplus.ts'

export interface WageYear {
  readonly regime: 'wage'
  readonly referenceYear: number
  /** Age on 1 January, or at registration when that is later (`ageForMinimum`). */
  readonly ageAtStart: number
  /** Months of the year that ask for wage; 12 when not given, 0 when quarters that a fund or nobody asks for cover it whole. */
  readonly months?: number
  /** Those of them whose quarters are paid as personal contributions: they stand for the wage of their months. */
  readonly monthsPaid?: number
  /** Wage per slip in cents; a corrected slip stands here once, with its last amount. */
  readonly slips: readonly { readonly amountCents: Cents; readonly eventId?: string }[]
  /** Payments of the year, for a complement or for quarters of a personal contribution, in cents. */
  readonly payments?: readonly { readonly amountCents: Cents; readonly eventId?: string }[]
  /** Events of others that cover a quarter, so that it asks for no wage. */
  readonly covering?: readonly { readonly quarter: Quarter; readonly eventId?: string }[] | undefined
  /** Complementary contributions paid for the year, in cents: money, not the wage that it stands for. */
  readonly complementCents?: Cents
  /** What meets the year when a complement alone does not: quarters of personal contributions that are open. */
  readonly pay?: Payment | undefined
}

/** A payment that meets a year, with what the words of the repair name beside the amount. */
export interface Payment {
  readonly kind: string
  readonly cents: Cents
  readonly params: Readonly<Record<string, string | number>>
}

interface Complement {
  readonly rate: Ratio
  readonly parameters: readonly ParameterRef[]
}

/** The rates of worker and employer together: what is asked on missing wage. */
const complementOf = perLaw((law, year: number): Complement => {
  const day = newYear(year)
  const rates = ['worker', 'employer'].map((who) => law.at<Ratio>(`contributions/complement-rate-${who}`, day))
  const [a, b] = rates.map(({ value }) => value) as [Ratio, Ratio]
  return {
    rate: {
      numerator: a.numerator * b.denominator + b.numerator * a.denominator,
      denominator: a.denominator * b.denominator,
    },
    parameters: rates.map((rate) => cite(rate)),
  }
})

const ZERO = 0 as Cents

/** What the wage of a year comes to. Amounts in cents. */
export interface WageStanding {
  /** What the year asks, whatever was paid. */
  readonly requiredCents: Cents
  /** Wages, and the wage that what was paid stands for as far as it was missing. */
  readonly totalCents: Cents
  /** Wage that is still missing. */
  readonly shortCents: Cents
  /** Contribution on it that is still to be paid; 0 when nothing is missing. */
  readonly restCents: Cents
  /** What was paid beyond the contribution on it. */
  readonly surplusCents: Cents
  readonly parameters: readonly ParameterRef[]
}

/** Weighs the wage of a year: quarters that are paid stand for the wage of their months, complements for that on which they are paid. */
export function weighWage(facts: Omit<WageYear, 'pay'>, law: Law): WageStanding {
  const { referenceYear, ageAtStart, months = 12, monthsPaid = 0 } = facts
  const { requiredCents, ...whole } = minimumValue({ referenceYear, ageAtStart, months }, law)
  const asked = monthsPaid === 0 ? null : minimumValue({ referenceYear, ageAtStart, months: months - monthsPaid }, law)
  const wageCents = sumCents(facts.slips.map((slip) => slip.amountCents))
  const missingCents = Math.max(0, (asked?.requiredCents ?? requiredCents) - wageCents) as Cents
  const complement = missingCents === 0 ? null : complementOf(law, referenceYear)
  const paid = facts.complementCents ?? ZERO
  const dueCents = complement === null ? ZERO : complementDue(missingCents, complement)
  const restCents = Math.max(0, dueCents - paid) as Cents
  const surplusCents = Math.max(0, paid - dueCents) as Cents
  // wage that the complement paid so far stands for
  const shortCents = complement === null || restCents === 0 ? ZERO : wageStill(missingCents, paid, complement)
  const totalCents = Math.max(wageCents, requiredCents - shortCents) as Cents
  const parameters = [...(asked?.parameters ?? whole.parameters), ...(complement?.parameters ?? [])]
  return { requiredCents, totalCents, shortCents, restCents, surplusCents, parameters }
}

/**
 * Wages on the slips against the minimum value of the year (ZIV-besluit art. 286). Wage that is missing can be replaced by the
 * contribution on it (complement, art. 287), or by the contribution of a resident for the year. What the year asks does not depend on
 * what is paid, and what counts never falls when more is paid (decision 0032).
 */
export function assessWage(facts: WageYear, law: Law, until: IsoDate): Finding {
  const { referenceYear, ageAtStart, months = 12, monthsPaid = 0 } = facts
  const { requiredCents, totalCents, shortCents, restCents, surplusCents, parameters } = weighWage(facts, law)
  const met = restCents === 0
  const pay = facts.pay ?? { kind: 'payComplement', cents: restCents, params: { shortCents } }
  const used = [
    fact('referenceYear', referenceYear),
    fact('ageAtStart', ageAtStart),
    ...(months === 12 ? [] : [fact('monthsRequired', months)]),
    ...(monthsPaid === 0 ? [] : [fact('monthsPaid', monthsPaid)]),
    fact('totalCents', totalCents),
    fact('requiredCents', requiredCents),
    fact('shortCents', shortCents),
    ...(met ? [] : [fact('payCents', pay.cents)]),
    ...eventsOf(facts),
  ]
  const rule = 'minimum.wage'
  const events = (facts.payments ?? []).map(({ eventId }) => eventId)
  const grounds = [ground(rule, met, used, parameters), ...surplusGrounds(referenceYear, surplusCents, events)]
  const repairs = met ? [] : repairsOf(facts, pay, until, law)
  return { totalCents, requiredCents, met, shortCents, grounds, repairs }
}

/** Every contribution that the sums count, by its event. */
function eventsOf({ slips, payments = [], covering = [] }: WageYear): readonly FactRef[] {
  return [
    ...slips.map(({ amountCents, eventId }) => fact('slipCents', amountCents, eventId)),
    ...payments.map(({ amountCents, eventId }) => fact('paidCents', amountCents, eventId)),
    ...covering.map(({ quarter, eventId }) => fact('quarter', quarter, eventId)),
  ].filter(({ eventId }) => eventId !== undefined)
}

/** At least a cent: a year that misses a cent of wage is not met by paying nothing. */
const complementDue = (missing: Cents, { rate }: Complement): Cents =>
  Math.max(1, multiplyCents(missing, rate.numerator, rate.denominator, 'halfUp')) as Cents

/** Wage that is still missing after a part of the complement; at least a cent, because the year is not met. */
function wageStill(missing: Cents, paid: Cents, { rate }: Complement): Cents {
  const standsFor = multiplyCents(paid, rate.denominator, rate.numerator, 'down')
  return Math.max(1, missing - standsFor) as Cents
}

/** What is to be paid, or a registration as resident. Where no slip at all is known, the slips are asked for before anybody pays. */
function repairsOf({ referenceYear, slips }: WageYear, pay: Payment, until: IsoDate, law: Law): readonly Repair[] {
  const rule = 'minimum.wage'
  const slipsAsked = slips.length > 0 ? [] : [{ rule, kind: 'proveContributions', params: { referenceYear }, until }]
  const payment = { rule, kind: pay.kind, params: { referenceYear, ...pay.params, payCents: pay.cents }, until }
  return [...slipsAsked, payment, ...residentRegistration(rule, referenceYear, law, until)]
}
