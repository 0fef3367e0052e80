import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fixedClock, movableClock, systemClock } from './clock.ts'
import { addDays } from './date-arithmetic.ts'
import { instant, millisOf } from './instant.ts'
import { isoDate } from './iso-date.ts'

const start = isoDate('2026-01-01')
const at = (text: string) => millisOf(instant(text))

describe('movable clock', () => {
  test('now is the business date at the time of day of the machine', () => {
    const clock = movableClock(start, () => at('2030-07-04T09:15:30.250Z'))
    expect(clock.now()).toBe('2026-01-01T09:15:30.250Z')
    expect(clock.today()).toBe('2026-01-01')
  })

  test('two calls in one millisecond differ by a millisecond', () => {
    const clock = movableClock(start, () => at('2030-07-04T09:15:30.250Z'))
    expect([clock.now(), clock.now(), clock.now()].map((now) => now.slice(20, 23))).toEqual(['250', '251', '252'])
  })

  test('moving forward takes now along, moving to the same day changes nothing', () => {
    const clock = movableClock(start, () => at('2030-07-04T09:15:30.250Z'))
    clock.moveTo(isoDate('2031-03-01'))
    clock.moveTo(isoDate('2031-03-01'))
    expect(clock.today()).toBe('2031-03-01')
    expect(clock.now()).toBe('2031-03-01T09:15:30.250Z')
  })

  test('moving back is refused and leaves the date as it was', () => {
    const clock = movableClock(start)
    expect(() => clock.moveTo(isoDate('2025-12-31'))).toThrow(/cannot go back/)
    expect(clock.today()).toBe('2026-01-01')
  })

  test('midnight of the machine does not bring now back', () => {
    let wall = at('2030-07-04T23:59:59.999Z')
    const clock = movableClock(start, () => wall)
    expect(clock.now()).toBe('2026-01-01T23:59:59.999Z')
    wall = at('2030-07-05T00:00:01.000Z')
    expect(clock.now()).toBe('2026-01-02T00:00:00.000Z')
    expect(clock.today()).toBe('2026-01-01')
  })

  test('a process that starts again goes on after the newest moment of the one before', () => {
    const morning = () => at('2030-07-05T08:00:00Z')
    const clock = movableClock(start, morning, instant('2026-01-01T17:30:00.000Z'))
    expect([clock.now(), clock.now()]).toEqual(['2026-01-01T17:30:00.001Z', '2026-01-01T17:30:00.002Z'])
    expect(movableClock(start, morning, instant('2025-12-31T23:00:00Z')).now()).toBe('2026-01-01T08:00:00.000Z')
  })

  test('it knows how long ago a moment was, and of one before the last move only that it was before', () => {
    let wall = at('2030-07-04T09:00:00Z')
    const clock = movableClock(start, () => wall)
    const before = clock.now()
    wall += 2_000
    expect(clock.millisSince(before)).toBe(2_000)
    clock.moveTo(isoDate('2026-02-01'))
    const moved = clock.now()
    wall += 500
    expect([clock.millisSince(before), clock.millisSince(moved)]).toEqual([500, 500])
    clock.moveTo(isoDate('2026-02-01'))
    expect(clock.millisSince(before)).toBe(500)
  })

  test('a moment that it gave ahead of the machine was not longer ago than it is', () => {
    let wall = at('2030-07-04T09:00:00Z')
    const clock = movableClock(start, () => wall)
    const given = Array.from({ length: 5_000 }, () => clock.now())
    wall += 1_000
    expect([clock.millisSince(given[0]!), clock.millisSince(given[4_999]!)]).toEqual([1_000, 0])
    wall = at('2030-07-05T00:00:01Z')
    expect(clock.millisSince(given[0]!)).toBe(0)
  })

  test('now rises strictly whatever the machine and the business date do', () => {
    const step = fc.record({ wall: fc.integer({ min: -100_000_000, max: 100_000_000 }), days: fc.nat(3) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let wall = at('2030-07-04T12:00:00Z')
        const clock = movableClock(start, () => wall)
        let before = clock.now()
        for (const { wall: shift, days } of steps) {
          wall += shift
          clock.moveTo(addDays(clock.today(), days))
          const now = clock.now()
          expect(now > before).toBe(true)
          before = now
        }
      }),
    )
  })
})

describe('system clock', () => {
  test('today is the Belgian day of now', () => {
    const clock = systemClock(() => at('2026-06-30T22:00:00Z'))
    expect(clock.now()).toBe('2026-06-30T22:00:00.000Z')
    expect(clock.today()).toBe('2026-07-01')
  })

  test('a machine that is set back does not bring now back', () => {
    let wall = at('2026-06-30T12:00:00Z')
    const clock = systemClock(() => wall)
    const before = clock.now()
    wall -= 60_000
    expect(clock.now()).toBe(before)
  })

  test('a machine that was set back while it was down does not bring now back', () => {
    const clock = systemClock(() => at('2026-06-30T12:00:00Z'), instant('2026-06-30T12:00:03Z'))
    expect(clock.now()).toBe('2026-06-30T12:00:03.000Z')
  })

  test('it knows how long ago a moment was, and not that one has yet to come', () => {
    const clock = systemClock(() => at('2026-06-30T12:00:00Z'), instant('2026-06-30T12:00:03Z'))
    expect(clock.millisSince(instant('2026-06-30T11:59:00Z'))).toBe(60_000)
    expect(clock.millisSince(clock.now())).toBe(0)
  })

  test('it follows the machine by default', () => {
    const now = millisOf(systemClock().now())
    expect(Math.abs(now - Date.now())).toBeLessThan(60_000)
  })
})

describe('fixed clock', () => {
  test('it stands still at its moment and its Belgian day', () => {
    const clock = fixedClock(instant('2026-12-31T23:30:00Z'))
    expect([clock.now(), clock.now(), clock.today()]).toEqual([
      '2026-12-31T23:30:00.000Z',
      '2026-12-31T23:30:00.000Z',
      '2027-01-01',
    ])
  })
})
