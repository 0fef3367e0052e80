import { type Cents, type IsoDate, type Quarter, quarterEnd, quarterStart, quartersOfYear } from '@ziv/kernel'
import {
  ageForMinimum,
  assessReferenceYear,
  type ContributionRegime,
  type Law,
  type LawDecision,
  type PersonalQuarter,
  type ReferenceYearAssessment,
  type ReferenceYearFacts,
} from '@ziv/law'
import type { CapacitySpell } from '@ziv/members'
import { slipKey, type YearState } from './contribution-year.ts'
import type { YearAssessment } from './year-assessment.ts'

/** Days on which a person had a capacity. */
export type CapacityPeriod = Pick<CapacitySpell, 'capacity' | 'from' | 'to'>

/** What the assessment of a year needs to know of the person. */
export interface AssessmentPerson {
  readonly birthDate: IsoDate
  readonly registeredFrom: IsoDate | undefined
  readonly capacities: readonly CapacityPeriod[]
}

export interface AssessmentQuestion {
  readonly year: number
  readonly person: AssessmentPerson
  readonly law: Law
  /** Day of the question: repairs that are too late on it are left out. */
  readonly today: IsoDate
  /** The event that recorded a slip, an attest or a payment, by its key in the state. */
  readonly eventIdOf?: (key: string) => string | undefined
}

export type YearDecision = LawDecision<ReferenceYearAssessment>

const regimeOf: Readonly<Record<string, ContributionRegime>> = {
  EMPLOYEE: 'wage',
  SELF_EMPLOYED: 'selfEmployed',
  STUDENT: 'personal',
  RESIDENT: 'personal',
}
const regimes = ['wage', 'selfEmployed', 'personal'] as const

/**
 * Assesses a year under every regime that the capacities of the year open, and takes the one that is met (wage before
 * self-employed before personal); when none is, the one that is cheapest to repair. Without any such capacity the kind
 * of contribution that came in decides, so that a slip of a person whose capacity is not known yet is not lost.
 * @law art. 286 (wages), art. 134 (personal contributions), art. 131 (repair) KB 03-07-1996
 */
export function assessYear(question: AssessmentQuestion, state: YearState): YearDecision {
  const decisions = candidateRegimes(question, state).map((regime) =>
    assessReferenceYear(factsOf(regime, question, state), question.law),
  )
  const met = decisions.find((decision) => decision.result.met)
  return met ?? decisions.reduce((best, next) => (cost(next) < cost(best) ? next : best))
}

// a shortage the fund did not state is unknown, not zero
const cost = ({ result }: YearDecision): number =>
  result.shortCents === 0 ? Number.POSITIVE_INFINITY : result.shortCents

function candidateRegimes({ person, year }: AssessmentQuestion, state: YearState): readonly ContributionRegime[] {
  const held = new Set(capacitiesOf(person, year).map(({ capacity }) => regimeOf[capacity]))
  const found = regimes.filter((regime) => held.has(regime))
  if (found.length > 0) return found
  const came: Record<ContributionRegime, boolean> = {
    wage: Object.keys(state.slips).length > 0,
    selfEmployed: Object.keys(state.attests).length > 0,
    personal: Object.keys(state.payments).length > 0,
  }
  const byContribution = regimes.filter((regime) => came[regime])
  return byContribution.length > 0 ? byContribution : ['wage']
}

const capacitiesOf = (person: AssessmentPerson, year: number): readonly CapacityPeriod[] =>
  person.capacities.filter(({ from, to }) => from <= `${year}-12-31` && (to === null || to >= `${year}-01-01`))

function factsOf(regime: ContributionRegime, question: AssessmentQuestion, state: YearState): ReferenceYearFacts {
  const { year: referenceYear, today } = question
  switch (regime) {
    case 'wage':
      return { regime, referenceYear, today, ...wageFacts(question, state) }
    case 'selfEmployed':
      return { regime, referenceYear, today, quarters: selfEmployedQuarters(question, state) }
    case 'personal':
      return { regime, referenceYear, today, quarters: personalQuarters(question, state) }
  }
}

const withEvent = (question: AssessmentQuestion, key: string) => {
  const eventId = question.eventIdOf?.(key)
  return eventId === undefined ? {} : { eventId }
}

function wageFacts(question: AssessmentQuestion, state: YearState) {
  const { birthDate, registeredFrom } = question.person
  const referenceYear = question.year
  const late = registeredFrom !== undefined && registeredFrom <= `${referenceYear}-12-31`
  const ageAtStart = ageForMinimum({
    birthDate,
    referenceYear,
    ...(late ? { registeredOn: registeredFrom } : {}),
  })
  const slips = Object.values(state.slips).map((slip) => ({
    amountCents: slip.amountCents as Cents,
    ...withEvent(question, slipKey(slip.employerNumber, slip.quarter)),
  }))
  // a complement is paid as the shortage that the repair names, so it counts cent for cent against it
  const complementCents = Object.values(state.payments).reduce((sum, paid) => sum + paid.amountCents, 0) as Cents
  return { ageAtStart, slips, complementCents }
}

function quartersIn(question: AssessmentQuestion, regime: ContributionRegime): Map<Quarter, CapacityPeriod> {
  const held = question.person.capacities.filter(({ capacity }) => regimeOf[capacity] === regime)
  const quarters = new Map<Quarter, CapacityPeriod>()
  for (const quarter of quartersOfYear(question.year)) {
    const [start, end] = [quarterStart(quarter), quarterEnd(quarter)]
    const period = held.find(({ from, to }) => from <= end && (to === null || to >= start))
    if (period !== undefined) quarters.set(quarter, period)
  }
  return quarters
}

function selfEmployedQuarters(question: AssessmentQuestion, state: YearState) {
  const due = quartersIn(question, 'selfEmployed')
  // what a fund attests was due, also when the capacity says otherwise
  return quartersOfYear(question.year)
    .filter((quarter) => due.has(quarter) || state.attests[quarter] !== undefined)
    .map((quarter) => {
      const attest = state.attests[quarter]
      if (attest === undefined) return { quarter, attested: false }
      const amount = attest.amountCents as Cents
      const attested = attest.status !== 'unpaid'
      return {
        quarter,
        attested,
        ...(attested ? { amountCents: amount } : { dueCents: amount }),
        ...withEvent(question, quarter),
      }
    })
}

function personalQuarters(question: AssessmentQuestion, state: YearState): PersonalQuarter[] {
  const due = quartersIn(question, 'personal')
  const payments = Object.values(state.payments)
  const quarters = quartersOfYear(question.year).filter(
    (quarter) => due.has(quarter) || (due.size === 0 && payments.some((paid) => paid.quarter === quarter)),
  )
  return quarters.map((quarter, index): PersonalQuarter => {
    const capacity = due.get(quarter)?.capacity === 'STUDENT' ? 'STUDENT' : 'RESIDENT'
    // a payment for a quarter in which nothing is due counts for the first one in which something is
    const own = payments.filter((paid) => paid.quarter === quarter || (index === 0 && !isIn(quarters, paid.quarter)))
    const paidCents = own.reduce((sum, paid) => sum + paid.amountCents, 0) as Cents
    const last = own.at(-1)
    return { quarter, capacity, paidCents, ...(last === undefined ? {} : withEvent(question, last.paymentId)) }
  })
}

const isIn = (quarters: readonly string[], quarter: string): boolean => quarters.includes(quarter)

/** The outcome without its reasons, as the stream and the messages carry it. */
export function outcomeOf({ result }: YearDecision): YearAssessment {
  const { referenceYear: _, ...outcome } = result
  return outcome
}
