import { addDays, firstDayOfYear, type IsoDate, lastDayOfYear, maxDate, minDate, yearOf } from '@ziv/kernel'
import type { RightDecision, RightPeriod, Timeline } from './decision.ts'
import { dependantDecisions } from './dependants.ts'
import type { CapacitySpell, Dossier } from './facts.ts'
import { decideOpening, decideRenewal, type EntitlementRules } from './rules.ts'

export interface TimelineContext {
  readonly rules: EntitlementRules
  /** Last year whose renewal is decided: the year of the business date of our knowledge. */
  readonly decidedThrough: number
  /** Timelines of the holders a dependant depends on, for the same knowledge. */
  readonly holders: ReadonlyMap<string, Timeline>
}

/** True for the capacities that follow the right of somebody else. */
export const isDependant = (capacity: string): boolean => capacity.startsWith('DEPENDANT_')

/**
 * The right of a person as a pure function of facts: first opening, renewal year by year, run-out, dependants, death,
 * and the insurer of each day (ZIV-wet art. 32, 118, 123; ZIV-besluit art. 129-131).
 */
export function timelineOf(dossier: Dossier, context: TimelineContext): Timeline {
  const own = ownDecisions(dossier, context)
  const ownPeriods = periodsOf(dossier, own)
  const followed = dependantDecisions(dossier, context, ownPeriods)
  const decisions = [...own, ...followed]
  return {
    decisions,
    periods: followed.length === 0 ? ownPeriods : [...ownPeriods, ...periodsOf(dossier, followed)].sort(byFrom),
  }
}

const byFrom = (a: RightPeriod, b: RightPeriod): number => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)

/** Decisions on the person's own right, in the order of the years. */
function ownDecisions(dossier: Dossier, context: TimelineContext): RightDecision[] {
  const spells = dossier.capacities.filter((spell) => !isDependant(spell.capacity))
  const first = spells[0]
  if (first === undefined) return []
  const decisions: RightDecision[] = []
  const lastYear =
    dossier.diedOn === null ? context.decidedThrough : Math.min(context.decidedThrough, yearOf(dossier.diedOn))
  let coveredUntil: IsoDate | null = null
  for (let year = yearOf(first.from); year <= lastYear; year += 1) {
    if (coveredUntil !== null && coveredUntil < lastDayOfYear(year)) {
      const renewal = renewalOf(dossier, spells, year, coveredUntil, context.rules)
      if (renewal !== null) {
        decisions.push(renewal)
        if (renewal.outcome === 'granted') coveredUntil = renewal.to
      }
    }
    for (const spell of spells) {
      if (yearOf(spell.from) !== year || !isOpening(spell, coveredUntil)) continue
      const opening: RightDecision = decideOpening(dossier, spell, context.rules)
      decisions.push(opening)
      coveredUntil = opening.to
    }
  }
  return decisions
}

/** A capacity opens a right when its first day is not covered by a right that already runs. */
const isOpening = (spell: CapacitySpell, coveredUntil: IsoDate | null): boolean =>
  (spell.to === null || spell.to >= spell.from) && (coveredUntil === null || spell.from > coveredUntil)

/**
 * Decides the prolongation for a year, or null when there is nothing to decide: no right that ends, and no capacity in
 * the quarters the rule looks at.
 */
export function renewalOf(
  dossier: Dossier,
  spells: readonly CapacitySpell[],
  year: number,
  coveredUntil: IsoDate,
  rules: EntitlementRules,
): RightDecision | null {
  const window = { from: firstDayOfYear(year - 2).replace('-01-01', '-10-01') as IsoDate, to: lastDayOfYear(year - 1) }
  const relevant = spells.some((spell) => spell.from <= window.to && (spell.to === null || spell.to >= window.from))
  const ending = coveredUntil === lastDayOfYear(year - 1)
  if (!relevant && !ending) return null
  return decideRenewal(dossier, spells, year, rules)
}

/** Turns granted decisions into days in order: cut at death, split over the insurers of those days. */
export function periodsOf(dossier: Dossier, decisions: readonly RightDecision[]): RightPeriod[] {
  const periods: RightPeriod[] = []
  for (const decision of decisions) {
    if (decision.outcome !== 'granted') continue
    const last = dossier.diedOn === null ? decision.to : minDate(decision.to, dossier.diedOn)
    for (const affiliation of dossier.affiliations) {
      const from = maxDate(decision.from, affiliation.from)
      const to = affiliation.to === null ? last : minDate(last, affiliation.to)
      if (from > to) continue
      periods.push({
        from,
        to,
        insurer: affiliation.insurer,
        ziekenfonds: affiliation.ziekenfonds,
        capacity: decision.capacity,
        ground: decision.ground,
        decisionId: decision.decisionId,
      })
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
