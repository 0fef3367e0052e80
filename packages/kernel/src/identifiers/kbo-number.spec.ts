import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeKboNumber, parseKboNumber } from './kbo-number.ts'
import { singleDigitChanges } from './single-digit-changes.ts'

const base = fc.integer({ min: 1, max: 19_999_999 })

describe('enterprise number', () => {
  test.each(['0566988259', '0400767772', '0449888671', '0471149091'])('the published example %s is read', (text) => {
    expect(parseKboNumber(text)).toEqual({ ok: true, value: text })
  })

  test('the usual spellings are read, also the old one of nine digits', () => {
    for (const text of ['0566.988.259', 'BE 0566.988.259', 'be0566988259', '566 988 259', 'BE566988259']) {
      expect(parseKboNumber(text)).toEqual({ ok: true, value: '0566988259' })
    }
  })

  test.each(['', '97', '2566988259', '0000000097', '05669882590', 'NL566988259', '0566_988_259'])(
    '%j has another form',
    (text) => {
      expect(parseKboNumber(text)).toMatchObject({ ok: false, error: { code: 'KBO_NUMBER_FORMAT' } })
    },
  )

  test('wrong check digits are refused', () => {
    expect(parseKboNumber('0123456789')).toMatchObject({ ok: false, error: { code: 'KBO_NUMBER_CHECK_DIGITS' } })
  })

  test('a number is not made of a base that has none', () => {
    for (const wrong of [0, 20_000_000, 1.5]) expect(() => makeKboNumber(wrong)).toThrow(RangeError)
  })

  test('every number that is made is read back, and no single wrong digit passes', () => {
    fc.assert(
      fc.property(base, (n) => {
        const number = makeKboNumber(n)
        expect(parseKboNumber(number)).toEqual({ ok: true, value: number })
        expect(singleDigitChanges(number).filter((changed) => parseKboNumber(changed).ok)).toEqual([])
      }),
    )
  })
})
