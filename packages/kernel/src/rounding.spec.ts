import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { divideRounded, type Rounding } from './rounding.ts'

const roundings: readonly Rounding[] = ['halfUp', 'halfEven', 'down', 'up']

describe('rounding', () => {
  test.each([
    ['halfUp', [0, 1, 1, 2, 3]],
    ['halfEven', [0, 0, 1, 2, 2]],
    ['down', [0, 0, 0, 1, 2]],
    ['up', [1, 1, 1, 2, 3]],
  ] as const)(
    '%s rounds 0.25, 0.5, 0.75, 1.5 and 2.5 as its name says, and mirrors the negatives',
    (rounding, expected) => {
      const quarters = [1n, 2n, 3n, 6n, 10n]
      expect(quarters.map((q) => Number(divideRounded(q, 4n, rounding)))).toEqual(expected)
      expect(quarters.map((q) => Number(-divideRounded(-q, 4n, rounding)))).toEqual(expected)
      expect(quarters.map((q) => Number(-divideRounded(q, -4n, rounding)))).toEqual(expected)
    },
  )

  test('an exact quotient is never touched', () => {
    fc.assert(
      fc.property(
        fc.bigInt(),
        fc.bigInt().filter((d) => d !== 0n),
        fc.constantFrom(...roundings),
        (q, d, rounding) => {
          expect(divideRounded(q * d, d, rounding)).toBe(q)
        },
      ),
    )
  })

  test('a larger dividend never gives a smaller result', () => {
    fc.assert(
      fc.property(
        fc.bigInt(),
        fc.nat(),
        fc.bigInt({ min: 1n }),
        fc.constantFrom(...roundings),
        (n, more, d, rounding) => {
          expect(divideRounded(n + BigInt(more), d, rounding) >= divideRounded(n, d, rounding)).toBe(true)
        },
      ),
    )
  })

  test('an unknown rounding is refused by name', () => {
    expect(() => divideRounded(1n, 2n, 'nearest' as Rounding)).toThrow(/'nearest'/)
  })
})
