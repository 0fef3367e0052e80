import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadCapacities, loadLaw } from '@ziv/law'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { type Dossier, dossierOf, type Fact } from './facts.ts'
import { assessed, capacity, capacityEnd, day, died, joined, left } from './testing-facts.ts'
import { timelineWithHolders } from './timeline.ts'

const person = z.strictObject({
  born: z.iso.date().default('1980-05-05'),
  affiliations: z
    .array(
      z.strictObject({
        ziekenfonds: z.string().default('306'),
        from: z.iso.date(),
        to: z.iso.date().nullable().default(null),
      }),
    )
    .default([{ ziekenfonds: '306', from: '2000-01-01', to: null }]),
  capacities: z.array(
    z.strictObject({
      capacity: z.string(),
      from: z.iso.date(),
      to: z.iso.date().nullable().default(null),
      /** Depends on the other holder. */
      other: z.boolean().default(false),
    }),
  ),
  met: z.array(z.int()).default([]),
  unmet: z.array(z.int()).default([]),
  /** Years of personal contributions that were not paid, or late. */
  unpaidPersonal: z.array(z.int()).default([]),
  paidPersonal: z.array(z.int()).default([]),
  died: z.iso.date().optional(),
})
const period = z.strictObject({
  from: z.iso.date(),
  to: z.iso.date(),
  ground: z.string().optional(),
  ziekenfonds: z.string().optional(),
  capacity: z.string().optional(),
})
const scenarios = z
  .array(
    z.strictObject({
      name: z.string(),
      article: z.string(),
      decidedThrough: z.int(),
      person,
      holder: person.optional(),
      other: person.optional(),
      periods: z.array(period).optional(),
      /** Whether care of a day is reimbursed. */
      insured: z.record(z.iso.date(), z.boolean()).optional(),
      refused: z.array(z.int()).optional(),
      repairs: z.array(z.string()).optional(),
    }),
  )
  .min(1)

function factsOf(situation: z.infer<typeof person>, holder: boolean): Fact[] {
  const facts: Fact[] = []
  for (const { ziekenfonds, from, to } of situation.affiliations) {
    const affiliationId = `a-${ziekenfonds}-${from}`
    const insurer = `${ziekenfonds[0]}00`
    facts.push(joined(from, { affiliationId, insurer, ziekenfonds, birthDate: day(situation.born) }))
    if (to !== null) facts.push(left(affiliationId, to))
  }
  for (const { capacity: kind, from, to, other } of situation.capacities) {
    const dependant = holder && loadCapacities().at(kind).role === 'dependant'
    facts.push(capacity(kind, from, dependant ? { holderPersonId: other ? 'other' : 'holder' } : {}))
    if (to !== null) facts.push(capacityEnd(`${kind}-${from}`, to))
  }
  facts.push(
    ...situation.met.map((year) => assessed(year, true)),
    ...situation.unmet.map((year) => assessed(year, false)),
    ...situation.unpaidPersonal.map((year) => assessed(year, false, { regime: 'personal' })),
    ...situation.paidPersonal.map((year) => assessed(year, true, { regime: 'personal' })),
  )
  if (situation.died !== undefined) facts.push(died(situation.died))
  return facts
}

const rules = { law: loadLaw() }
const folder = join(import.meta.dirname, '..', '..', 'scenarios')
const told = readdirSync(folder)
  .sort()
  .flatMap((name) => scenarios.parse(parse(readFileSync(join(folder, name), 'utf8'), { merge: true })))

for (const scenario of told) {
  it(scenario.name, { meta: { scenario: true } }, () => {
    const { decidedThrough, holder, other } = scenario
    const holders = new Map<string, Dossier>()
    if (holder !== undefined) holders.set('holder', dossierOf('holder', factsOf(holder, false)))
    if (other !== undefined) holders.set('other', dossierOf('other', factsOf(other, false)))
    const dossier = dossierOf('person', factsOf(scenario.person, holder !== undefined))
    const timeline = timelineWithHolders(dossier, holders, { rules, decidedThrough })
    for (const [on, insured] of Object.entries(scenario.insured ?? {})) {
      expect([on, timeline.periods.some(({ from, to }) => from <= on && on <= to)]).toEqual([on, insured])
    }
    if (scenario.periods === undefined) return expect(scenario.insured, 'a scenario expects something').toBeDefined()
    expect(timeline.periods).toMatchObject(scenario.periods)
    expect(timeline.periods).toHaveLength(scenario.periods.length)
    const refused = timeline.decisions.filter(({ outcome }) => outcome === 'refused')
    expect(refused.map(({ year }) => year)).toEqual(scenario.refused ?? [])
    if (scenario.repairs !== undefined) {
      expect(
        refused.flatMap(({ repairs }) => repairs.map(({ kind, until }) => `${kind} ${until ?? ''}`.trim())),
      ).toEqual(scenario.repairs)
    }
    for (const decision of timeline.decisions)
      expect(decision.grounds.every(({ article }) => article !== '')).toBe(true)
  })
}
