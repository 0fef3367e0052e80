import { isoDate } from '@ziv/kernel'
import { expect, test } from 'vitest'
import { loadAnnex15Boxes } from './annex15.ts'
import { loadZiekenfondsen } from './ziekenfondsen.ts'

const day = isoDate('2026-06-01')

test('the register knows the seven insurers and gives every living fund to one of them', () => {
  const register = loadZiekenfondsen()
  expect(register.insurers.map((entry) => entry.code)).toEqual(['100', '200', '300', '400', '500', '600', '900'])
  const living = register.on(day)
  expect(living.length).toBeGreaterThan(40)
  for (const fund of living) expect(register.insurerOf(fund.code, day)).toBe(`${fund.code[0]}00`)
})

test('the HZIV and HR Rail are their own code, their offices and the landsbonden are not', () => {
  const register = loadZiekenfondsen()
  expect(register.insurerOf('600', day)).toBe('600')
  expect(register.insurerOf('900', day)).toBe('900')
  expect(register.insurerOf('602', day)).toBeNull()
  expect(register.insurerOf('300', day)).toBeNull()
})

test('a merged fund resolves before its merger and not after it', () => {
  const register = loadZiekenfondsen()
  expect(register.insurerOf('401', isoDate('2018-12-31'))).toBe('400')
  expect(register.insurerOf('401', isoDate('2019-01-01'))).toBeNull()
  expect(register.insurerOf('417', isoDate('2019-01-01'))).toBe('400')
})

test('the name of an insurer is read on a day', () => {
  const register = loadZiekenfondsen()
  expect(register.nameOf('300', isoDate('2010-01-01'))?.nl).toContain('Socialistische')
  expect(register.nameOf('300', day)?.nl).toBe('Solidaris')
  expect(register.nameOf('700', day)).toBeNull()
})

test('a box of an annex 15 is read with the date of its model', () => {
  const boxes = loadAnnex15Boxes()
  expect(boxes(6, isoDate('2016-05-01'))).toBe('needsProtectionDecision')
  expect(boxes(6, isoDate('2024-05-01'))).toBe('awaitsImmigrationOffice')
  expect([3, 7, 8].map((box) => boxes(box, isoDate('2024-05-01')))).toEqual(['refused', 'refused', 'refused'])
  expect(boxes(9, isoDate('2024-05-01'))).toBe('needsSupport')
  expect(boxes(1, isoDate('2024-05-01'))).toBe('accepted')
  expect(boxes(1, isoDate('1990-01-01'))).toBe('manualDecision')
})

test('the members of HR Rail are made by its staff statute, from its first day on, and those of no other insurer', () => {
  const register = loadZiekenfondsen()
  const proofs = register.insurers.map(({ code }) => register.statuteProof(code, day))
  expect(proofs).toEqual([null, null, null, null, null, null, 'railwayStaffAttest'])
  expect(register.statuteProof('900', isoDate('1990-08-05'))).toBeNull()
  expect(register.statuteProof('700', day)).toBeNull()
})
