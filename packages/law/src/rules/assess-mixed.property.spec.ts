import { addDays, isoDate } from '@ziv/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { assessYear } from './assess-year.ts'
import type { CapacityPeriod } from './assessment-person.ts'
import { fillQuarters } from './fill-quarters.ts'

const law = loadLaw()
const year = 2023
const quarters = ['2023Q1', '2023Q2', '2023Q3', '2023Q4'] as const
const registered = [{ from: isoDate('2023-01-01'), to: null }]
const lastDays = ['2023-03-31', '2023-06-30', '2023-09-30'] as const

const situation = fc.record({
  capacity: fc.constantFrom('STUDENT', 'RESIDENT'),
  until: fc.constantFrom(...lastDays),
  wage: fc.integer({ min: 0, max: 800_000 }),
  paid: fc.array(fc.integer({ min: 1, max: 90_000 }), { maxLength: 6 }),
})
type Situation = typeof situation extends fc.Arbitrary<infer S> ? S : never

function weigh({ capacity, until, wage }: Situation, payments: readonly (readonly [string, number])[]) {
  const capacities: CapacityPeriod[] = [
    { capacity, from: isoDate('2023-01-01'), to: isoDate(until) },
    { capacity: 'EMPLOYEE', from: isoDate('2023-01-01'), to: null },
  ]
  const came = {
    slips: wage === 0 ? {} : { slip: { amountCents: wage } },
    attests: {},
    payments: Object.fromEntries(
      payments.map(([quarter, amountCents], index) => [`p${index}`, { quarter, amountCents }]),
    ),
  }
  return assessYear({ year, person: { birthDate: isoDate('1980-05-05'), registered, capacities }, law }, came)
}
const inOne = (amounts: readonly number[]) => [['2023Q1', amounts.reduce((a, b) => a + b, 0)] as const]

test('the quarters that payments name, and how many payments they are, change nothing', () => {
  const named = situation.chain((facts) =>
    fc.tuple(fc.constant(facts), fc.array(fc.constantFrom(...quarters), { minLength: 6, maxLength: 6 })),
  )
  fc.assert(
    fc.property(named, ([facts, names]) => {
      const apart = weigh(
        facts,
        facts.paid.map((cents, index) => [names[index] as string, cents]),
      )
      expect(apart.result).toEqual(weigh(facts, inOne(facts.paid)).result)
    }),
  )
})

test('no payment makes a year worse, and what a year says is to be paid meets it, less does not', () => {
  fc.assert(
    fc.property(situation, fc.integer({ min: 1, max: 90_000 }), (facts, more) => {
      const before = weigh(facts, inOne(facts.paid))
      const after = weigh(facts, inOne([...facts.paid, more]))
      expect(before.result.met && !after.result.met).toBe(false)
      const pays = before.grounds.flatMap((ground) => ground.facts).find(({ name }) => name === 'payCents')
      expect(pays === undefined).toBe(before.result.met)
      if (pays === undefined) return
      const toPay = Number(pays.value)
      expect(weigh(facts, inOne([...facts.paid, toPay])).result.met).toBe(true)
      expect(weigh(facts, inOne([...facts.paid, toPay - 1])).result.met).toBe(false)
    }),
  )
})

test('a year that is met tells of nothing that is missing', () => {
  fc.assert(
    fc.property(situation, (facts) => {
      const { result, grounds } = weigh(facts, inOne(facts.paid))
      if (result.met) expect(grounds.filter(({ satisfied }) => !satisfied)).toEqual([])
    }),
  )
})

test('what a year without wage asks for does not change with what is paid, and every part that lacks something has its repair', () => {
  const parts = fc.record({
    capacity: fc.constantFrom('STUDENT', 'RESIDENT'),
    until: fc.constantFrom(...lastDays),
    attested: fc.subarray([...quarters]),
    paid: fc.integer({ min: 0, max: 400_000 }),
  })
  fc.assert(
    fc.property(parts, ({ capacity, until, attested, paid }) => {
      const capacities: CapacityPeriod[] = [
        { capacity, from: isoDate('2023-01-01'), to: isoDate(until) },
        { capacity: 'SELF_EMPLOYED', from: addDays(isoDate(until), 1), to: null },
      ]
      const attests = Object.fromEntries(
        quarters.map((quarter) => [
          quarter,
          { status: attested.includes(quarter) ? 'paid' : 'unpaid', amountCents: 90_000 },
        ]),
      )
      const person = { birthDate: isoDate('1980-05-05'), registered, capacities }
      const asked = (cents: number) => {
        const payments = cents === 0 ? {} : { p: { quarter: '2023Q1', amountCents: cents } }
        return assessYear({ year, person, law }, { slips: {}, attests, payments })
      }
      const [before, after] = [asked(0), asked(paid)]
      expect(after.result.requiredCents).toBe(before.result.requiredCents)
      // a year that waits for a proof of income is not decided: nobody is asked to pay yet
      if (after.result.awaits !== undefined) return
      const lacking = new Set(after.grounds.filter(({ satisfied }) => !satisfied).map(({ rule }) => rule))
      expect(new Set(after.repairs.map(({ rule }) => rule))).toEqual(lacking)
    }),
  )
})

test('what counts for quarters and what is left over are together never more than what was paid', () => {
  const due = fc.record({ quarter: fc.constantFrom(...quarters), dueCents: fc.integer({ min: 0, max: 90_000 }) })
  const dues = fc.uniqueArray(due, { selector: ({ quarter }) => quarter })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400_000 }), dues, (paid, some) => {
      const asked = some as unknown as Parameters<typeof fillQuarters>[1]
      const { filled, open, leftCents } = fillQuarters(paid, asked)
      const sum = (of: typeof asked) => of.reduce((total, { dueCents }) => total + dueCents, 0)
      const full = sum(asked.filter(({ quarter }) => filled.includes(quarter)))
      expect(full + leftCents).toBeLessThanOrEqual(paid)
      expect(filled.length + open.length).toBe(asked.length)
      expect(sum(open)).toBe(Math.max(0, sum(asked) - paid))
      expect(fillQuarters(paid, asked.toReversed())).toEqual({ filled, open, leftCents })
    }),
  )
})
