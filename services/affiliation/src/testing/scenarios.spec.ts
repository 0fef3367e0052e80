import { expect, test } from 'vitest'
import { loadScenarios, playScenario } from './scenarios.ts'

const scenarios = loadScenarios(new URL('../../scenarios/', import.meta.url))

test('there are scenarios, each with the text it rests on', () => {
  expect(scenarios.length).toBeGreaterThan(10)
  expect(scenarios.every((entry) => /art\.|circular/.test(entry.law))).toBe(true)
})

test.each(scenarios)('scenario: $name', { meta: { scenario: true } }, (entry) => {
  expect(playScenario(entry)).toEqual([])
})
