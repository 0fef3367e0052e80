import { expect, test } from 'vitest'
import { formatAmount } from './amount-text.ts'
import { LANGUAGES } from './rejection.ts'

test('an amount is written as each language writes it', () => {
  expect(LANGUAGES.map((language) => formatAmount(-123_456_789, language))).toEqual([
    'EUR -1.234.567,89',
    '-1\u00a0234\u00a0567,89\u00a0EUR',
    'EUR -1.234.567,89',
    'EUR -1,234,567.89',
  ])
})
