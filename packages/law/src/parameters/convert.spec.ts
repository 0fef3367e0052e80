import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Unit } from '../types.ts'
import { convertValue } from './convert.ts'
import type { WrittenValue } from './schema.ts'

describe('a figure of the law becomes exact', () => {
  it.each<[WrittenValue, Unit, unknown]>([
    ['0', 'euro', 0],
    [12, 'euro', 1200],
    ['12.3', 'euro', 1230],
    [12.34, 'euro', 1234],
    ['12.340', 'euro', 1234],
    ['-0.05', 'euro', -5],
    ['7.35', 'percent', { numerator: 735, denominator: 10_000 }],
    [10, 'percent', { numerator: 10, denominator: 100 }],
    ['0.50', 'ratio', { numerator: 5, denominator: 10 }],
    ['3/4', 'ratio', { numerator: 3, denominator: 4 }],
    ['10/12', 'ratio', { numerator: 10, denominator: 12 }],
    [25, 'age', 25],
    [0, 'count', 0],
    [-2, 'months', -2],
    ['10-01', 'monthDay', '10-01'],
    ['02-28', 'monthDay', '02-28'],
    ['everyOther', 'rule', 'everyOther'],
  ])('%s in %s', (written, unit, value) => {
    expect(convertValue(written, unit)).toEqual(value)
  })

  it('to the cent, whatever the amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (amount) => {
        const written = `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`
        expect(convertValue(written, 'euro')).toBe(amount)
        expect(convertValue(`-${written}`, 'euro') as number).toBe(0 - amount)
        expect(convertValue(written, 'ratio')).toMatchObject({ numerator: expect.any(Number) })
      }),
    )
  })

  it('and a rule that ended has no figure in any unit', () => {
    for (const unit of ['euro', 'percent', 'ratio', 'years', 'monthDay', 'rule'] as const)
      expect(convertValue(null, unit)).toBeNull()
  })
})

describe('a table of the law', () => {
  it('becomes exact cell by cell, by key or row after row, and cannot be changed', () => {
    const byKey = convertValue({ normal: '6.00', preferential: '1.50', ended: null }, 'euro') as object
    expect(byKey).toEqual({ normal: 600, preferential: 150, ended: null })
    const rows = convertValue([{ fee: 1 }, { fee: 2 }], 'euro') as readonly object[]
    expect(rows).toEqual([{ fee: 100 }, { fee: 200 }])
    for (const frozen of [byKey, rows, ...rows]) expect(Object.isFrozen(frozen)).toBe(true)
    for (const written of ['3/4', '0.75']) expect(Object.isFrozen(convertValue(written, 'ratio'))).toBe(true)
  })
})

describe('what cannot be a value of its unit is refused, with what is wrong', () => {
  it.each<[WrittenValue, Unit, string]>([
    ['10.105', 'euro', '"10.105" has more than two decimals: not an amount in euro'],
    ['ten', 'euro', '"ten" is not a decimal number'],
    ['1,5', 'percent', '"1,5" is not a decimal number'],
    ['1.', 'euro', '"1." is not a decimal number'],
    ['x1', 'euro', '"x1" is not a decimal number'],
    ['1x', 'percent', '"1x" is not a decimal number'],
    ['3/0', 'ratio', '"3/0" divides by zero'],
    ['3/4 x', 'ratio', '"3/4 x" is not a decimal number'],
    ['x 3/4', 'ratio', '"x 3/4" is not a decimal number'],
    ['-3/4', 'ratio', '"-3/4" is not a decimal number'],
    [1.5, 'years', '"1.5" is not a whole number of years'],
    ['12', 'months', '"12" is not a whole number of months'],
    [Number.MAX_VALUE, 'count', `"${Number.MAX_VALUE}" is not a whole number of count`],
    [3, 'rule', 'a value in unit rule is text, not 3'],
    [1001, 'monthDay', 'a value in unit monthDay is text, not 1001'],
    ['13-01', 'monthDay', '"13-01" is not a day of the year written MM-DD'],
    ['1-1', 'monthDay', '"1-1" is not a day of the year written MM-DD'],
    ['02-30', 'monthDay', '"02-30" is not a day of the year written MM-DD'],
    ['02-29', 'monthDay', '"02-29" is not a day of the year written MM-DD'],
    ['04-31', 'monthDay', '"04-31" is not a day of the year written MM-DD'],
  ])('no %s in %s', (written, unit, message) => {
    expect(() => convertValue(written, unit)).toThrow(new RangeError(message))
  })

  test('as one cell of a table', () => {
    expect(() => convertValue([{ from: 1, fee: 'much' }], 'euro')).toThrow('"much" is not a decimal number')
  })

  test.each<Unit>(['years', 'months', 'days', 'age', 'count', 'weight'])('a part of %s', (unit) => {
    expect(convertValue(3, unit)).toBe(3)
    expect(() => convertValue(2.5, unit)).toThrow(RangeError)
  })
})
