import { addDays, maxDate } from './date-arithmetic.ts'
import type { IsoDate } from './iso-date.ts'

/** Days from `from` to `to`, both included; `to: null` has no end. */
export interface Period {
  readonly from: IsoDate
  readonly to: IsoDate | null
}

const LAST_DAY = '9999-12-31' as IsoDate

/** A period of at least one day. Throws a RangeError when it ends before it begins. */
export function period(from: IsoDate, to: IsoDate | null): Period {
  if (to !== null && to < from) throw new RangeError(`a period cannot end on ${to}, before its first day ${from}`)
  return { from, to }
}

/** Whether the day is one of the period's days. */
export function periodContains(p: Period, day: IsoDate): boolean {
  return p.from <= day && (p.to === null || day <= p.to)
}

/** Whether the two share a day. */
export function periodsOverlap(a: Period, b: Period): boolean {
  return (a.to === null || b.from <= a.to) && (b.to === null || a.from <= b.to)
}

/** The days that are in both, null when there is none. */
export function intersectPeriods(a: Period, b: Period): Period | null {
  if (!periodsOverlap(a, b)) return null
  return { from: maxDate(a.from, b.from), to: earliestEnd(a.to, b.to) }
}

/** The days that are in at least one, as few periods as possible in order of time: those that touch become one. */
export function mergePeriods(periods: Iterable<Period>): Period[] {
  const merged: Period[] = []
  for (const next of [...periods].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const last = merged.at(-1)
    if (last && touches(last.to, next.from))
      merged[merged.length - 1] = { from: last.from, to: latestEnd(last.to, next.to) }
    else merged.push({ from: next.from, to: next.to })
  }
  return merged
}

/** The days of `a` that are in none of the others, in order of time; empty when nothing is left. */
export function subtractPeriods(a: Period, others: Iterable<Period>): Period[] {
  const left: Period[] = []
  let from = a.from
  for (const hole of mergePeriods(others)) {
    if (!periodsOverlap({ from, to: a.to }, hole)) continue
    if (hole.from > from) left.push({ from, to: addDays(hole.from, -1) })
    if (hole.to === null || hole.to === LAST_DAY || hole.to === a.to) return left
    from = addDays(hole.to, 1)
    if (a.to !== null && from > a.to) return left
  }
  left.push({ from, to: a.to })
  return left
}

function touches(end: IsoDate | null, start: IsoDate): boolean {
  return end === null || end === LAST_DAY || start <= addDays(end, 1)
}

function earliestEnd(a: IsoDate | null, b: IsoDate | null): IsoDate | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}

function latestEnd(a: IsoDate | null, b: IsoDate | null): IsoDate | null {
  if (a === null || b === null) return null
  return a > b ? a : b
}
