import { type IsoDate, lastDayOfYear } from '@ziv/kernel'
import { referenceYearOf } from '@ziv/law'
import type { Dossier } from './facts.ts'
import { decisionsOfYear, ownSpells } from './own-right.ts'
import type { EntitlementRules } from './rules.ts'
import { timelineOf } from './timeline.ts'
import { yearStateOf } from './year-state.ts'

/** What the letter of 1 December says: the right of a year will not be prolonged for want of contributions. */
export interface Warning {
  readonly year: number
  readonly referenceYear: number
  readonly shortCents: number
  readonly payableUntil: IsoDate
}

/**
 * The warning a holder is due, or null (ZIV-besluit art. 254): the person is in order at the end of the year before, and the
 * renewal would be refused because the contributions of the reference year are not met.
 */
export function warningFor(dossier: Dossier, year: number, rules: EntitlementRules): Warning | null {
  if (dossier.diedOn !== null) return null
  const renewal = decisionsOfYear(dossier, ownSpells(dossier, rules.law), year, rules).find(
    ({ kind }) => kind === 'renewal',
  )
  if (renewal === undefined || renewal.outcome === 'granted') return null
  const unpaid = renewal.grounds.some((ground) => ground.rule === 'prolongation.contributions' && !ground.satisfied)
  const referenceYear = referenceYearOf(year, rules.law)
  const known = yearStateOf(dossier, referenceYear, rules.law)
  const payableUntil = known?.payableUntil ?? renewal.repairs.find((repair) => repair.until !== undefined)?.until
  if (!unpaid || payableUntil === undefined) return null
  const lastDay = lastDayOfYear(year - 1)
  const { periods } = timelineOf(dossier, { rules, decidedThrough: year - 1, holders: new Map() })
  if (!periods.some(({ from, to }) => from <= lastDay && to >= lastDay)) return null
  const shortCents = known?.shortCents ?? 0
  return { year, referenceYear, shortCents, payableUntil }
}
