import { expect, test } from 'vitest'
import { loadScenarios, parseScenarios } from './load.ts'

const head = 'title: a trial\nquestion: year\narticle: art. 1\ngiven: { year: 2023, capacity: STUDENT }\n'
const about = { file: 'x.yaml', question: 'year', article: 'art. 1' }

test('a case has what is given to all, its own situation, and its own article where it names one', () => {
  const one = 'cases:\n  - name: "first"\n    situation: { year: 2024 }\n    expect: { met: true }\n'
  const other = '  - name: "second"\n    article: art. 2\n    situation: { paid: 5 }\n    expect: { met: false }\n'
  expect(parseScenarios('x.yaml', head + one + other)).toEqual([
    { ...about, name: 'first', situation: { year: 2024, capacity: 'STUDENT' }, expect: { met: true } },
    {
      ...{ ...about, article: 'art. 2', name: 'second' },
      ...{ situation: { year: 2023, capacity: 'STUDENT', paid: 5 }, expect: { met: false } },
    },
  ])
})

test('a row of a table is a case named by its cells; an empty cell leaves its column out', () => {
  const table = 'table:\n  situation: [year, spans]\n  expect: [met, short]\n  rows:\n'
  const rows = '    - [2024, [{ from: a }], true, null]\n    - [2025, "", false, 3]\n'
  expect(parseScenarios('x.yaml', head + table + rows)).toEqual([
    {
      ...{ ...about, name: 'a trial: year 2024, spans [{"from":"a"}] gives met true' },
      ...{ situation: { year: 2024, capacity: 'STUDENT', spans: [{ from: 'a' }] }, expect: { met: true } },
    },
    {
      ...{ ...about, name: 'a trial: year 2025 gives met false, short 3' },
      ...{ situation: { year: 2025, capacity: 'STUDENT' }, expect: { met: false, short: 3 } },
    },
  ])
  const short = () => parseScenarios('x.yaml', `${head}${table}    - [2024, true]\n`)
  expect(short).toThrow('Scenario file x.yaml, row 1: 2 cells for 4 columns')
})

test('a folder gives the scenarios of its YAML files, in the order of their names', () => {
  const files = [...new Set(loadScenarios().map(({ file }) => file))]
  expect(files.length).toBeGreaterThan(40)
  expect(files).toEqual(files.toSorted())
  expect(loadScenarios(new URL('../../scenarios/', import.meta.url))).toEqual(loadScenarios())
  expect(loadScenarios(import.meta.dirname)).toEqual([])
})
