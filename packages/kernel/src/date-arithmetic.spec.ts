import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  addYears,
  ageOn,
  firstDayOfMonth,
  firstDayOfYear,
  lastDayOfMonth,
  lastDayOfYear,
  maxDate,
  minDate,
} from './date-arithmetic.ts'
import { dateOfDayNumber, type IsoDate, isoDate } from './iso-date.ts'

const d = isoDate
// 1600 to 2399, so that shifts stay inside the range
const date = fc.integer({ min: -135_140, max: 157_053 }).map(dateOfDayNumber)
const plain = (value: IsoDate) => Temporal.PlainDate.from(value)

describe('date arithmetic', () => {
  test('a month without that day gives its last day', () => {
    expect(addMonths(d('2024-01-31'), 1)).toBe('2024-02-29')
    expect(addMonths(d('2023-01-31'), 1)).toBe('2023-02-28')
    expect(addMonths(d('2024-03-31'), -1)).toBe('2024-02-29')
    expect(addMonths(d('2024-12-15'), 1)).toBe('2025-01-15')
    expect(addYears(d('2024-02-29'), 1)).toBe('2025-02-28')
    expect(addYears(d('2024-02-29'), 4)).toBe('2028-02-29')
  })

  test('the calendar ends at the years 1 and 9999', () => {
    expect(() => addDays(d('9999-12-31'), 1)).toThrow(RangeError)
    expect(() => addYears(d('0001-06-01'), -1)).toThrow(RangeError)
    expect(() => addDays(d('2026-01-01'), 0.5)).toThrow(RangeError)
    expect(() => addMonths(d('2026-01-01'), 0.5)).toThrow(RangeError)
  })

  test('adding days, months and years agrees with Temporal', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -3000, max: 3000 }), (from, n) => {
        expect(addDays(from, n)).toBe(plain(from).add({ days: n }).toString())
        expect(addMonths(from, n)).toBe(plain(from).add({ months: n }).toString())
        expect(addYears(from, n % 500)).toBe(
          plain(from)
            .add({ years: n % 500 })
            .toString(),
        )
      }),
    )
  })

  test('first and last days enclose their month and year', () => {
    expect([firstDayOfYear(2026), lastDayOfYear(2026)]).toEqual(['2026-01-01', '2026-12-31'])
    expect([firstDayOfMonth(d('2024-02-10')), lastDayOfMonth(d('2024-02-10'))]).toEqual(['2024-02-01', '2024-02-29'])
    fc.assert(
      fc.property(date, (day) => {
        expect(lastDayOfMonth(day).slice(0, 7)).toBe(day.slice(0, 7))
        expect(addDays(lastDayOfMonth(day), 1)).toBe(addMonths(firstDayOfMonth(day), 1))
      }),
    )
  })

  test('age counts completed years, and a leapling ages on 1 March of a common year', () => {
    expect(ageOn(d('1999-05-18'), d('2020-05-17'))).toBe(20)
    expect(ageOn(d('1999-05-18'), d('2020-05-18'))).toBe(21)
    expect(ageOn(d('2000-02-29'), d('2025-02-28'))).toBe(24)
    expect(ageOn(d('2000-02-29'), d('2025-03-01'))).toBe(25)
    expect(ageOn(d('2000-02-29'), d('2024-02-29'))).toBe(24)
    expect(ageOn(d('2026-06-01'), d('2026-05-31'))).toBe(-1)
  })

  test('age never falls and rises by one on a birthday', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 1, max: 110 }), (birth, years) => {
        const birthday = birth.endsWith('-02-29')
          ? addDays(addYears(addDays(birth, -1), years), 1)
          : addYears(birth, years)
        expect(ageOn(birth, birthday)).toBe(years)
        expect(ageOn(birth, addDays(birthday, -1))).toBe(years - 1)
      }),
    )
  })

  test('the earliest and the latest date are found in any order', () => {
    expect(minDate(d('2026-02-01'), d('2026-01-31'), d('2027-01-01'))).toBe('2026-01-31')
    expect(maxDate(d('2026-02-01'), d('2027-01-01'), d('2026-01-31'))).toBe('2027-01-01')
    expect(maxDate(d('2026-02-01'))).toBe('2026-02-01')
  })
})
