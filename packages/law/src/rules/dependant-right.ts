import {
  addDays,
  addYears,
  ageOn,
  type IsoDate,
  intersectPeriods,
  mergePeriods,
  minDate,
  type Period,
  periodContains,
  yearOf,
} from '@ziv/kernel'
import { capacityRule } from '../capacities/rule.ts'
import { cite, decision, fact, yearEnd } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Ground, Law, LawDecision } from '../types.ts'

export interface DependantRightFacts {
  /** Code of a capacity of dependants. */
  readonly kind: string
  readonly birthDate: IsoDate
  /** First and last day of the quality; `to` null while it lasts. A child's quality ends by itself at the age limit. */
  readonly quality: Period
  /** Periods in which the holder is insured. */
  readonly holder: readonly Period[]
  readonly eventId?: string
}

export interface DependantRight {
  /** Periods in which the dependant is insured, ascending, without overlap. */
  readonly periods: readonly Period[]
  /** Last day of the quality; null while it lasts. */
  readonly qualityEndsOn: IsoDate | null
  /** Last day of the right kept after the loss of the quality; null while it lasts or when there was no right to keep. */
  readonly runOutUntil: IsoDate | null
}

/** Age at which nobody is a dependant as a child any more. */
export const childAgeLimit = (law: Law, day: IsoDate) => law.at<number>('affiliation/child-age-limit', day)

/** Last day on which a child can be a dependant: the day before the birthday at the age limit (25). */
function lastDayAsChild(birthDate: IsoDate, law: Law): IsoDate {
  const limit = childAgeLimit(law, birthDate).value
  const birthday = addYears(birthDate, limit)
  // someone born on 29 February comes of age on 1 March
  return ageOn(birthDate, birthday) < limit ? birthday : addDays(birthday, -1)
}

/**
 * Last day of a capacity: as it is reported, and where its rule says so not after the last day as a child, also when nobody
 * reported that day. Null while it lasts; without a birth date the age limit cannot be told.
 */
export function lastDayOfCapacity(
  spell: {
    readonly capacity: string
    readonly birthDate: IsoDate | null
    readonly from: IsoDate
    readonly to: IsoDate | null
  },
  law: Law,
): IsoDate | null {
  const { birthDate, to } = spell
  if (birthDate === null || capacityRule(law, spell.capacity, 'end', spell.from).value !== 'childAgeLimit') return to
  const adult = lastDayAsChild(birthDate, law)
  return to === null ? adult : minDate(to, adult)
}

function keptUntil(lostOn: IsoDate, qualityFrom: IsoDate, law: Law) {
  const years = law.at<number>('rights/dependant-run-out-years', qualityFrom)
  return { until: yearEnd(yearOf(lostOn) + years.value), parameter: cite(years) }
}

/**
 * Last day that a spell as dependant can give a right, kept after the loss of the quality, whatever days the holder has. Null
 * while the quality lasts.
 */
export function dependantReach(spell: Parameters<typeof lastDayOfCapacity>[0], law: Law): IsoDate | null {
  const last = lastDayOfCapacity(spell, law)
  return last === null ? null : keptUntil(addDays(last, 1), spell.from, law).until
}

/**
 * The right of a dependant: it follows the holder while the quality lasts; after its loss it is kept until 31 December of the year
 * after the one in which it was lost. The quality is lost on the first day without it, for a child the 25th birthday.
 */
export function dependantRight(facts: DependantRightFacts, law: Law): LawDecision<DependantRight> {
  const qualityEndsOn = endOfQuality(facts, law)
  const { from } = facts.quality
  const follows = followed(facts, qualityEndsOn)
  const insuredAtEnd = qualityEndsOn !== null && follows.some((period) => periodContains(period, qualityEndsOn))
  const periods = [...follows]
  let runOutUntil: IsoDate | null = null
  const grounds: Ground[] = []
  if (insuredAtEnd) {
    const lostOn = addDays(qualityEndsOn, 1)
    const { until, parameter } = keptUntil(lostOn, from, law)
    runOutUntil = until
    periods.push({ from: lostOn, to: runOutUntil })
    const used = [fact('lostOn', lostOn, facts.eventId), fact('until', runOutUntil)]
    grounds.push(ground('dependant.runOut', true, used, [parameter]))
  }
  grounds.unshift(ground('dependant.follows', follows.length > 0, [fact('from', from, facts.eventId)]))
  const result = { periods: mergePeriods(periods), qualityEndsOn, runOutUntil }
  return decision(follows.length > 0 ? 'granted' : 'refused', result, grounds)
}

function endOfQuality(facts: DependantRightFacts, law: Law): IsoDate | null {
  const { to } = facts.quality
  const { kind, birthDate } = facts
  return lastDayOfCapacity({ capacity: kind, birthDate, from: facts.quality.from, to }, law)
}

function followed(facts: DependantRightFacts, to: IsoDate | null): Period[] {
  const { from } = facts.quality
  if (to !== null && to < from) return []
  return mergePeriods(
    facts.holder.map((period) => intersectPeriods(period, { from, to })).filter((period) => period !== null),
  )
}
