import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatOgm, makeOgm, parseOgm } from './ogm.ts'
import { singleDigitChanges } from './single-digit-changes.ts'

describe('structured communication', () => {
  test('the check digits are the remainder by 97, and a remainder of zero is 97', () => {
    expect(makeOgm(1_234_567_890)).toBe('123456789002')
    expect([makeOgm(0), makeOgm(97), makeOgm(98)]).toEqual(['000000000097', '000000009797', '000000009801'])
  })

  test('the spellings on paper and on screen are read', () => {
    for (const text of ['+++123/4567/89002+++', '***123/4567/89002***', '123456789002', '123 4567 89002']) {
      expect(parseOgm(text)).toEqual({ ok: true, value: '123456789002' })
    }
  })

  test.each(['', '12345678900', '1234567890020', '12345678900A'])('%j has another form', (text) => {
    expect(parseOgm(text)).toMatchObject({ ok: false, error: { code: 'OGM_FORMAT' } })
  })

  test('wrong check digits are refused, also 00', () => {
    expect(parseOgm('123456789003')).toMatchObject({ ok: false, error: { code: 'OGM_CHECK_DIGITS' } })
    expect(parseOgm('000000000000')).toMatchObject({ ok: false, error: { code: 'OGM_CHECK_DIGITS' } })
  })

  test('it is not made of a number beyond ten digits', () => {
    for (const wrong of [-1, 10 ** 10, 0.5]) expect(() => makeOgm(wrong)).toThrow(RangeError)
  })

  test('every one that is made is read back, and no single wrong digit passes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), (n) => {
        const ogm = makeOgm(n)
        expect(parseOgm(formatOgm(ogm))).toEqual({ ok: true, value: ogm })
        expect(singleDigitChanges(ogm).filter((changed) => parseOgm(changed).ok)).toEqual([])
      }),
    )
  })
})
