import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from './date-arithmetic.ts'
import { dateOfDayNumber, isoDate } from './iso-date.ts'
import {
  addQuarters,
  isQuarter,
  nextQuarter,
  numberOfQuarter,
  previousQuarter,
  quarter,
  quarterEnd,
  quarterOf,
  quarterOfParts,
  quarterStart,
  quartersOfYear,
  yearOfQuarter,
} from './quarter.ts'

const date = fc.integer({ min: -100_000, max: 150_000 }).map(dateOfDayNumber)
const anyQuarter = date.map(quarterOf)

describe('quarter', () => {
  test.each(['2026Q0', '2026Q5', '2026-Q1', '2026q1', '26Q1', '2026Q11', '0000Q1', ' 2026Q1', ''])(
    '%j is no quarter',
    (text) => {
      expect(isQuarter(text)).toBe(false)
      expect(() => quarter(text)).toThrow(/2026Q1/)
    },
  )

  test('a quarter has a year, a number and two ends', () => {
    const q = quarter('2024Q1')
    expect([yearOfQuarter(q), numberOfQuarter(q), quarterStart(q), quarterEnd(q)]).toEqual([
      2024,
      1,
      '2024-01-01',
      '2024-03-31',
    ])
    expect(quartersOfYear(2024).map(quarterEnd)).toEqual(['2024-03-31', '2024-06-30', '2024-09-30', '2024-12-31'])
    expect(() => quarterOfParts(2024, 5)).toThrow(RangeError)
    expect(() => quarterOfParts(2024.5, 1)).toThrow(RangeError)
  })

  test('work that begins on 15 March counts from 1 January', () => {
    expect(quarterStart(quarterOf(isoDate('2023-03-15')))).toBe('2023-01-01')
  })

  test('a day lies in its quarter, and the neighbours touch it', () => {
    fc.assert(
      fc.property(date, (day) => {
        const q = quarterOf(day)
        expect(quarterStart(q) <= day && day <= quarterEnd(q)).toBe(true)
        expect(quarterStart(nextQuarter(q))).toBe(addDays(quarterEnd(q), 1))
        expect(quarterEnd(previousQuarter(q))).toBe(addDays(quarterStart(q), -1))
      }),
    )
  })

  test('stepping is a group, and text order is time order', () => {
    const step = fc.integer({ min: -400, max: 400 })
    fc.assert(
      fc.property(anyQuarter, step, step, (q, a, b) => {
        expect(addQuarters(addQuarters(q, a), b)).toBe(addQuarters(q, a + b))
        expect(addQuarters(q, a) < q).toBe(a < 0)
        expect(quarterOfParts(yearOfQuarter(q), numberOfQuarter(q))).toBe(q)
      }),
    )
  })
})
