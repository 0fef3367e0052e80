import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cents, sumCents } from './money.ts'
import { splitByLargestRemainder } from './split.ts'

const total = fc.maxSafeInteger().map(cents)
const weight = fc.oneof(fc.nat(1000), fc.maxSafeNat(), fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.constant(0))
const weights = fc.array(weight, { minLength: 1, maxLength: 25 }).filter((list) => list.some((one) => one > 0))

describe('split by largest remainder', () => {
  test('cents that are left over go to the largest remainders', () => {
    expect(splitByLargestRemainder(cents(100), [1, 1, 1])).toEqual([34, 33, 33])
    expect(splitByLargestRemainder(cents(100), [47, 16, 158, 12, 61, 6])).toEqual([16, 5, 53, 4, 20, 2])
    expect(splitByLargestRemainder(cents(1), [1, 2, 2])).toEqual([0, 1, 0])
  })

  test('a negative total mirrors the positive one', () => {
    expect(splitByLargestRemainder(cents(-100), [1, 1, 1])).toEqual([-34, -33, -33])
  })

  test('a total of zero gives plain zeros', () => {
    expect(splitByLargestRemainder(cents(0), [3, 0]).every((share) => Object.is(share, 0))).toBe(true)
  })

  test('weights that are all zero, missing, negative or fractional are refused with the reason', () => {
    expect(() => splitByLargestRemainder(cents(5), [0, 0n])).toThrow(/all zero/)
    expect(() => splitByLargestRemainder(cents(0), [0])).toThrow(RangeError)
    expect(() => splitByLargestRemainder(cents(5), [])).toThrow(RangeError)
    expect(() => splitByLargestRemainder(cents(5), [1, -1])).toThrow(/weight 1 is -1/)
    expect(() => splitByLargestRemainder(cents(5), [-1n, 3n])).toThrow(/weight 0 is -1/)
    expect(() => splitByLargestRemainder(cents(5), [0.5])).toThrow(/whole numbers/)
  })

  test('the shares always add up to the total', () => {
    fc.assert(
      fc.property(total, weights, (t, w) => {
        expect(sumCents(splitByLargestRemainder(t, w))).toBe(t)
      }),
    )
  })

  test('every share is less than one cent from its exact part', () => {
    fc.assert(
      fc.property(total, weights, (t, w) => {
        const sum = w.reduce<bigint>((all, one) => all + BigInt(one), 0n)
        splitByLargestRemainder(t, w).forEach((share, i) => {
          const error = BigInt(share) * sum - BigInt(t) * BigInt(w[i]!)
          expect(error < sum && error > -sum).toBe(true)
        })
      }),
    )
  })

  test('a larger weight never gets the smaller share, and of equal weights the first is served first', () => {
    fc.assert(
      fc.property(
        total.filter((t) => t >= 0),
        weights,
        (t, w) => {
          const shares = splitByLargestRemainder(t, w)
          const order = w.map((_, i) => i).sort((a, b) => (w[a]! > w[b]! ? -1 : w[a]! < w[b]! ? 1 : a - b))
          const ranked = order.map((i) => shares[i]!)
          expect(ranked).toEqual(ranked.toSorted((a, b) => b - a))
        },
      ),
    )
  })

  test('mirroring the total mirrors every share', () => {
    fc.assert(
      fc.property(total, weights, (t, w) => {
        expect(splitByLargestRemainder(cents(-t), w)).toEqual(
          splitByLargestRemainder(t, w).map((share) => cents(-share)),
        )
      }),
    )
  })
})
