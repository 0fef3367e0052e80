import { describe, expect, test } from 'vitest'
import { parseIban } from './iban.ts'
import { singleDigitChanges } from './single-digit-changes.ts'

describe('IBAN', () => {
  test.each(['BE68 5390 0754 7034', 'be68539007547034', 'BE68539007547034'])('%s is read', (text) => {
    expect(parseIban(text)).toEqual({ ok: true, value: 'BE68539007547034' })
  })

  test.each(['', 'BE6853900754703', 'XX68539007547034', 'BE00539007547034'])('%j is refused', (text) => {
    expect(parseIban(text)).toMatchObject({ ok: false, error: { code: 'IBAN_FORMAT' } })
  })

  test('one mistyped digit is always found', () => {
    for (const wrong of singleDigitChanges('BE68539007547034')) {
      expect({ wrong, read: parseIban(wrong).ok }).toEqual({ wrong, read: false })
    }
  })
})
