import type { Instant } from '@ziv/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type InsurabilityState, newerInsurability } from './insurability.ts'

const at = (n: number) => `2024-01-01T00:00:0${n}.000Z` as Instant

test('of several timelines the one recorded last counts, in whatever order they arrive', () => {
  const states: InsurabilityState[] = [1, 2, 3].map((n) => ({
    personId: 'p',
    recordedAt: at(Math.min(n, 2)),
    sequence: n,
    eventId: `e${n}`,
    periods: [],
  }))
  fc.assert(
    fc.property(fc.shuffledSubarray(states, { minLength: 3 }), (order) => {
      expect(order.reduce(newerInsurability).eventId).toBe('e3')
    }),
  )
})
