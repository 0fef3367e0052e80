import { readFileSync } from 'node:fs'
import { cents, isoDate } from '@ziv/kernel'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { claimOf, decisionId, facts, line, member } from '../testing/facts.ts'
import { assessClaim } from './assess-claim.ts'
import { statusKinds } from './status-period.ts'

const day = z.iso.date().transform((text) => isoDate(text))
const scenarios = z
  .array(
    z.strictObject({
      name: z.string(),
      article: z.string(),
      birthDate: z.iso.date().default('1980-05-01'),
      diedOn: day.optional(),
      insuredUntil: day.default(isoDate('2026-12-31')),
      statuses: z.array(z.strictObject({ kind: z.enum(statusKinds), from: day })).default([]),
      line: z.strictObject({
        nomenclature: z.string(),
        careDate: day,
        askedCents: z.int().transform((amount) => cents(amount)),
        units: z.int().default(1),
        convention: z.enum(['conventioned', 'partial', 'nonConventioned']).default('conventioned'),
      }),
      expect: z.strictObject({
        outcome: z.enum(['accepted', 'corrected', 'refused']),
        code: z.string().optional(),
        confidence: z.string().optional(),
        interventionCents: z.int().optional(),
        patientShareCents: z.int().optional(),
        supplementCents: z.int().optional(),
      }),
    }),
  )
  .min(10)

const file = new URL('../../scenarios/claims.yaml', import.meta.url)

for (const scenario of scenarios.parse(parse(readFileSync(file, 'utf8')))) {
  test(scenario.name, { meta: { scenario: true } }, () => {
    const { birthDate, diedOn, insuredUntil, statuses } = scenario
    const period = { from: isoDate('2020-01-01'), to: insuredUntil, insurer: '300', ziekenfonds: '306', decisionId }
    const assessed = assessClaim(
      claimOf([line(scenario.line)]),
      facts({
        person: { ...member(birthDate), diedOn: diedOn ?? null },
        periods: [period],
        statuses: statuses.map((status, index) => ({ ...status, statusId: String(index), to: null })),
      }),
    ).lines[0]!
    const { code, confidence, ...amounts } = scenario.expect
    expect(assessed).toMatchObject(amounts)
    expect(assessed.codes).toEqual(code === undefined ? [] : [code])
    if (confidence !== undefined) expect(assessed.basis?.confidence).toBe(confidence)
  })
}
