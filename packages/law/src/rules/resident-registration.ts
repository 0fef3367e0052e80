import { type Cents, type IsoDate, maxDate, sumCents } from '@ziv/kernel'
import type { RuleId } from '../articles.ts'
import { mendingCapacity, mendsYear } from '../capacities/mending.ts'
import { newYear, yearEnd } from '../decision.ts'
import type { Law, LawDecision, Repair } from '../types.ts'
import type { ReferenceYearAssessment } from './assess-reference-year.ts'
import { type AssessmentPerson, capacitiesOf, dependsThrough } from './assessment-person.ts'
import { canProveCapacity, provableCapacities } from './provable-capacity.ts'
import type { YearQuestion } from './year-facts.ts'

/**
 * Whether a registration as resident can repair a year. `held`: the person is registered so in it, and the quarters to pay are the
 * repair; `asked`: it was asked, and waits for a decision of others; `dependant`: the person is insured through a holder;
 * `beforeAffiliation`: the affiliation that runs begins after the year, and an earlier capacity would make it begin earlier; `none`: no
 * affiliation that runs can hold it; `unprovable`: nor can a capacity of the year be proved any more, because of a death, a later
 * birth, or affiliations that ended.
 */
export type Registration = 'possible' | 'held' | 'asked' | 'dependant' | 'beforeAffiliation' | 'none' | 'unprovable'

/**
 * What a registration as resident asked today can do for a year. It is a capacity like any other: it lies in the affiliation that
 * runs, on days of that affiliation (art. 118 ZIV-wet; the other readings: decision 0030).
 */
export function registrationFor(person: AssessmentPerson, year: number, law: Law): Registration {
  const { registered, capacities } = person
  if (capacitiesOf({ capacities }, year).some(({ capacity }) => mendsYear(law, capacity, newYear(year)))) return 'held'
  if (!canProveCapacity(person, { from: newYear(year), to: yearEnd(year) }, law)) return 'unprovable'
  // residual: open to nobody who is insured otherwise (art. 32, 15° ZIV-wet)
  if (dependsThrough(person, year, law)) return 'dependant'
  const running = registered.find(({ to }) => to === null)
  if (running === undefined) return 'none'
  if (running.from <= yearEnd(year)) return isAsked(person, year, law) ? 'asked' : 'possible'
  // days that another affiliation holds stay with it: the one that runs cannot reach back to them
  return registered.some(({ from, to }) => from <= yearEnd(year) && (to === null || to >= newYear(year)))
    ? 'none'
    : 'beforeAffiliation'
}

/** Whether the registration waits already: it was asked for the year alone, or for what begins with a request of that year or before. */
const isAsked = ({ pending = [] }: AssessmentPerson, year: number, law: Law): boolean =>
  pending.some(
    ({ capacity, requestedOn, repairsYear }) =>
      mendsYear(law, capacity, newYear(year)) &&
      (repairsYear === null ? requestedOn <= yearEnd(year) : repairsYear === year),
  )

/** The repairs of a year that can be carried out, as far as a registration as resident is concerned. */
export function withRegistration(repairs: readonly Repair[], registration: Registration, law: Law): readonly Repair[] {
  if (registration === 'possible') return repairs
  const told = repairs.find(isRegistration)
  const kept = registration === 'unprovable' ? repairs.filter(({ kind }) => kind !== 'proveCapacity') : repairs
  const others = kept.filter((repair) => repair !== told)
  return told === undefined || registration !== 'beforeAffiliation' ? others : [...others, affiliateEarlier(told, law)]
}

const isRegistration = ({ kind }: Repair): boolean => kind === 'residentRegistration'

/** Why the registration is not told, and what would make it possible. */
function affiliateEarlier({ rule, params, ...repair }: Repair, law: Law): Repair {
  const referenceYear = Number(params.referenceYear)
  const windowUntil = yearEnd(referenceYear)
  return {
    ...{ ...repair, rule, kind: 'affiliateEarlier' },
    params: { referenceYear, windowUntil, capacities: provableCapacities(law, windowUntil) },
  }
}

/** The registration as resident for a year alone, where a capacity repairs one; what it costs is for the whole year to say. */
export function residentRegistration(rule: RuleId, referenceYear: number, law: Law, until: IsoDate): readonly Repair[] {
  if (mendingCapacity(law, newYear(referenceYear)) === null) return []
  return [{ rule, kind: 'residentRegistration', until, params: { referenceYear } }]
}

/**
 * Tells with the registration, where it is told, what is still to be paid once it is done: what the year of a resident asks then, less
 * the quarters that are covered and what was paid. The payment it replaces names that amount too, and the cheaper of the two comes
 * first. A registration that would leave something to do that no payment does repairs no year and is not told.
 */
export function withPrice(
  repairs: readonly Repair[],
  question: YearQuestion,
  assess: (asResident: YearQuestion) => LawDecision<Pick<ReferenceYearAssessment, 'met'>>,
): readonly Repair[] {
  const told = repairs.find(isRegistration)
  if (told === undefined) return repairs
  const residentYearCents = stillToPay(assess(asResident(question)))
  if (residentYearCents === null) return repairs.filter((repair) => repair !== told)
  const payment = repairs.find(({ rule, params }) => rule === told.rule && params.payCents !== undefined)
  if (payment === undefined) {
    const priced = { ...told, params: { ...told.params, residentYearCents } }
    return repairs.map((repair) => (repair === told ? priced : repair))
  }
  const cheaper = Number(payment.params.payCents) <= residentYearCents ? payment : told
  const params = { ...payment.params, residentYearCents, cheaper: cheaper.kind }
  const [first, second] = cheaper === payment ? [payment, told] : [told, payment]
  const ways = [
    { ...first, params },
    { ...second, params },
  ]
  return [...repairs.filter((repair) => repair !== payment && repair !== told), ...ways]
}

/** The question about a year as it is asked once somebody is registered for it, on the days that the affiliation that runs gives. */
function asResident(question: YearQuestion): YearQuestion {
  const { person, year, law } = question
  const capacity = mendingCapacity(law, newYear(year))
  const running = person.registered.find(({ to }) => to === null)
  if (capacity === null || running === undefined) throw new RangeError(`no registration repairs ${year}`)
  const from = maxDate(newYear(year), person.birthDate, running.from)
  return {
    ...question,
    person: { ...person, capacities: [...person.capacities, { capacity, from, to: yearEnd(year) }] },
  }
}

/** What payments alone meet a year; null when one of its rules asks for something else. */
function stillToPay({ result, repairs }: LawDecision<Pick<ReferenceYearAssessment, 'met'>>): Cents | null {
  if (result.met) return 0 as Cents
  const byRule = new Map<string, Cents | null>()
  for (const { rule, kind, params } of repairs) {
    const cents = kind === 'payQuarters' ? params.shortCents : params.payCents
    if (cents !== undefined || !byRule.has(rule)) byRule.set(rule, cents === undefined ? null : (cents as Cents))
  }
  const amounts = [...byRule.values()]
  return amounts.length === 0 || amounts.includes(null) ? null : sumCents(amounts as Cents[])
}
