import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from './date-arithmetic.ts'
import { isoDate } from './iso-date.ts'
import {
  intersectPeriods,
  mergePeriods,
  type Period,
  period,
  periodContains,
  periodsOverlap,
  subtractPeriods,
} from './period.ts'

const SPAN = 40
const start = isoDate('2023-12-20')
const days = Array.from({ length: SPAN + 2 }, (_, i) => addDays(start, i))
const anyPeriod: fc.Arbitrary<Period> = fc
  .tuple(fc.nat(SPAN), fc.nat(SPAN), fc.integer({ min: 0, max: 4 }))
  .map(([a, b, open]) => period(days[Math.min(a, b)]!, open === 0 ? null : days[Math.max(a, b)]!))
const several = fc.array(anyPeriod, { maxLength: 8 })
const inAny = (list: readonly Period[], day: (typeof days)[number]) => list.some((p) => periodContains(p, day))

/** In order of time, and with at least one free day between one and the next. */
function expectNormal(list: readonly Period[]): void {
  list.forEach((p, i) => {
    expect(p.to === null || p.from <= p.to).toBe(true)
    const next = list[i + 1]
    if (next) expect(p.to !== null && addDays(p.to, 1) < next.from).toBe(true)
  })
}

describe('period', () => {
  const p = (from: string, to: string | null) => period(isoDate(from), to === null ? null : isoDate(to))

  test('a period contains both its ends and has at least one day', () => {
    expect(periodContains(p('2026-01-01', '2026-01-01'), isoDate('2026-01-01'))).toBe(true)
    expect(periodContains(p('2026-01-01', null), isoDate('9999-12-31'))).toBe(true)
    expect(() => p('2026-01-02', '2026-01-01')).toThrow(/before its first day/)
  })

  test('periods that touch become one, a gap of a day keeps them apart', () => {
    expect(mergePeriods([p('2026-02-01', '2026-02-28'), p('2026-01-01', '2026-01-31')])).toEqual([
      p('2026-01-01', '2026-02-28'),
    ])
    expect(mergePeriods([p('2026-01-01', '2026-01-30'), p('2026-02-01', null)])).toHaveLength(2)
  })

  test('a hole in the middle leaves both sides', () => {
    expect(subtractPeriods(p('2026-01-01', null), [p('2026-03-01', '2026-03-31')])).toEqual([
      p('2026-01-01', '2026-02-28'),
      p('2026-04-01', null),
    ])
  })

  test('the end of the calendar is not stepped over', () => {
    expect(mergePeriods([p('2026-01-01', '9999-12-31'), p('2027-01-01', null)])).toEqual([p('2026-01-01', null)])
    expect(subtractPeriods(p('2026-01-01', null), [p('2026-02-01', '9999-12-31')])).toEqual([
      p('2026-01-01', '2026-01-31'),
    ])
    expect(subtractPeriods(p('9999-12-31', '9999-12-31'), [p('2026-02-01', null)])).toEqual([])
  })

  test('merging keeps exactly the days that were in some period', () => {
    fc.assert(
      fc.property(several, (list) => {
        const merged = mergePeriods(list)
        expectNormal(merged)
        for (const day of days) expect(inAny(merged, day)).toBe(inAny(list, day))
      }),
    )
  })

  test('intersecting keeps exactly the common days, and overlap says whether there are any', () => {
    fc.assert(
      fc.property(anyPeriod, anyPeriod, (a, b) => {
        const both = intersectPeriods(a, b)
        expect(periodsOverlap(a, b)).toBe(both !== null)
        for (const day of days) {
          expect(both !== null && periodContains(both, day)).toBe(periodContains(a, day) && periodContains(b, day))
        }
      }),
    )
  })

  test('subtracting keeps exactly the days that are in none of the others', () => {
    fc.assert(
      fc.property(anyPeriod, several, (a, others) => {
        const left = subtractPeriods(a, others)
        expectNormal(left)
        for (const day of days) expect(inAny(left, day)).toBe(periodContains(a, day) && !inAny(others, day))
      }),
      { numRuns: 300 },
    )
  })

  test('the order of the list does not matter and the list is left as it was', () => {
    fc.assert(
      fc.property(several, anyPeriod, (list, a) => {
        const copy = structuredClone(list)
        expect(mergePeriods(list.toReversed())).toEqual(mergePeriods(list))
        expect(subtractPeriods(a, list.toReversed())).toEqual(subtractPeriods(a, list))
        expect(list).toEqual(copy)
      }),
    )
  })
})
