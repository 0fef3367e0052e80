import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateOf, instant, instantOfMillis, millisOf } from './instant.ts'

const ms = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2199, 11, 31) })

describe('instant', () => {
  test('every form of RFC 3339 becomes UTC with milliseconds', () => {
    expect(instant('2026-11-22T04:31:00Z')).toBe('2026-11-22T04:31:00.000Z')
    expect(instant('2026-11-22T00:31:00.5+01:00')).toBe('2026-11-21T23:31:00.500Z')
    expect(instant('2026-12-31t23:30:00.123999-01:30')).toBe('2027-01-01T01:00:00.123Z')
    expect(instant('2026-11-22T23:59:59+23:59')).toBe('2026-11-22T00:00:59.000Z')
    expect(instant('1969-12-31T23:59:59.999Z')).toBe('1969-12-31T23:59:59.999Z')
  })

  test.each([
    '2026-11-22',
    '2026-11-22T04:31:00',
    '2026-11-22T04:31Z',
    '2026-11-22T24:00:00Z',
    '2026-11-22T04:60:00Z',
    '2026-11-22T04:31:60Z',
    '2026-02-30T04:31:00Z',
    '2026-11-22T04:31:00+24:00',
    '2026-11-22T04:31:00+01:60',
    '2026-11-22T04:31:00+1:00',
    '2026-11-22 04:31:00Z',
    '0001-01-01T00:00:00+01:00',
    'now',
    '',
  ])('%j is no moment', (text) => {
    expect(() => instant(text)).toThrow(RangeError)
  })

  test('milliseconds and text agree with the platform and with each other', () => {
    fc.assert(
      fc.property(ms, (value) => {
        expect(instantOfMillis(value)).toBe(new Date(value).toISOString())
        expect(millisOf(instantOfMillis(value))).toBe(value)
        expect(instant(instantOfMillis(value))).toBe(instantOfMillis(value))
      }),
    )
  })

  test('text order is time order', () => {
    fc.assert(
      fc.property(ms, ms, (a, b) => {
        expect(instantOfMillis(a) < instantOfMillis(b)).toBe(a < b)
      }),
    )
  })

  test('the day is the Belgian one, in winter and in summer', () => {
    expect(dateOf(instant('2026-01-31T22:59:59.999Z'))).toBe('2026-01-31')
    expect(dateOf(instant('2026-01-31T23:00:00Z'))).toBe('2026-02-01')
    expect(dateOf(instant('2026-06-30T21:59:59.999Z'))).toBe('2026-06-30')
    expect(dateOf(instant('2026-06-30T22:00:00Z'))).toBe('2026-07-01')
  })

  test('the Belgian day agrees with the time-zone tables, also around the change of the hour', () => {
    const recent = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2099, 11, 31) })
    const evening = fc
      .tuple(
        fc.integer({ min: 1990, max: 2090 }),
        fc.constantFrom(2, 9),
        fc.integer({ min: 20, max: 38 }),
        fc.nat(3 * 3600),
      )
      .map(([year, month, day, second]) => Date.UTC(year, month, day, 21, 30, second))
    fc.assert(
      fc.property(fc.oneof(recent, evening), (value) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(value).toZonedDateTimeISO('Europe/Brussels')
        expect(dateOf(instantOfMillis(value))).toBe(zoned.toPlainDate().toString())
      }),
      { numRuns: 1000 },
    )
  })
})
