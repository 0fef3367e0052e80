import { isoDate, quartersOfYear } from '@ziv/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { assessYear, type YearDecision } from './assess-year.ts'
import type { YearContributions } from './year-facts.ts'

const law = loadLaw()
const year = 2023
const quarters = quartersOfYear(year)
const capacities = ['EMPLOYEE', 'SELF_EMPLOYED', 'STUDENT', 'RESIDENT', 'PENSIONER', 'DEPENDANT_CHILD'] as const
const days = ['2020-01-01', '2023-01-01', '2023-04-01', '2023-08-20', '2023-10-01'] as const

const held = fc.array(
  fc.record({
    capacity: fc.constantFrom(...capacities),
    from: fc.constantFrom(...days),
    to: fc.constantFrom(null, '2023-06-30', '2023-09-30', '2023-12-31'),
  }),
  { maxLength: 3 },
)
const amount = fc.integer({ min: 1, max: 400_000 })
const quarter = fc.constantFrom(...quarters)
const contributions = fc.record({
  slips: fc.array(amount, { maxLength: 3 }),
  attests: fc.uniqueArray(fc.record({ quarter, status: fc.constantFrom('paid', 'unpaid'), amountCents: amount }), {
    selector: (attest) => attest.quarter,
  }),
  payments: fc.array(fc.record({ quarter, amountCents: amount }), { maxLength: 4 }),
})

/** Every contribution that came in, under a key of its own. */
const cameOf = (given: typeof contributions extends fc.Arbitrary<infer T> ? T : never): YearContributions => ({
  slips: Object.fromEntries(given.slips.map((amountCents, index) => [`slip${index}`, { amountCents }])),
  attests: Object.fromEntries(given.attests.map((attest) => [attest.quarter as string, attest])),
  payments: Object.fromEntries(given.payments.map((payment, index) => [`payment${index}`, payment])),
})
const kinds = ['slips', 'attests', 'payments'] as const
const keysOf = (came: YearContributions) =>
  kinds.flatMap((kind) => Object.keys(came[kind]).map((key) => [kind, key] as const))
const without = (came: YearContributions, kind: (typeof kinds)[number], key: string): YearContributions => ({
  ...came,
  [kind]: Object.fromEntries(Object.entries(came[kind]).filter(([other]) => other !== key)),
})

/** What the grounds say, apart from the lists of events. */
const saidBy = ({ grounds }: YearDecision) =>
  grounds.map(({ rule, satisfied, facts }) => ({
    rule,
    satisfied,
    facts: facts.filter(({ eventId }) => eventId === undefined),
  }))
const eventsOf = ({ grounds }: YearDecision) =>
  grounds.flatMap(({ facts }) => facts.flatMap(({ eventId }) => eventId ?? []))

test('a contribution without which a ground would say something else is among its events', () => {
  let counted = 0
  fc.assert(
    fc.property(held, contributions, (spells, given) => {
      const person = {
        ...{ birthDate: isoDate('1980-05-05'), registered: [{ from: isoDate('2020-01-01'), to: null }] },
        capacities: spells.map(({ capacity, from, to }) => ({
          ...{ capacity, from: isoDate(from), to: to === null ? null : isoDate(to) },
        })),
      }
      const assess = (came: YearContributions) => assessYear({ year, person, law, eventIdOf: (key) => key }, came)
      const came = cameOf(given)
      const decided = assess(came)
      const events = eventsOf(decided)
      for (const [kind, key] of keysOf(came)) {
        if (JSON.stringify(saidBy(assess(without(came, kind, key)))) === JSON.stringify(saidBy(decided))) continue
        counted += 1
        expect({ key, events }).toEqual({ key, events: expect.arrayContaining([key]) })
      }
    }),
    { numRuns: 400 },
  )
  expect(counted).toBeGreaterThan(400)
})
