import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addCents, cents, multiplyCents, subtractCents, sumCents } from './money.ts'

const amount = fc.integer({ min: -(10 ** 14), max: 10 ** 14 }).map(cents)
const max = cents(Number.MAX_SAFE_INTEGER)

describe('money', () => {
  test('an amount is a whole number of cents in the safe range', () => {
    expect(cents(1050)).toBe(1050)
    for (const wrong of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
      expect(() => cents(wrong)).toThrow(RangeError)
  })

  test('there is one zero only', () => {
    expect(Object.is(cents(-0), 0)).toBe(true)
    expect(Object.is(multiplyCents(cents(-1), 1, 3, 'down'), 0)).toBe(true)
  })

  test('a sum beyond the safe range is refused instead of losing cents', () => {
    expect(() => addCents(max, cents(1))).toThrow(RangeError)
    expect(() => sumCents([max, cents(1)])).toThrow(RangeError)
    expect(() => subtractCents(cents(-max), cents(1))).toThrow(RangeError)
    expect(() => multiplyCents(max, 2, 1, 'down')).toThrow(RangeError)
  })

  test('nothing sums to zero', () => {
    expect(sumCents([])).toBe(0)
  })

  test('adding, summing and subtracting agree with exact arithmetic', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 20 }), (amounts) => {
        const exact = Number(amounts.reduce((all, one) => all + BigInt(one), 0n))
        const [first, ...others] = amounts
        expect(sumCents(amounts)).toBe(exact)
        expect(addCents(first!, ...others)).toBe(exact)
        expect(subtractCents(cents(exact), first!)).toBe(sumCents(others))
      }),
    )
  })

  test('a rate is a fraction of whole numbers', () => {
    expect(multiplyCents(cents(797_672), 3, 4, 'halfUp')).toBe(598_254)
    expect(multiplyCents(cents(797_672), 3n, 4n, 'halfUp')).toBe(598_254)
    expect(() => multiplyCents(cents(100), 0.75, 1, 'halfUp')).toThrow(/two whole numbers/)
    expect(() => multiplyCents(cents(100), 1, 0, 'halfUp')).toThrow(/zero/)
  })

  test('a rate of one gives the amount back, and the error of rounding is below one cent', () => {
    const factor = fc.integer({ min: 1, max: 1_000_000 })
    const rounding = fc.constantFrom('halfUp', 'halfEven', 'down', 'up')
    const small = fc.integer({ min: -(10 ** 9), max: 10 ** 9 }).map(cents)
    fc.assert(
      fc.property(small, factor, factor, rounding, (value, n, d, how) => {
        expect(multiplyCents(value, n, n, how)).toBe(value)
        const error = BigInt(multiplyCents(value, n, d, how)) * BigInt(d) - BigInt(value) * BigInt(n)
        expect(error < BigInt(d) && error > -BigInt(d)).toBe(true)
      }),
    )
  })
})
