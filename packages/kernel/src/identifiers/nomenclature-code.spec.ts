import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeNomenclatureCode, parseNomenclatureCode } from './nomenclature-code.ts'

describe('nomenclature code', () => {
  test.each(['101010', '101032', '101076', '102012', '302805'])('the code %s of the nomenclature is read', (code) => {
    expect(parseNomenclatureCode(code)).toEqual({ ok: true, value: code })
  })

  test('separators are left out', () => {
    expect(parseNomenclatureCode('101.032')).toEqual({ ok: true, value: '101032' })
  })

  test.each(['', '10103', '1010320', '10103A'])('%j has another form', (text) => {
    expect(parseNomenclatureCode(text)).toMatchObject({ ok: false, error: { code: 'NOMENCLATURE_CODE_FORMAT' } })
  })

  test('a wrong sixth digit is refused', () => {
    expect(parseNomenclatureCode('101033')).toMatchObject({
      ok: false,
      error: { code: 'NOMENCLATURE_CODE_CHECK_DIGIT' },
    })
  })

  test('a code is not made of more than five digits', () => {
    for (const wrong of [-1, 100_000, 1.5]) expect(() => makeNomenclatureCode(wrong)).toThrow(RangeError)
  })

  test('every code that is made is read back, and every other sixth digit is refused', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), (first5) => {
        const code = makeNomenclatureCode(first5)
        expect(code).toHaveLength(6)
        const accepted = [...'0123456789'].filter((digit) => parseNomenclatureCode(code.slice(0, 5) + digit).ok)
        expect(accepted).toEqual([code[5]])
      }),
    )
  })
})
