import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { z } from 'zod'
import { contributionYearSchemas } from './contribution-year.events.ts'
import { slipIntakeCompletedEvent } from './slip-intake.events.ts'

// frozen: what was written once must be readable for ever; a new version gets a file of its own
const fixtures = JSON.parse(readFileSync(new URL('../../fixtures/events.v1.json', import.meta.url), 'utf8')) as Record<
  string,
  unknown
>
const schemas: Readonly<Record<string, z.ZodType>> = {
  ...contributionYearSchemas,
  SlipIntakeCompleted: slipIntakeCompletedEvent,
}

for (const [type, schema] of Object.entries(schemas)) {
  it(`reads version 1 of ${type} as it was frozen`, () => {
    expect(schema.parse(fixtures[type])).toEqual(fixtures[type])
  })
}

it('freezes every event of this service', () => {
  expect(Object.keys(fixtures).sort()).toEqual(Object.keys(schemas).sort())
})
