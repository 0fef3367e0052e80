import { month, quarter, ziekenfonds } from '@ziv/kernel/schemas'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { languages } from '../language.ts'
import { InputError, issuesOf } from '../problems/input-error.ts'

const detailsOf = (schema: z.ZodType, input: unknown) =>
  languages.map((language) => issuesOf(new InputError(z.object({ at: schema }), { at: input }))[0]?.detail[language])

test.each([
  ['quarter', quarter, '2026-01', '2026Q1'],
  ['quarter of the year 0', quarter, '0000Q1', '1945'],
  ['month of the year 0', month, '0000-01', '1945'],
  ['month after the last', month, '2200-01', '2199'],
  ['month', month, '2024-13', '2024-03'],
  ['ziekenfonds', ziekenfonds, '30', '306'],
  ['school year', z.string().regex(/^\d{4}-\d{4}$/), '2024', '2024-2025'],
  ['something else', z.string().regex(/^[\x21-\x7e]{1,64}$/), ' ', '/doc'],
  ['text of every script', z.string().regex(/^[\p{L} ]{1,200}$/u), '5', '/doc'],
] as const)('a wrong %s is refused with an example, and no pattern is shown', (_, schema, input, example) => {
  const details = detailsOf(schema, input)
  expect(new Set(details).size).toBe(languages.length)
  for (const detail of details) {
    expect(detail).toContain(example)
    expect(detail).not.toMatch(/[\\^$]|\[/)
  }
})
