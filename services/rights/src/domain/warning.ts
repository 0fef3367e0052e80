import type { IsoDate } from '@ziv/kernel'
import type { Dossier } from './facts.ts'
import type { EntitlementRules } from './rules.ts'
import { timelineOf } from './timeline.ts'

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
  const outlook = timelineOf(dossier, { rules, decidedThrough: year, holders: new Map() })
  const renewal = outlook.decisions.find((decision) => decision.kind === 'renewal' && decision.year === year)
  if (renewal === undefined || renewal.outcome === 'granted') return null
  const inOrder = outlook.periods.some(
    (period) => period.from <= `${year - 1}-12-31` && period.to >= `${year - 1}-12-31`,
  )
  const unpaid = renewal.grounds.some((ground) => ground.rule === 'prolongation.contributions' && !ground.satisfied)
  if (!inOrder || !unpaid) return null
  const referenceYear = year - 2
  const payableUntil = renewal.repairs.find((repair) => repair.until !== undefined)?.until
  if (payableUntil === undefined) return null
  return {
    year,
    referenceYear,
    shortCents: dossier.assessments.get(referenceYear)?.shortCents ?? 0,
    payableUntil,
  }
}
