import { type Cents, type IsoDate, quartersOfYear, sumCents } from '@ziv/kernel'
import type { RuleId } from '../articles.ts'
import { mendingCapacity, mendsYear } from '../capacities/mending.ts'
import { newYear, yearEnd } from '../decision.ts'
import type { Law, Repair } from '../types.ts'
import { type AssessmentPerson, capacitiesOf, dependsThrough } from './assessment-person.ts'
import { personalDue } from './personal-contribution.ts'
import { canProveCapacity, provableCapacities } from './provable-capacity.ts'

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
  const told = repairs.find(({ kind }) => kind === 'residentRegistration')
  const kept = registration === 'unprovable' ? repairs.filter(({ kind }) => kind !== 'proveCapacity') : repairs
  const others = kept.filter((repair) => repair !== told).map(withoutComparison)
  return told === undefined || registration !== 'beforeAffiliation' ? others : [...others, affiliateEarlier(told, law)]
}

/** Nothing is cheaper or dearer than what cannot be done. */
function withoutComparison({ params, ...repair }: Repair): Repair {
  const { residentYearCents: _, cheaper: __, ...own } = params
  return { ...repair, params: own }
}

/** Why the registration is not told, and what would make it possible. */
function affiliateEarlier({ rule, params, ...repair }: Repair, law: Law): Repair {
  const referenceYear = Number(params.referenceYear)
  const windowUntil = yearEnd(referenceYear)
  return {
    ...{ ...repair, rule, kind: 'affiliateEarlier' },
    params: { referenceYear, windowUntil, capacities: provableCapacities(law, windowUntil) },
  }
}

/** The registration as resident for a year alone, with what its four quarters cost in the step asked without proof of income. */
export function residentRegistration(rule: RuleId, referenceYear: number, law: Law, until: IsoDate): readonly Repair[] {
  const residentYearCents = residentYear(referenceYear, law)
  if (residentYearCents === null) return []
  return [{ rule, kind: 'residentRegistration', until, params: { referenceYear, residentYearCents } }]
}

/**
 * What the four quarters of a year cost in the capacity that repairs one, in the step that is asked without proof of income; null where
 * no capacity does. Of a year of which other capacities have a part it is no amount that is still to be paid: their quarters, and what
 * was paid, go off it.
 */
export function residentYear(year: number, law: Law): Cents | null {
  const capacity = mendingCapacity(law, newYear(year))
  if (capacity === null) return null
  return sumCents(quartersOfYear(year).map((quarter) => personalDue({ capacity, quarter }, law).dueCents))
}
