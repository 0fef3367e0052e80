import { describe, expect, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { loadScenarios } from './load.ts'
import { checkScenario } from './run.ts'

const law = loadLaw()
const scenarios = loadScenarios()
const files = Map.groupBy(scenarios, (scenario) => scenario.file)

test(`the law has ${scenarios.length} scenarios in ${files.size} files, each with its own name`, () => {
  process.stdout.write(`law: ${scenarios.length} scenarios in ${files.size} files\n`)
  expect(scenarios.length).toBeGreaterThan(500)
  const names = scenarios.map((scenario) => `${scenario.file} ${scenario.name}`)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})

for (const [file, cases] of files) {
  describe(file, () => {
    for (const scenario of cases) {
      test(scenario.name, { meta: { scenario: true } }, () => {
        expect(checkScenario(scenario, law)).toEqual([])
      })
    }
  })
}
