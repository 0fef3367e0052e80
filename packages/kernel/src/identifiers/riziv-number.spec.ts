import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { complementOf } from './digits.ts'
import { makeRizivNumber, parseRizivNumber, rizivCore } from './riziv-number.ts'
import { singleDigitChanges } from './single-digit-changes.ts'

const base = fc.integer({ min: 1, max: 999_999 })
const modulus = fc.constantFrom(97 as const, 89 as const)

describe('RIZIV number', () => {
  test.each(['11530231003', '30202929001', '54263481527', '60567689801'])(
    'the published example %s is read',
    (text) => {
      expect(parseRizivNumber(text)).toEqual({ ok: true, value: text })
    },
  )

  test('the core is what the provider keeps under every qualification', () => {
    const number = makeRizivNumber(115_302, 3)
    expect(number).toBe('11530231003')
    expect([rizivCore(number), rizivCore(rizivCore(number))]).toEqual(['11530231', '11530231'])
    expect(parseRizivNumber('1-15302-31-003')).toEqual({ ok: true, value: number })
  })

  test('two providers may share six digits, one under each modulus', () => {
    const [old, young] = [makeRizivNumber(115_302), makeRizivNumber(115_302, undefined, 89)]
    expect(old).not.toBe(young)
    expect([parseRizivNumber(old).ok, parseRizivNumber(young).ok]).toEqual([true, true])
  })

  test.each(['', '1153023', '115302310', '1153023100', '115302310031', '1153023X'])('%j has another form', (text) => {
    expect(parseRizivNumber(text)).toMatchObject({ ok: false, error: { code: 'RIZIV_NUMBER_FORMAT' } })
  })

  test('wrong check digits are refused', () => {
    expect(parseRizivNumber('11530232')).toMatchObject({ ok: false, error: { code: 'RIZIV_NUMBER_CHECK_DIGITS' } })
    expect(parseRizivNumber('11530200')).toMatchObject({ ok: false })
  })

  test('a number is not made of a base or qualification that has none', () => {
    for (const wrong of [0, 1_000_000, 1.5]) expect(() => makeRizivNumber(wrong)).toThrow(RangeError)
    expect(() => makeRizivNumber(1, 1000)).toThrow(/qualification/)
  })

  test('every number that is made is read back, and no wrong digit of the core passes under the same modulus', () => {
    fc.assert(
      fc.property(base, modulus, fc.integer({ min: 0, max: 999 }), (n, mod, qualification) => {
        const number = makeRizivNumber(n, qualification, mod)
        expect(parseRizivNumber(number)).toEqual({ ok: true, value: number })
        for (const changed of singleDigitChanges(rizivCore(number))) {
          const other = complementOf(mod === 97 ? 89 : 97, Number(changed.slice(0, 6)))
          expect(Number(changed.slice(6)) !== other && parseRizivNumber(changed).ok).toBe(false)
        }
      }),
    )
  })
})
