import { describe, expect, test } from 'vitest'
import { parseEmployerNumber } from './employer-number.ts'
import { makeKboNumber, parseKboNumber } from './kbo-number.ts'
import { makeRszNumber, parseRszNumber } from './rsz-number.ts'

const enterprises = Array.from({ length: 2_000 }, (_, at) => makeKboNumber(2_000_001 + at * 3_777))
const withoutZero = enterprises.map((number) => number.slice(1))
const both = withoutZero.filter((number) => parseRszNumber(number).ok)

describe('employer number', () => {
  test('an enterprise number whose zero a spreadsheet dropped is never read as an RSZ number', () => {
    expect(both.length).toBeGreaterThan(5)
    for (const number of withoutZero) {
      const read = parseEmployerNumber(number)
      if (both.includes(number)) expect(read).toMatchObject({ error: { code: 'EMPLOYER_NUMBER_AMBIGUOUS' } })
      else expect(read).toEqual(parseKboNumber(`0${number}`))
    }
  })

  test('ten digits that begin with zero are an enterprise number or nothing', () => {
    for (const number of enterprises) expect(parseEmployerNumber(number)).toEqual({ ok: true, value: number })
    const mistyped = withoutZero.filter((number) => !parseKboNumber(number).ok).map((number) => `0${number}`)
    for (const number of mistyped) expect(parseEmployerNumber(number)).toEqual(parseKboNumber(number))
  })

  test('RSZ in front says which of the two is meant', () => {
    for (const number of both) expect(parseEmployerNumber(`RSZ ${number}`)).toEqual({ ok: true, value: number })
    expect(parseEmployerNumber(`ONSS ${makeKboNumber(4_030_192)}`).ok).toBe(false)
  })

  test.each([1_234_560, 1_020_771, 59_999_999])('the RSZ number of base %s is read', (base) => {
    const number = makeRszNumber(base)
    expect(parseEmployerNumber(number)).toEqual({ ok: true, value: number })
  })

  test('BE in front is an enterprise number, with its ten digits or without the zero', () => {
    for (const number of both) {
      for (const text of [`BE 0${number}`, `be${number}`]) {
        expect(parseEmployerNumber(text)).toEqual({ ok: true, value: `0${number}` })
      }
    }
    expect(parseEmployerNumber('BE 0123.456.789')).toMatchObject({ error: { code: 'KBO_NUMBER_CHECK_DIGITS' } })
  })

  test.each([
    ['070500472', '070500472'],
    ['70500472', '070500472'],
    [makeKboNumber(10_000_001), makeKboNumber(10_000_001)],
    [makeRszNumber(51_234_567), makeRszNumber(51_234_567)],
  ])('%s is read as %s', (text, value) => {
    expect(parseEmployerNumber(text)).toEqual({ ok: true, value })
  })
})
