import { expect, test } from 'vitest'
import { z } from 'zod'
import { ground } from '../ground.ts'
import { loadLaw } from '../parameters/load.ts'
import { loadScenarios, parseScenarios } from './load.ts'
import { checkScenario, lawQuestions } from './run.ts'
import { day, question } from './vocabulary.ts'

const law = loadLaw()
const file = (body: string) => `title: a trial\nquestion: firstOpening\narticle: art. 1\n${body}`

test('a wrong expectation is reported with the answer of the law and the article', () => {
  const [scenario] = parseScenarios(
    'x.yaml',
    file("cases:\n  - name: 'a wrong one'\n    situation: { from: 2024-01-01 }\n    expect: { until: 2024-12-31 }\n"),
  )
  expect(checkScenario(scenario!, law)).toEqual(['until: expected "2024-12-31", the law says "2025-12-31" (art. 1)'])
})

test('a word that the answer does not have is reported', () => {
  const [scenario] = parseScenarios(
    'x.yaml',
    file("cases:\n  - name: 'a wrong one'\n    situation: { from: 2024-01-01 }\n    expect: { end: 2024-12-31 }\n"),
  )
  expect(checkScenario(scenario!, law)[0]).toContain('the answer has no such word')
})

test('a situation with a misspelt word is refused', () => {
  const [scenario] = parseScenarios(
    'x.yaml',
    file("cases:\n  - name: 'a wrong one'\n    situation: { form: 2024-01-01 }\n    expect: { until: 2024-12-31 }\n"),
  )
  expect(() => checkScenario(scenario!, law)).toThrow('the situation is not right')
})

test('a row with a cell too many is refused', () => {
  const text = file('table:\n  situation: [from]\n  expect: [until]\n  rows:\n    - [2024-01-01, 2025-12-31, 1]\n')
  expect(() => parseScenarios('x.yaml', text)).toThrow('3 cells for 2 columns')
})

test('every question is asked by a scenario', () => {
  const asked = new Set(loadScenarios().map((scenario) => scenario.question))
  expect(Object.keys(lawQuestions).filter((name) => !asked.has(name))).toEqual([])
})

test('reasons are told as rules in their order, and one whose sentence lacks a value is reported', () => {
  const [scenario] = parseScenarios(
    'x.yaml',
    file(
      "cases:\n  - name: 'reasons'\n    situation: { from: 2024-01-01 }\n    expect: { reasons: [opening.first] }\n",
    ),
  )
  expect(checkScenario(scenario!, law)).toEqual([])
  const refused = question(z.strictObject({ from: day }), ({ from }) => {
    const fact = { name: 'from', value: from }
    return { words: {}, grounds: [ground('opening.first', false, [fact])] }
  })
  expect(checkScenario(scenario!, law, { firstOpening: refused })).toEqual([
    'reasons: expected ["opening.first"], the law says ["not opening.first"] (art. 1)',
    'opening.first: its sentence names {until}, which no fact gives',
  ])
})

test('a file that is no YAML, or of another form, is refused with its name and what is wrong', () => {
  expect(() => parseScenarios('x.yaml', 'title: [')).toThrow(/^Scenario file x.yaml cannot be read:\n.*line 1/)
  expect(() => parseScenarios('x.yaml', 'title: a\ntitle: b\n')).toThrow(
    /x.yaml cannot be read:\nMap keys must be unique/,
  )
  const noNames = file('cases:\n  - situation: { from: 2024-01-01 }\n    expect: { until: 2025-12-31 }\n')
  expect(() => parseScenarios('x.yaml', noNames)).toThrow(/x.yaml cannot be read:\ncases.0.name: ./)
})
