import {
  addMonths,
  type Cents,
  firstDayOfYear,
  type IsoDate,
  type Quarter,
  quarterEnd,
  quarterStart,
  quartersOfYear,
} from '@ziv/kernel'
import {
  ageForMinimum,
  assessReferenceYear,
  type ContributionRegime,
  capacityRule,
  contributionRegimes,
  type Ground,
  type Law,
  type LawDecision,
  type PersonalQuarter,
  personalContribution,
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
  /** In order. Spells with an insurer: what lies between two of them is a stay abroad. */
  readonly registered: readonly { readonly from: IsoDate; readonly to: IsoDate | null }[]
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

/** How the law lets contributions meet a year in a capacity; that of its first day holds for the whole year. */
const regimeOf = (law: Law, capacity: string, year: number) =>
  capacityRule(law, capacity, 'regime', firstDayOfYear(year)).value

/**
 * Assesses a year under the regimes that the capacities of the year open. One regime: by its own rule. Several: as a whole,
 * see `assessMixed`. Without any such capacity the kind of contribution that came in decides, so that a slip of a person
 * whose capacity is not known yet is not lost.
 * @law art. 286 (wages), art. 134 (personal contributions), art. 131 (repair) KB 03-07-1996
 */
export function assessYear(question: AssessmentQuestion, state: YearState): YearDecision {
  const held = heldRegimes(question)
  if (held.length > 1) return assessMixed(question, state, held)
  const [regime] = held.length === 1 ? held : regimesOfContributions(state)
  if (regime !== undefined) return decide(regime, question, state)
  const decision = decide('wage', question, state)
  // nothing says that wage was due: a complement would be a personal contribution, of another amount
  return { ...decision, repairs: decision.repairs.filter(({ kind }) => kind !== 'payComplement') }
}

const decide = (
  regime: ContributionRegime,
  question: AssessmentQuestion,
  state: YearState,
  covered: ReadonlySet<string> = new Set(),
): YearDecision => assessReferenceYear(factsOf(regime, question, state, covered), question.law)

/**
 * A year with several regimes is weighed as a whole: a quarter that the self-employed or personal contribution covers asks
 * for no wage, and the wage has to reach the minimum of the other months; no part covers another. Wage alone that reaches
 * the whole year is enough. Without wage every quarter has to be covered by the regime that is due in it.
 */
function assessMixed(
  question: AssessmentQuestion,
  state: YearState,
  held: readonly ContributionRegime[],
): YearDecision {
  const others = held.filter((regime) => regime !== 'wage')
  const covered = new Set(others.flatMap((regime) => coveredQuarters(regime, question, state)))
  if (held.includes('wage')) {
    const alone = decide('wage', question, state)
    return alone.result.met ? alone : decide('wage', question, state, covered)
  }
  const decisions = others.map((regime) => decide(regime, question, state, covered))
  return decisions.find(({ result }) => !result.met) ?? (decisions[0] as YearDecision)
}

function heldRegimes({ person, year, law }: AssessmentQuestion): readonly ContributionRegime[] {
  const held = new Set(capacitiesOf(person, year).map(({ capacity }) => regimeOf(law, capacity, year)))
  return contributionRegimes.filter((regime) => held.has(regime))
}

function regimesOfContributions(state: YearState): readonly ContributionRegime[] {
  const came: Record<ContributionRegime, boolean> = {
    wage: Object.keys(state.slips).length > 0,
    selfEmployed: Object.keys(state.attests).length > 0,
    personal: Object.keys(state.payments).length > 0,
    none: false,
  }
  return contributionRegimes.filter((regime) => came[regime])
}

const capacitiesOf = (person: Pick<AssessmentPerson, 'capacities'>, year: number): readonly CapacityPeriod[] =>
  person.capacities.filter(({ from, to }) => from <= `${year}-12-31` && (to === null || to >= `${year}-01-01`))

/** Whether a year of a person is weighed by contributions of their own, also where nothing is due; a dependant's is the holder's. */
export const isWeighed = (person: Pick<AssessmentPerson, 'capacities'>, year: number, law: Law): boolean =>
  capacitiesOf(person, year).some(({ capacity }) => regimeOf(law, capacity, year) !== 'followsHolder')

/** Quarters of which the contribution of a regime was attested or paid in full. */
function coveredQuarters(
  regime: ContributionRegime,
  question: AssessmentQuestion,
  state: YearState,
): readonly Quarter[] {
  if (regime === 'selfEmployed') {
    return selfEmployedQuarters(question, state)
      .filter(({ attested }) => attested)
      .map(({ quarter }) => quarter)
  }
  if (regime === 'none') return [...quartersIn(question, 'none').keys()]
  return personalQuarters(question, state)
    .filter(
      ({ capacity, quarter, paidCents }) =>
        paidCents >= personalContribution({ capacity, quarter }, question.law).result.dueCents,
    )
    .map(({ quarter }) => quarter)
}

/** Months of the year from the registration on (a stay abroad left out), less those of quarters that others cover. */
function monthsOfWage({ person, year }: AssessmentQuestion, covered: ReadonlySet<string>): number {
  // without an affiliation the registration is not known yet: nothing is asked less for it
  const spells = person.registered.length === 0 ? [{ from: `${year}-01-01`, to: null }] : person.registered
  let months = 0
  for (const quarter of quartersOfYear(year)) {
    if (covered.has(quarter)) continue
    for (const month of monthsOf(quarter)) {
      if (spells.some(({ from, to }) => from.slice(0, 7) <= month && (to === null || to.slice(0, 7) >= month)))
        months += 1
    }
  }
  return months
}

/** The three months of a quarter, as `2024-05`. */
function monthsOf(quarter: Quarter): readonly string[] {
  const first = quarterStart(quarter)
  return [0, 1, 2].map((later) => addMonths(first, later).slice(0, 7))
}

function factsOf(
  regime: ContributionRegime,
  question: AssessmentQuestion,
  state: YearState,
  covered: ReadonlySet<string>,
): ReferenceYearFacts {
  const { year: referenceYear, today } = question
  switch (regime) {
    case 'wage':
      return { regime, referenceYear, today, ...wageFacts(question, state), months: monthsOfWage(question, covered) }
    case 'selfEmployed':
      return { regime, referenceYear, today, quarters: selfEmployedQuarters(question, state) }
    case 'personal':
      return { regime, referenceYear, today, quarters: personalQuarters(question, state) }
    case 'none':
      return { regime, referenceYear, today, capacities: capacitiesUnder(question, 'none') }
  }
}

const withEvent = (question: AssessmentQuestion, key: string) => {
  const eventId = question.eventIdOf?.(key)
  return eventId === undefined ? {} : { eventId }
}

function wageFacts(question: AssessmentQuestion, state: YearState) {
  const { birthDate, registered } = question.person
  const registeredFrom = registered[0]?.from
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
  const complementCents = Object.values(state.payments).reduce((sum, paid) => sum + paid.amountCents, 0) as Cents
  return { ageAtStart, slips, complementCents }
}

/** Codes of the capacities of the year whose regime this is. */
const capacitiesUnder = ({ person, year, law }: AssessmentQuestion, regime: ContributionRegime): readonly string[] => [
  ...new Set(
    capacitiesOf(person, year)
      .map(({ capacity }) => capacity)
      .filter((capacity) => regimeOf(law, capacity, year) === regime),
  ),
]

function quartersIn(question: AssessmentQuestion, regime: ContributionRegime): Map<Quarter, CapacityPeriod> {
  const { person, year, law } = question
  const held = person.capacities.filter(({ capacity }) => regimeOf(law, capacity, year) === regime)
  const quarters = new Map<Quarter, CapacityPeriod>()
  for (const quarter of quartersOfYear(year)) {
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
    const capacity = due.get(quarter)?.capacity ?? REGISTERED_ONLY
    // a payment for a quarter in which nothing is due counts for the first one in which something is
    const own = payments.filter((paid) => paid.quarter === quarter || (index === 0 && !isIn(quarters, paid.quarter)))
    const paidCents = own.reduce((sum, paid) => sum + paid.amountCents, 0) as Cents
    const last = own.at(-1)
    return { quarter, capacity, paidCents, ...(last === undefined ? {} : withEvent(question, last.paymentId)) }
  })
}

/** Whoever pays personal contributions without a capacity that asks for them is registered, and nothing more. */
const REGISTERED_ONLY = 'RESIDENT'

const isIn = (quarters: readonly string[], quarter: string): boolean => quarters.includes(quarter)

/** The outcome with what would change it, as the stream keeps it, and the reasons that its message carries. */
export function outcomeOf({
  result,
  repairs,
  grounds,
}: YearDecision): YearAssessment & { readonly grounds: readonly Ground[] } {
  const { referenceYear: _, ...outcome } = result
  return { ...outcome, repairs, grounds }
}
