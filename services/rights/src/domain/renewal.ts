import { firstDayOfYear, type IsoDate, lastDayOfYear } from '@ziv/kernel'
import { dependantReach } from '@ziv/law'
import type { CapacitySpell } from '@ziv/members'
import type { HolderDays, RightDecision, RightPeriod } from './decision.ts'
import { followedSince } from './dependants.ts'
import type { Dossier } from './facts.ts'
import { decisionsOfYear, ownSpells } from './own-right.ts'
import { periodsOf } from './periods.ts'
import type { EntitlementRules } from './rules.ts'

/** On what the right of a person in one year rests, when that year can be decided without folding those before. */
export type YearAlone =
  | { readonly follows: null }
  | { readonly follows: CapacitySpell & { readonly holderPersonId: string } }

/** True when a spell as dependant, or the right that is kept after it, can still give a day of the year. */
function reaches(spell: CapacitySpell, dossier: Dossier, year: number, { law }: EntitlementRules): boolean {
  const until = dependantReach({ ...spell, birthDate: dossier.birthDate }, law)
  return until === null || until >= firstDayOfYear(year)
}

/**
 * Whether a year rests on the person's own right alone or on one holder alone. Null when rights meet in the year: then what
 * is taken by one changes what the other gave, also in decisions filed earlier, and only the whole fold tells.
 */
export function yearAlone(dossier: Dossier, year: number, rules: EntitlementRules): YearAlone | null {
  let follows: CapacitySpell | null = null
  for (const spell of dossier.capacities) {
    if (spell.holderPersonId === null || !reaches(spell, dossier, year, rules)) continue
    if (follows !== null) return null
    follows = spell
  }
  if (follows === null) return { follows }
  if (ownSpells(dossier, rules.law).length > 0) return null
  return { follows: follows as CapacitySpell & { readonly holderPersonId: string } }
}

/**
 * What a renewal adds to a person whose year stands alone and who has no days from the year on: the decisions filed under the
 * year; those of other years stand. Null when decisions of a later year come with it (a holder's opening that two insurers
 * share): then only the whole fold tells.
 */
export function addedInYear(
  dossier: Dossier,
  { follows }: YearAlone,
  holder: readonly HolderDays[],
  year: number,
  rules: EntitlementRules,
): RightDecision[] | null {
  if (follows === null) return decisionsOfYear(dossier, ownSpells(dossier, rules.law), year, rules)
  if (dossier.birthDate === null) return []
  const decisions = followedSince(dossier, follows, holder, year, rules)
  return decisions.every((decision) => decision.year === year) ? decisions : null
}

/** The last day before a year: a dependant's year needs the days of the holder that end on it or later. */
export const holderDaysFrom = (year: number): IsoDate => lastDayOfYear(year - 1)

/**
 * The days of a holder's own right that a dependant's year needs. An opening runs until the end of the year after it began,
 * so that the decisions of three years tell them all.
 */
export function ownDaysReaching(dossier: Dossier, year: number, rules: EntitlementRules): RightPeriod[] {
  const spells = ownSpells(dossier, rules.law)
  const decisions = [year - 2, year - 1, year].flatMap((each) => decisionsOfYear(dossier, spells, each, rules))
  return periodsOf(dossier, decisions).filter(({ to }) => to >= holderDaysFrom(year))
}

/** Days from a year on, before its renewal: told in advance, or brought by an opening that runs on. */
export const hasDaysFrom = (known: readonly RightPeriod[], year: number): boolean => {
  const last = known.at(-1)
  return last !== undefined && last.to >= firstDayOfYear(year)
}
