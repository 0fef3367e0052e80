import { fixedClock, type Instant } from '@ziv/kernel'
import { expect, test } from 'vitest'
import { knownAtOf } from './known-at.ts'

const clock = fixedClock('2026-03-02T09:15:00.000Z' as Instant)

test('a moment of knowledge that has not come is refused, now is what is taken without one', () => {
  expect(() => knownAtOf(clock, '2026-03-02T09:15:00.001Z' as Instant)).toThrow(
    expect.objectContaining({ statusCode: 400 }),
  )
  expect(knownAtOf(clock, '2026-03-02T09:15:00.000Z' as Instant)).toBe('2026-03-02T09:15:00.000Z')
  expect(knownAtOf(clock, undefined)).toBe(clock.now())
})
