import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatEuro, parseEuro } from './euro.ts'
import { cents } from './money.ts'

describe('euro text', () => {
  test('an amount is written with a dot and two decimals', () => {
    expect([123_450, 5, -5, 0, -100].map((n) => formatEuro(cents(n)))).toEqual([
      '1234.50',
      '0.05',
      '-0.05',
      '0.00',
      '-1.00',
    ])
  })

  test('a dot or a comma and up to two decimals are read', () => {
    for (const text of ['12.5', '12,50', ' 12.50 ', '+12.5']) expect(parseEuro(text)).toEqual({ ok: true, value: 1250 })
    expect(parseEuro('-0.00')).toEqual({ ok: true, value: 0 })
  })

  test.each(['', '1.234', '1.234,50', '1e3', '12.', '.5', '€ 5', '12 50', '99999999999999.99', 'NaN'])(
    'the text %j is refused',
    (text) => {
      expect(parseEuro(text)).toMatchObject({ ok: false, error: { code: 'EURO_FORMAT' } })
    },
  )

  test('what is written is read back', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger().map(cents), (amount) => {
        expect(parseEuro(formatEuro(amount))).toEqual({ ok: true, value: amount })
      }),
    )
  })
})
