import { isoDate, LANGUAGES } from '@ziv/kernel'
import { expect, test } from 'vitest'
import { loadLaw } from './load.ts'
import { reformLaw } from './reform.ts'

const law = loadLaw()

test('every parameter has a description in four languages and values with a source', () => {
  expect(law.list().length).toBeGreaterThan(50)
  for (const parameter of law.list()) {
    for (const language of LANGUAGES) expect(parameter.description[language].length).toBeGreaterThan(20)
    for (const value of parameter.values) expect(value.source.length).toBeGreaterThan(5)
  }
})

test('no value is frozen in memory only by convention', () => {
  const value = law.at<Record<string, number>>('contributions/personal-base', isoDate('2024-01-01'))
  expect(() => Object.assign(value.value, { full: 1 })).toThrow(TypeError)
  expect(() => Object.assign(value, { value: 1 })).toThrow(TypeError)
})

test('what the main path needs has a value on every first of January from 2020 to 2027', () => {
  const since: Record<string, number> = {
    'reimbursement/gp-surcharges': 2024,
    'reimbursement/patient-share-psychologist': 2025,
  }
  const silent: string[] = []
  for (const { name } of law.list()) {
    for (let year = since[name] ?? 2020; year <= 2027; year++) {
      if (!law.find(name, isoDate(`${year}-01-01`))) silent.push(`${name} ${year}`)
    }
  }
  expect(silent).toEqual([])
})

test('values carried forward or recalled never claim to be verified', () => {
  const boasting = law
    .list()
    .flatMap((parameter) => parameter.values)
    .filter((value) => /carried|recalled|assumed/.test(value.source) && value.confidence === 'verified')
    .map((value) => `${value.name} ${value.from}`)
  // the amount is verified there, only its first day is not
  expect(boasting).toEqual(['reimbursement/dental-free-age 2009-01-01'])
})

test('a reform replaces a parameter from its day on and is assumed', () => {
  const reformed = reformLaw(law, {
    'contributions/ggmmi': [{ from: isoDate('2026-01-01'), value: 250000, source: 'what if' }],
  })
  expect(reformed.at('contributions/ggmmi', isoDate('2025-12-31')).value).toBe(211189)
  expect(reformed.at('contributions/ggmmi', isoDate('2027-06-01'))).toMatchObject({
    value: 250000,
    confidence: 'assumed',
  })
  expect(reformed.version).not.toBe(law.version)
  expect(() => reformLaw(law, { nothing: [] })).toThrow('No parameter is called "nothing"')
})
