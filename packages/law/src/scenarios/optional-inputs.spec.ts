import { expect, test } from 'vitest'
import { z } from 'zod'
import { optionalHoles } from './optional-inputs.ts'
import type { Scenario } from './schema.ts'
import { day, question } from './vocabulary.ts'

const form = z.strictObject({
  from: day,
  to: day.optional(),
  step: z.string().default('full'),
  held: z.array(z.strictObject({ code: z.string(), until: day.nullable().default(null) })).default([]),
  amounts: z.record(z.string(), z.strictObject({ gmd: z.boolean().optional() })).optional(),
  told: z.union([z.string(), z.strictObject({ by: z.string(), late: z.boolean().optional() })]).optional(),
})
const questions = { trial: question(form, () => ({ words: {}, grounds: [] })) }
const holes = (...situations: readonly object[]): string[] => {
  const asked = situations.map((situation) => {
    const scenario = { file: 'x', name: 'x', question: 'trial', article: 'art. 1', situation, expect: {} } as Scenario
    return { scenario, questions }
  })
  return optionalHoles(asked).map(({ input, never }) => `${input}: never ${never}`)
}

test('an input that no scenario sets, and one that every scenario sets, are found at any depth', () => {
  const one = { from: '2024-01-01', step: 'low', held: [{ code: 'a' }], amounts: { x: { gmd: true } } }
  expect(holes(one)).toEqual([
    'trial.to: never set',
    'trial.step: never left out',
    'trial.held: never left out',
    'trial.amounts: never left out',
    'trial.told: never set',
    'trial.held.until: never set',
    'trial.amounts.*.gmd: never left out',
  ])
})

test('scenarios that together set and leave out every input leave no hole', () => {
  const whole = {
    ...{ from: '2024-01-01', to: '2024-02-01', step: 'low', told: { by: 'a', late: true } },
    ...{ held: [{ code: 'a' }, { code: 'b', until: '2024-01-31' }], amounts: { x: { gmd: true }, y: {} } },
  }
  expect(holes(whole, { from: '2024-01-01' }, { from: '2024-01-01', told: { by: 'a' } })).toEqual([])
})

test('a form that stands in two places is held as one', () => {
  const person = z.strictObject({ born: day, died: day.optional() })
  const both = { trial: question(z.strictObject({ person, holder: person }), () => ({ words: {}, grounds: [] })) }
  const situation = { person: { born: '1980-05-05' }, holder: { born: '1980-05-05', died: '2024-01-01' } }
  const scenario = { file: 'x', name: 'x', question: 'trial', article: 'art. 1', situation, expect: {} }
  expect(optionalHoles([{ scenario, questions: both }])).toEqual([])
})
