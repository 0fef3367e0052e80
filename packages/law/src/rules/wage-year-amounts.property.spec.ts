import { isoDate } from '@ziv/kernel'
import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { assessYear } from './assess-year.ts'
import type { CapacityPeriod } from './assessment-person.ts'

const law = loadLaw()
const year = 2023
const quarters = ['2023Q1', '2023Q2', '2023Q3', '2023Q4'] as const
const spans = [
  ['2010-01-01', null],
  ['2023-01-01', '2023-03-31'],
  ['2023-02-10', '2023-09-30'],
  ['2023-10-02', null],
] as const
const during = (capacity: string, [from, to]: readonly [string, string | null]): CapacityPeriod => ({
  ...{ capacity, from: isoDate(from), to: to === null ? null : isoDate(to) },
})
const other = fc
  .tuple(fc.constantFrom('STUDENT', 'RESIDENT', 'SELF_EMPLOYED', 'PENSIONER'), fc.constantFrom(...spans))
  .map(([capacity, span]) => during(capacity, span))
const situation = fc.record({
  since: fc.constantFrom(...spans),
  others: fc.array(other, { maxLength: 2 }),
  registeredFrom: fc.constantFrom('2010-01-01', '2023-03-15'),
  wage: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 800_000 })),
  attested: fc.subarray([...quarters]),
})
type Situation = typeof situation extends fc.Arbitrary<infer S> ? S : never
const payment = fc.oneof(fc.integer({ min: 0, max: 400_000 }), fc.constantFrom(68_842, 137_684, 206_526, 275_368))

function weigh({ since, others, registeredFrom, wage, attested }: Situation, paidCents: number) {
  const registered = [{ from: isoDate(registeredFrom), to: null }]
  const capacities = [during('EMPLOYEE', since), ...others]
  return assessYear(
    { year, person: { birthDate: isoDate('1980-05-05'), registered, capacities }, law },
    {
      slips: wage === 0 ? {} : { slip: { amountCents: wage } },
      attests: Object.fromEntries(attested.map((quarter) => [quarter, { status: 'paid', amountCents: 90_000 }])),
      payments: paidCents === 0 ? {} : { p: { quarter: '2023Q1', amountCents: paidCents } },
    },
  )
}

it('what a year of work asks does not move with what is paid for its quarters, and what counts only grows', () => {
  const resident = {
    ...{ since: spans[0], others: [during('RESIDENT', spans[0])], attested: [] },
    registeredFrom: '2010-01-01' as const,
  }
  const amounts = [0, 137_684, 275_368, 300_000].map((paid) => {
    const { result } = weigh({ ...resident, wage: 500_000 }, paid)
    return [result.requiredCents, result.totalCents, result.shortCents, result.met]
  })
  expect(amounts).toEqual([
    [722_464, 500_000, 222_464, false],
    // the wage is enough for the other two quarters
    [722_464, 722_464, 0, true],
    [722_464, 722_464, 0, true],
    [722_464, 722_464, 0, true],
  ])
  expect(weigh({ ...resident, wage: 100_000 }, 68_842).result).toMatchObject({
    ...{ requiredCents: 722_464, totalCents: 100_000 + 180_616, shortCents: 441_848 },
  })
})

test('paying changes nothing of what a year of work asks, never takes from what counts, and never undoes that it is met', () => {
  fc.assert(
    fc.property(situation, payment, payment, (facts, paid, more) => {
      const [before, after] = [weigh(facts, paid).result, weigh(facts, paid + more).result]
      expect(after.requiredCents).toBe(before.requiredCents)
      expect(after.totalCents).toBeGreaterThanOrEqual(before.totalCents)
      expect(before.met && !after.met).toBe(false)
    }),
    { numRuns: 2_000 },
  )
})

test('a year of work is met when what counts reaches what it asks, and its grounds say so', () => {
  fc.assert(
    fc.property(situation, payment, (facts, paid) => {
      const { result, grounds } = weigh(facts, paid)
      expect(result.totalCents >= result.requiredCents).toBe(result.met)
      expect(result.shortCents).toBe(Math.max(0, result.requiredCents - result.totalCents))
      expect(grounds.every(({ satisfied }) => satisfied)).toBe(result.met)
      const told = grounds.find(({ rule }) => rule === 'minimum.wage')?.facts ?? []
      const amounts = told.filter(({ name }) => ['totalCents', 'requiredCents', 'shortCents'].includes(name))
      expect(amounts.map(({ value }) => value)).toEqual([result.totalCents, result.requiredCents, result.shortCents])
    }),
    { numRuns: 2_000 },
  )
})

test('paying what a year of work tells meets it, a cent less does not', () => {
  fc.assert(
    fc.property(situation, payment, (facts, paid) => {
      const { result, repairs } = weigh(facts, paid)
      const told = repairs.find(({ kind, params }) => kind !== 'residentRegistration' && params.payCents !== undefined)
      expect(told === undefined).toBe(result.met)
      if (told === undefined) return
      const cents = Number(told.params.payCents)
      expect(weigh(facts, paid + cents).result.met).toBe(true)
      expect(weigh(facts, paid + cents - 1).result.met).toBe(false)
    }),
    { numRuns: 2_000 },
  )
})

test('a year of work waits for proof of income only where the full amount of a resident is all that lacks', () => {
  let waited = 0
  fc.assert(
    fc.property(situation, payment, (facts, paid) => {
      const { result, grounds } = weigh(facts, paid)
      if (result.awaits !== 'incomeProof') return
      waited += 1
      const own = grounds.find(({ rule }) => rule === 'minimum.personal')?.facts ?? []
      const dueCents = Number(own.find(({ name }) => name === 'requiredCents')?.value)
      expect(dueCents).toBeGreaterThan(paid)
      expect(weigh(facts, dueCents).result.met).toBe(true)
    }),
    { numRuns: 3_000 },
  )
  expect(waited).toBeGreaterThan(30)
})
