import { isoDate } from '@ziv/kernel'
import { expect, test } from 'vitest'
import { datedRule, datedRules } from './dated-rule.ts'
import './index.ts'
import { loadLaw } from './parameters/load.ts'
import { reformLaw } from './parameters/reform.ts'

const law = loadLaw()
const reformed = (value: string) =>
  reformLaw(law, { 'rights/stage-minimum': [{ from: isoDate('2025-01-01'), value, source: 'a trial' }] })
const rule = datedRule('rights/stage-minimum', { required: (): string => 'old', time: (): string => 'new' })

test('a changed rule decides from its day on, and the old version decides what lies before', () => {
  const answers = ['2024-12-31', '2025-01-01'].map((day) => rule(reformed('time'), isoDate(day)).version())
  expect(answers).toEqual(['old', 'new'])
})

test('a version that no code has decides nothing', () => {
  expect(() => rule(reformed('other'), isoDate('2025-01-01'))).toThrow('names the version "other" from 2025-01-01')
  expect(() => rule(reformed('toString'), isoDate('2025-01-01'))).toThrow('known: required, time')
})

test('every value of a parameter that chooses a version names one that stands in the code', () => {
  expect(datedRules.size).toBeGreaterThan(2)
  const unknown = law.list().flatMap(({ name, values }) => {
    const versions = datedRules.get(name)
    return versions === undefined ? [] : values.filter(({ value }) => !versions.includes(String(value)))
  })
  expect(unknown).toEqual([])
  expect([...datedRules.keys()].filter((name) => !law.list().some((one) => one.name === name))).toEqual([])
})
