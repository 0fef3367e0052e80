import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isoDate } from '@ziv/kernel'
import { loadCapacities, loadLaw } from '@ziv/law'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { assessYear, outcomeOf } from './assess-year.ts'
import { initialState, slipKey, type YearState } from './contribution-year.ts'

const item = { quarter: z.string(), amountCents: z.int() }
const scenarios = z
  .array(
    z.strictObject({
      name: z.string(),
      article: z.string(),
      year: z.int(),
      birthDate: z.iso.date(),
      /** First day with an insurer; long ago when it does not matter. */
      registeredFrom: z.iso.date().default('2010-01-01'),
      capacities: z.array(
        z.strictObject({
          capacity: z.enum(loadCapacities().open.map(({ code }) => code)),
          from: z.iso.date().transform(isoDate),
          to: z.iso.date().transform(isoDate).nullable().default(null),
        }),
      ),
      slips: z.array(z.strictObject(item)).default([]),
      attests: z
        .array(z.strictObject({ ...item, status: z.enum(['paid', 'dispensed', 'assimilated', 'unpaid']) }))
        .default([]),
      payments: z.array(z.strictObject(item)).default([]),
      expect: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    }),
  )
  .min(1)

const folder = join(import.meta.dirname, '..', '..', 'scenarios')
const read = (name: string) => scenarios.parse(parse(readFileSync(join(folder, name), 'utf8')))
const law = loadLaw()

for (const scenario of readdirSync(folder).sort().flatMap(read)) {
  it(scenario.name, { meta: { scenario: true } }, () => {
    const state: YearState = {
      ...initialState(),
      slips: Object.fromEntries(
        scenario.slips.map((slip) => [
          slipKey('123456789', slip.quarter),
          {
            ...slip,
            slipId: 's',
            source: 'rsz' as const,
            employerNumber: '123456789',
            createdAt: 1,
            arrival: 1,
            parts: [1],
          },
        ]),
      ),
      attests: Object.fromEntries(
        scenario.attests.map((attest) => [attest.quarter, { ...attest, attestId: 'a', fundNumber: '005', arrival: 1 }]),
      ),
      payments: Object.fromEntries(
        scenario.payments.map((payment) => [
          payment.quarter,
          { ...payment, paymentId: payment.quarter, contributionId: 'p', receivedOn: '2025-01-05' },
        ]),
      ),
    }
    const person = {
      birthDate: isoDate(scenario.birthDate),
      registered: [{ from: isoDate(scenario.registeredFrom), to: null }],
      capacities: scenario.capacities,
    }
    const decision = assessYear({ year: scenario.year, person, law, today: isoDate('2026-01-01') }, state)
    expect(outcomeOf(decision)).toMatchObject(scenario.expect)
    expect(decision.grounds.length).toBeGreaterThan(0)
  })
}
