import { expect, test } from 'vitest'
import { daysInWords, formatDay, formatMonth, formatMonthDay } from './day-text.ts'
import { LANGUAGES } from './rejection.ts'

test('a day is written as each language writes it', () => {
  expect(LANGUAGES.map((language) => formatDay('2024-03-05', language))).toEqual([
    '05-03-2024',
    '05/03/2024',
    '05.03.2024',
    '5 March 2024',
  ])
  expect(LANGUAGES.map((language) => formatMonthDay('10-01', language))).toEqual([
    '01-10',
    '01/10',
    '01.10',
    '1 October',
  ])
})

test('a month is written as each language writes it', () => {
  expect(LANGUAGES.map((language) => formatMonth('2024-03', language))).toEqual([
    'maart 2024',
    'mars 2024',
    'März 2024',
    'March 2024',
  ])
})

test('every day in a text is written so, and nothing that is none', () => {
  const told = (text: string) => daysInWords(text, 'fr')
  expect(told('2024-02-29, >= 2025-01-01')).toBe('29/02/2024, >= 01/01/2025')
  for (const other of ['2024-02-30', '2024-13-01', '2024-01-01T10:00:00Z', '0199a000-0000-7000-8000-0000000000a1']) {
    expect(told(other)).toBe(other)
  }
})
