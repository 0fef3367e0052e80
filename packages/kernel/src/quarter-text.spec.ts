import { expect, test } from 'vitest'
import { quartersInWords } from './quarter-text.ts'
import { LANGUAGES } from './rejection.ts'

const told = (text: string) => LANGUAGES.map((language) => quartersInWords(text, language))

test('a quarter is written as each language writes it', () => {
  expect(told('2024Q4')).toEqual([
    'het 4e kwartaal van 2024',
    'le 4e trimestre 2024',
    'das 4. Quartal 2024',
    'the 4th quarter of 2024',
  ])
})

test('quarters in a row are told year by year; a choice of some stays one', () => {
  const words = [
    'het 1e en 2e kwartaal van 2023 en het 4e kwartaal van 2024',
    'les 1er et 2e trimestres 2023 et le 4e trimestre 2024',
    'das 1. und 2. Quartal 2023 und das 4. Quartal 2024',
    'the 1st and 2nd quarters of 2023 and the 4th quarter of 2024',
  ]
  expect(told('2023Q1 2023Q2 2024Q4')).toEqual(words)
  expect(told('2023Q4, 2024Q1')[0]).toBe('het 4e kwartaal van 2023, het 1e kwartaal van 2024')
})

test('what is no quarter stays as it is', () => {
  for (const other of ['2024Q5', '0000Q1', '12024Q1', '2024Q11', '2024']) expect(told(other)[0]).toBe(other)
})
