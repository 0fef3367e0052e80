import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeRszNumber, parseRszNumber } from './rsz-number.ts'
import { singleDigitChanges } from './single-digit-changes.ts'

const base = fc.integer({ min: 1, max: 9_999_999 })

describe('RSZ employer number', () => {
  test.each(['199999934', '162518843', '175110801', '175702307', '180471021'])(
    'the published example %s is read',
    (text) => {
      expect(parseRszNumber(text)).toEqual({ ok: true, value: text })
    },
  )

  test('leading zeros may be missing and separators may be there', () => {
    expect(parseRszNumber('70500472')).toEqual({ ok: true, value: '070500472' })
    expect(parseRszNumber('1620249-01')).toEqual(parseRszNumber('162024901'))
    expect(parseRszNumber('0000199999934')).toEqual({ ok: true, value: '199999934' })
  })

  test('the number of a local authority has the plain remainder as check digits', () => {
    expect(parseRszNumber(`1953050${1_953_050 % 97}`)).toMatchObject({ ok: true })
    expect(parseRszNumber('000009797')).toEqual({ ok: true, value: '000009797' })
  })

  test.each(['', '0', '12', '6000000000', '19999993A', '+199999934'])('%j has another form', (text) => {
    expect(parseRszNumber(text)).toMatchObject({ ok: false, error: { code: 'RSZ_NUMBER_FORMAT' } })
  })

  test('wrong check digits are refused', () => {
    expect(parseRszNumber('012345678')).toMatchObject({ ok: false, error: { code: 'RSZ_NUMBER_CHECK_DIGITS' } })
  })

  test('a provisional number has ten digits', () => {
    expect(makeRszNumber(51_234_567)).toHaveLength(10)
    expect(parseRszNumber(makeRszNumber(51_234_567))).toMatchObject({ ok: true })
    for (const wrong of [0, 60_000_000, 1.5]) expect(() => makeRszNumber(wrong)).toThrow(RangeError)
  })

  test('every number that is made is read back, and no wrong digit passes under the same rule', () => {
    fc.assert(
      fc.property(base, (n) => {
        const number = makeRszNumber(n)
        expect(parseRszNumber(number)).toEqual({ ok: true, value: number })
        for (const changed of singleDigitChanges(number)) {
          const head = Number(changed.slice(0, 7))
          const local = Number(changed.slice(7)) === (head % 97 || 97)
          expect(!local && parseRszNumber(changed).ok).toBe(false)
        }
      }),
    )
  })
})
