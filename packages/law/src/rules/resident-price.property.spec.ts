import { type IsoDate, isoDate, maxDate } from '@ziv/kernel'
import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { assessYear } from './assess-year.ts'
import type { AssessmentPerson, CapacityPeriod } from './assessment-person.ts'
import type { YearContributions } from './year-facts.ts'

const law = loadLaw()
const year = 2023
const quarters = ['2023Q1', '2023Q2', '2023Q3', '2023Q4'] as const
const attest = { status: 'paid', amountCents: 90_000 }
const cameOf = (wage: number, attested: readonly string[], paid: readonly number[]): YearContributions => ({
  slips: wage === 0 ? {} : { slip: { amountCents: wage } },
  attests: Object.fromEntries(attested.map((quarter) => [quarter, attest])),
  payments: Object.fromEntries(paid.map((amountCents, index) => [`p${index}`, { quarter: '2023Q2', amountCents }])),
})
const lateOf = ({ birthDate, registered }: AssessmentPerson): IsoDate =>
  maxDate(isoDate('2023-01-01'), birthDate, registered.at(-1)!.from)
/** As affiliation registers a resident for the year; of two capacities that begin on one day either may stand first. */
const asResident = (person: AssessmentPerson, first: boolean): AssessmentPerson => {
  const resident = { capacity: 'RESIDENT', from: lateOf(person), to: isoDate('2023-12-31') }
  const both = first ? [resident, ...person.capacities] : [...person.capacities, resident]
  return { ...person, capacities: both.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)) }
}
const assess = (person: AssessmentPerson, came: YearContributions) => assessYear({ year, person, law }, came)
const priceOf = (...given: Parameters<typeof assess>) =>
  assess(...given).repairs.find(({ kind }) => kind === 'residentRegistration')?.params.residentYearCents

const somebody = (capacity: string): AssessmentPerson => ({
  birthDate: isoDate('1980-05-05'),
  registered: [{ from: isoDate('2010-01-01'), to: null }],
  capacities: [{ capacity, from: isoDate('2010-01-01'), to: null }],
})

it.each([
  [0, 275_368],
  [1, 206_526],
  [2, 137_684],
  [3, 68_842],
])('with %i quarters of the self-employed attested the registration costs %i cents', (attested, cents) => {
  expect(priceOf(somebody('SELF_EMPLOYED'), cameOf(0, quarters.slice(0, attested), []))).toBe(cents)
})

it.each([
  [300_000, 206_526],
  [400_000, 137_684],
  [500_000, 137_684],
  [600_000, 68_842],
  [700_000, 68_842],
])('with a wage of %i cents the registration costs %i cents', (wage, cents) => {
  expect(priceOf(somebody('EMPLOYEE'), cameOf(wage, [], []))).toBe(cents)
})

it('what was paid already goes off it', () => {
  expect(priceOf(somebody('SELF_EMPLOYED'), cameOf(0, [], [100_000]))).toBe(175_368)
  expect(priceOf(somebody('SELF_EMPLOYED'), cameOf(0, [], [300_000]))).toBe(0)
})

const spans = [
  ['2010-01-01', null],
  ['2023-01-01', '2023-03-31'],
  ['2023-02-10', '2023-09-30'],
  ['2023-04-01', null],
  ['2023-10-02', null],
] as const
const period = fc
  .tuple(fc.constantFrom('EMPLOYEE', 'SELF_EMPLOYED', 'STUDENT', 'PENSIONER'), fc.constantFrom(...spans))
  .map(
    ([capacity, [from, to]]): CapacityPeriod => ({
      ...{ capacity, from: isoDate(from), to: to === null ? null : isoDate(to) },
    }),
  )
const registrations = [
  [['2010-01-01', null]],
  [['2023-02-10', null]],
  [
    ['2010-01-01', '2023-03-31'],
    ['2023-07-01', null],
  ],
] as const
const situation = fc.record({
  birthDate: fc.constantFrom(isoDate('1980-05-05'), isoDate('2023-05-05')),
  registered: fc
    .constantFrom(...registrations)
    .map((spells) => spells.map(([from, to]) => ({ from: isoDate(from), to: to === null ? null : isoDate(to) }))),
  capacities: fc.array(period, { maxLength: 3 }),
  wage: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 800_000 })),
  attested: fc.subarray([...quarters]),
  paid: fc.array(fc.integer({ min: 1, max: 90_000 }), { maxLength: 4 }),
  first: fc.boolean(),
})

test('who registers as resident and pays what is told meets the year; a cent less does not', () => {
  let told = 0
  fc.assert(
    fc.property(situation, ({ wage, attested, paid, first, ...person }) => {
      const price = priceOf(person, cameOf(wage, attested, paid))
      if (price === undefined) return
      told += 1
      const after = (...more: readonly number[]) =>
        assess(asResident(person, first), cameOf(wage, attested, [...paid, ...more])).result.met
      const [cents, paysNothing] = [Number(price), price === 0]
      expect(paysNothing ? after() : after(cents)).toBe(true)
      if (!paysNothing) expect(after(...(cents === 1 ? [] : [cents - 1]))).toBe(false)
    }),
    { numRuns: 3_000 },
  )
  expect(told).toBeGreaterThan(500)
})

test('the order in which capacities stand changes nothing of a year', () => {
  const shuffled = situation.chain((one) =>
    fc.record({
      one: fc.constant(one),
      other: fc.shuffledSubarray(one.capacities, { minLength: one.capacities.length }),
    }),
  )
  fc.assert(
    fc.property(shuffled, ({ one: { wage, attested, paid, first: _first, ...person }, other }) => {
      const told = (capacities: typeof other) => {
        const { result, repairs } = assess({ ...person, capacities }, cameOf(wage, attested, paid))
        return {
          result,
          amounts: repairs.map(({ kind, params }) => [
            kind,
            params.payCents,
            params.shortCents,
            params.residentYearCents,
          ]),
        }
      }
      expect(told(other)).toEqual(told(person.capacities))
    }),
    { numRuns: 3_000 },
  )
})
