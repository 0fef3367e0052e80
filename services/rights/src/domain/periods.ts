import { addDays, type IsoDate, maxDate, minDate, subtractPeriods } from '@ziv/kernel'
import type { AffiliationSpell } from '@ziv/members'
import type { RightDecision, RightPeriod } from './decision.ts'
import type { Dossier } from './facts.ts'

/** Days with one insurer. */
type Membership = Pick<AffiliationSpell, 'from' | 'to' | 'insurer' | 'ziekenfonds'>

const lasts = ({ from, to }: Membership): boolean => to === null || to >= from

/** Each day with one insurer: the affiliation that began last, also while the end of the one before is still under way. */
function membershipsOf({ affiliations }: Dossier): readonly Membership[] {
  if (affiliations.length < 2) return affiliations
  return affiliations.flatMap((affiliation, index) => {
    if (!lasts(affiliation)) return []
    const later = affiliations.slice(index + 1).filter(lasts)
    return subtractPeriods({ from: affiliation.from, to: affiliation.to }, later).map((days) => ({
      ...affiliation,
      ...days,
    }))
  })
}

/** No two periods of a person begin on one day. */
export const byFrom = (a: RightPeriod, b: RightPeriod): number => (a.from < b.from ? -1 : 1)

/**
 * Turns granted decisions, in the order of their first day, into days in order: cut at death, split over the insurers of
 * those days, each day resting on the first decision that grants it.
 */
export function periodsOf(dossier: Dossier, decisions: readonly RightDecision[]): RightPeriod[] {
  const periods: RightPeriod[] = []
  const memberships = membershipsOf(dossier)
  let covered: IsoDate | null = null
  for (const { outcome, from, to, capacity, ground, decisionId } of decisions) {
    if (outcome !== 'granted' || (covered !== null && to <= covered)) continue
    const start: IsoDate = covered === null || from > covered ? from : addDays(covered, 1)
    const end = dossier.diedOn === null ? to : minDate(to, dossier.diedOn)
    covered = to
    for (const { from: joined, to: left, insurer, ziekenfonds } of memberships) {
      const first = maxDate(start, joined)
      const last = left === null ? end : minDate(end, left)
      if (first > last) continue
      periods.push({ from: first, to: last, insurer, ziekenfonds, capacity, ground, decisionId })
    }
  }
  return periods.sort(byFrom)
}

/** First day on which two timelines give another answer, or null when they agree on every day. */
export function firstDifference(before: readonly RightPeriod[], after: readonly RightPeriod[]): IsoDate | null {
  const edges = new Set<IsoDate>()
  for (const period of [...before, ...after]) edges.add(period.from).add(addDays(period.to, 1))
  for (const day of [...edges].sort()) {
    if (answerOn(before, day) !== answerOn(after, day)) return day
  }
  return null
}

const answerOn = (periods: readonly RightPeriod[], day: IsoDate): string => {
  const period = periods.find((candidate) => candidate.from <= day && candidate.to >= day)
  return period === undefined
    ? ''
    : `${period.insurer}/${period.ziekenfonds}/${period.capacity}/${period.ground}/${period.decisionId}`
}
