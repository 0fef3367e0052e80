import { addDays, firstDayOfYear, type IsoDate, lastDayOfYear, yearOf } from '@ziv/kernel'
import { firstOpening, inOrderOfAdvantage, type Law, openingAdds, opensAnew, unpaidLapse } from '@ziv/law'
import type { CapacitySpell } from '@ziv/members'
import type { RightDecision } from './decision.ts'
import type { Dossier } from './facts.ts'
import {
  decideOpening,
  decideRenewal,
  type EntitlementRules,
  identified,
  renewalGranted,
  unpaidPersonalYear,
} from './rules.ts'
import type { YearState } from './year-state.ts'

/**
 * Spells as holder of at least one day, in order of their first day, of those that begin together the most advantageous first: in that
 * one the right opens. A spell that ends before it begins was annulled.
 */
export const ownSpells = (dossier: Dossier, law: Law): readonly CapacitySpell[] =>
  inOrderOfAdvantage(
    dossier.capacities.filter(
      ({ role, from, to }) =>
        role === 'holder' && (to === null || to >= from) && (dossier.diedOn === null || from <= dossier.diedOn),
    ),
    law,
  )

/** Last day of the openings that began before a year, or null. */
function openedBefore(spells: readonly CapacitySpell[], year: number, rules: EntitlementRules): IsoDate | null {
  for (let index = spells.length - 1; index >= 0; index -= 1) {
    const { from } = spells[index] as CapacitySpell
    if (yearOf(from) < year && opensAnew(spells, index, rules.law)) return firstOpening(from, rules.law).result.to
  }
  return null
}

/**
 * The decisions on a person's own right that are filed under one year: its renewal, and an opening that begins in it. They
 * do not depend on those of other years, so a run over millions decides one year without folding the others.
 */
export function decisionsOfYear(
  dossier: Dossier,
  spells: readonly CapacitySpell[],
  year: number,
  rules: EntitlementRules,
): RightDecision[] {
  const decisions: RightDecision[] = []
  const first = spells[0]
  if (first === undefined || (dossier.diedOn !== null && yearOf(dossier.diedOn) < year)) return decisions
  const renewal = first.from < firstDayOfYear(year) ? renewalOf(dossier, spells, year, rules) : null
  for (let index = 0; index < spells.length; index += 1) {
    const spell = spells[index] as CapacitySpell
    const begins = yearOf(spell.from)
    // a stage that began late in the year before lets the right open in this one, and so does an opening that still ran
    if ((begins !== year && begins !== year - 1) || !opensAnew(spells, index, rules.law)) continue
    const unpaid = lapsedBefore(dossier, spells, index, rules)
    const opensFrom = afterOpenings(spells, index, rules)
    if (begins === year - 1 && unpaid === null && opensFrom === spell.from) continue
    const acquired = { spell, opensFrom, previous: previousOf(spells, index) }
    for (const decision of decideOpening(dossier, acquired, unpaid, rules)) {
      if (decision.year === year) decisions.push(decision)
    }
  }
  const kept = renewal === null ? null : untilOpened(dossier.personId, renewal, decisions)
  return kept === null ? decisions : [kept, ...decisions]
}

/** First day that an opening adds: an earlier one may still run when a capacity is acquired anew. */
function afterOpenings(spells: readonly CapacitySpell[], index: number, { law }: EntitlementRules): IsoDate {
  const { from } = spells[index] as CapacitySpell
  const last = spells.findLastIndex((_, earlier) => earlier < index && opensAnew(spells, earlier, law))
  const earlierUntil = last < 0 ? null : firstOpening((spells[last] as CapacitySpell).from, law).result.to
  return openingAdds(from, earlierUntil, law)
}

/** The capacity that ended last before one that is acquired anew. */
const previousOf = (spells: readonly CapacitySpell[], index: number): CapacitySpell | null =>
  spells.slice(0, index).reduce<CapacitySpell | null>((last, spell) => {
    return last === null || (spell.to ?? '') > (last.to ?? '') ? spell : last
  }, null)

/** A refusal is about the days before the right opens anew in its year: no day is refused and opened at once. */
function untilOpened(
  personId: string,
  renewal: RightDecision,
  openings: readonly RightDecision[],
): RightDecision | null {
  const opens = openings[0]?.from
  if (opens === undefined || renewal.outcome === 'granted') return renewal
  return opens <= renewal.from ? null : identified(personId, { ...renewal, to: addDays(opens, -1) })
}

/** The year whose unpaid personal contributions made the registration before an opening lapse, or null. */
function lapsedBefore(
  dossier: Dossier,
  spells: readonly CapacitySpell[],
  index: number,
  rules: EntitlementRules,
): YearState | null {
  if (index === 0) return null
  const earlier = spells.slice(0, index)
  const { from: registeredOn } = spells[index] as CapacitySpell
  const openedUntil = openedBefore(earlier, yearOf(registeredOn), rules)
  const stateOf = (year: number) => unpaidPersonalYear(dossier, earlier, year, rules)
  return unpaidLapse({ registeredOn, openedUntil, stateOf }, rules.law)
}

/**
 * The prolongation for a year, or null when there is nothing to decide: an opening still runs, or the person had no
 * capacity in the quarters the rule looks at and no right that ends.
 */
function renewalOf(
  dossier: Dossier,
  spells: readonly CapacitySpell[],
  year: number,
  rules: EntitlementRules,
): RightDecision | null {
  const opened = openedBefore(spells, year, rules)
  if (opened !== null && opened >= lastDayOfYear(year)) return null
  const renewal = decideRenewal(dossier, spells, year, rules)
  if (renewal.grounds.some(({ rule, satisfied }) => rule === 'prolongation.capacity' && satisfied)) return renewal
  const ends = lastDayOfYear(year - 1)
  return opened === ends || renewalGranted(dossier, spells, year - 1, rules) ? renewal : null
}
