import { type IsoDate, quarterOf, yearOf } from '@ziv/kernel'
import { cite, dayInYear, decision, fact, yearEnd } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Law, LawDecision } from '../types.ts'
import { firstOpening } from './first-opening.ts'
import { referenceShift, windowStart } from './reference-year.ts'

export interface RunOutFacts {
  /** Last day of the last capacity as holder. */
  readonly endedOn: IsoDate
  /** First day of insurance; leave out for an older affiliation whose first opening is over. */
  readonly openedFrom?: IsoDate
  /** Reference years whose obligations are not met; all others are taken to be in order. */
  readonly unmetYears?: readonly number[]
}

export interface RunOut {
  /** Last day on which the person is insured. */
  readonly lastDay: IsoDate
  /** Years up to that day that are closed for want of contributions. */
  readonly closedYears: readonly number[]
}

/**
 * Last covered day after the last capacity ended on a day in year Z (ZIV-besluit art. 131): 31 December of Z+2 when it ended in the
 * fourth quarter and year Z is in order, else of Z+1 when Z-1 is; never before the end of the first opening. With every year in
 * order it is never before the end of the capacity; when older years are not, the right stops with the last open year. What opens
 * a closed year are the repairs of its reference year, which its assessment tells.
 */
export function lastCoveredDay(facts: RunOutFacts, law: Law): LawDecision<RunOut> {
  const endYear = yearOf(facts.endedOn)
  const shift = referenceShift(law, endYear)
  const start = windowStart(law, endYear)
  const inWindow = facts.endedOn >= dayInYear(endYear, start.value)
  const reach = inWindow ? endYear + shift.value : endYear + shift.value - 1
  const opening = facts.openedFrom === undefined ? undefined : firstOpening(facts.openedFrom, law).result
  const openedUntil = opening ? yearOf(opening.to) : Number.NEGATIVE_INFINITY
  const unmet = new Set(facts.unmetYears)
  const covered = (year: number) => year <= openedUntil || !unmet.has(year - shift.value)

  let last = Math.max(reach, openedUntil)
  while (!covered(last)) last--
  const closedYears = yearsBetween(Math.min(endYear, last), reach).filter((year) => !covered(year))
  const lastDay = yearEnd(last)
  const used = [
    fact('endedOn', facts.endedOn),
    fact('endQuarter', quarterOf(facts.endedOn)),
    fact('lastDay', lastDay),
    ...closedYears.map((year) => fact('closedYear', year)),
  ]
  const grounds = [ground('runOut.lastDay', lastDay >= facts.endedOn, used, [cite(shift), cite(start)])]
  const before = closedYears.filter((year) => year < last)
  return decision(lastDay >= facts.endedOn ? 'granted' : 'refused', { lastDay, closedYears: before }, grounds)
}

function yearsBetween(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
}
