import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isLeapYear } from './civil.ts'
import { dateOfDayNumber, dateOfParts, dayNumber, dayOfMonth, isIsoDate, isoDate, monthOf, yearOf } from './iso-date.ts'

const firstDay = dayNumber(isoDate('0001-01-01'))
const lastDay = dayNumber(isoDate('9999-12-31'))
const day = fc.integer({ min: firstDay, max: lastDay })

describe('date', () => {
  test.each(['2024-02-29', '2000-02-29', '1600-02-29', '0001-01-01', '9999-12-31', '2026-11-30'])(
    '%s is a date',
    (text) => {
      expect(isIsoDate(text)).toBe(true)
      expect(isoDate(text)).toBe(text)
    },
  )

  test.each([
    '2023-02-29',
    '1900-02-29',
    '2026-11-31',
    '2026-00-10',
    '2026-13-01',
    '2026-01-00',
    '2026-01-32',
    '0000-01-01',
    '2026-1-01',
    '26-01-01',
    '2026/01/01',
    '2026-01-01T00:00',
    ' 2026-01-01',
    '20260101',
    '2026-0a-01',
    '-026-01-01',
    '',
  ])('%j is no date', (text) => {
    expect(isIsoDate(text)).toBe(false)
    expect(() => isoDate(text)).toThrow(/YYYY-MM-DD/)
  })

  test('a value that is no text is no date', () => {
    expect([null, undefined, 20260101, new Date(0), ['2026-01-01']].map(isIsoDate)).toEqual(Array(5).fill(false))
  })

  test('the parts of a date are its year, month and day', () => {
    const date = isoDate('0987-06-05')
    expect([yearOf(date), monthOf(date), dayOfMonth(date)]).toEqual([987, 6, 5])
    expect(dateOfParts(987, 6, 5)).toBe(date)
    expect(() => dateOfParts(2023, 2, 29)).toThrow(RangeError)
    expect(() => dateOfParts(12_026, 1, 1)).toThrow(RangeError)
  })

  test('leap years follow the Gregorian rule', () => {
    expect([2000, 2024, 2023, 1900, 2100, 2400].map(isLeapYear)).toEqual([true, true, false, false, false, true])
  })

  test('day numbers count from 1970 and cover the years 1 to 9999', () => {
    expect(dayNumber(isoDate('1970-01-01'))).toBe(0)
    expect(dayNumber(isoDate('1969-12-31'))).toBe(-1)
    expect(dateOfDayNumber(firstDay)).toBe('0001-01-01')
    for (const outside of [firstDay - 1, lastDay + 1, 0.5, Number.NaN])
      expect(() => dateOfDayNumber(outside)).toThrow(RangeError)
  })

  test('every day of a 400-year cycle follows the day before it', () => {
    const start = dayNumber(isoDate('1900-01-01'))
    let before = ''
    for (let n = start; n < start + 146_097; n++) {
      const date = dateOfDayNumber(n)
      if (!(date > before) || dayNumber(date) !== n || !isIsoDate(date))
        expect.fail(`day ${n} gives ${date} after ${before}`)
      before = date
    }
    expect(before).toBe('2299-12-31')
  })

  test('day numbers and dates agree with Temporal', () => {
    const epoch = Temporal.PlainDate.from('1970-01-01')
    fc.assert(
      fc.property(day, (n) => {
        const expected = epoch.add({ days: n })
        expect(dateOfDayNumber(n)).toBe(expected.toString())
        expect(dayNumber(isoDate(expected.toString()))).toBe(n)
      }),
    )
  })

  test('text that looks like a date is accepted exactly when Temporal accepts it', () => {
    const part = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), part(14), part(33), (year, month, dd) => {
        const text = `${String(year).padStart(4, '0')}-${month}-${dd}`
        let known = true
        try {
          Temporal.PlainDate.from(text)
        } catch {
          known = false
        }
        expect(isIsoDate(text)).toBe(known)
      }),
      { numRuns: 500 },
    )
  })
})
