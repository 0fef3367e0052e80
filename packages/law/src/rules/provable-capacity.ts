import type { IsoDate, Period } from '@ziv/kernel'
import { rankOn } from '../capacities/advantage.ts'
import { loadCapacities } from '../capacities/load.ts'
import { capacityRule } from '../capacities/rule.ts'
import { perLaw } from '../per-law.ts'
import type { Law } from '../types.ts'
import type { AssessmentPerson, CapacityPeriod } from './assessment-person.ts'

const holders = loadCapacities().open.filter(({ role }) => role === 'holder')

/** Whether insurance in a capacity of one's own begins when it was acquired, however late it is proved. */
function countsSinceAcquired(law: Law, code: string, day: IsoDate): boolean {
  return capacityRule(law, code, 'start', day).value !== 'quarterOfRequest'
}

/**
 * Codes, separated by spaces and the most advantageous first, of the capacities that can still be proved for days that are past: others
 * (student, resident) begin with their request.
 */
export const provableCapacities = perLaw((law, day: IsoDate): string => {
  const codes = holders.map(({ code }) => code).filter((code) => countsSinceAcquired(law, code, day))
  return codes.sort((a, b) => rankOn(a, day, law) - rankOn(b, day, law)).join(' ')
})

/** What says where a capacity can lie. */
type Member = Pick<AssessmentPerson, 'diedOn' | 'registered' | 'capacities'> & { readonly birthDate: IsoDate | null }

/**
 * Whether the file of a person can take a capacity of their own on a day of a span. A capacity lies in an affiliation (art. 118
 * ZIV-wet): in the one that runs or a new one, which begin after every affiliation that ended; in one that ended, when none runs any
 * more; or a capacity of an affiliation that ended was there on other days than the file says, and is corrected (decision 0030).
 */
export function canProveCapacity(member: Member, span: Period, law: Law): boolean {
  const { birthDate, diedOn = null, registered, capacities } = member
  const last = span.to as IsoDate
  if (birthDate !== null && birthDate > last) return false
  if (registered.every(({ to }) => to !== null) && registered.some(({ to }) => to !== null && to >= span.from))
    return true
  if (diedOn !== null) return false
  if (registered.every(({ to }) => to === null || to < last)) return true
  return capacities.some((capacity) => canBeCorrected(capacity, registered, { from: span.from, to: last }, law))
}

function canBeCorrected(
  { capacity, from, to }: CapacityPeriod,
  registered: Member['registered'],
  span: { readonly from: IsoDate; readonly to: IsoDate },
  law: Law,
): boolean {
  const home = registered.find((spell) => spell.from <= from && (spell.to === null || spell.to >= from))
  if (home === undefined || holders.every(({ code }) => code !== capacity)) return false
  if (from > span.to) {
    const reaches = registered.every((spell) => spell.from >= home.from || (spell.to !== null && spell.to < span.to))
    return reaches && countsSinceAcquired(law, capacity, span.to)
  }
  return to !== null && to < span.from && (home.to === null || home.to >= span.from)
}
