import { isoDate, LANGUAGES } from '@ziv/kernel'
import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { renderGround } from '../render/render.ts'
import { assessYear, type YearDecision } from './assess-year.ts'
import type { CapacityPeriod } from './assessment-person.ts'
import { whileItRuns } from './running-year.ts'

const law = loadLaw()
const year = 2023
const quarters = ['2023Q1', '2023Q2', '2023Q3', '2023Q4'] as const
const during = (capacity: string, from = '2010-01-01', to: string | null = null): CapacityPeriod => ({
  ...{ capacity, from: isoDate(from), to: to === null ? null : isoDate(to) },
})
const registered = [{ from: isoDate('2010-01-01'), to: null }]
interface Came {
  readonly wage?: number
  readonly attested?: readonly string[]
}
function weigh(capacities: readonly CapacityPeriod[], paid: number, { wage = 0, attested = [] }: Came = {}) {
  return assessYear(
    {
      year,
      person: { birthDate: isoDate('1980-05-05'), registered, capacities },
      law,
      eventIdOf: (key) => `of ${key}`,
    },
    {
      slips: wage === 0 ? {} : { slip: { amountCents: wage } },
      attests: Object.fromEntries(attested.map((quarter) => [quarter, { status: 'paid', amountCents: 90_000 }])),
      payments: paid === 0 ? {} : { p: { quarter: '2023Q1', amountCents: paid } },
    },
  )
}
const groundOf = ({ grounds }: YearDecision) => grounds.find(({ rule }) => rule === 'minimum.surplus')
const factOf = (decision: YearDecision, name: string) =>
  groundOf(decision)?.facts.find((fact) => fact.name === name)?.value
const surplusOf = (...given: Parameters<typeof weigh>) => factOf(weigh(...given), 'surplusCents')

const halfStudent = [during('STUDENT', '2010-01-01', '2023-06-30'), during('EMPLOYEE', '2023-07-01')]
it.each([
  ['a student who paid four quarters', [during('STUDENT')], 4 * 5_836, {}],
  ['an employee whose wage and complement reach the year', [during('EMPLOYEE')], 16_351, { wage: 500_000 }],
  ['an employee who was a student before', halfStudent, 2 * 5_836, { wage: 361_232 }],
  ['an employee who was a student before and pays a complement too', halfStudent, 2 * 5_836 + 4_501, { wage: 300_000 }],
  // what is paid for quarters of a student counts as due for them, also where the wage alone is enough
  ['an employee with enough wage who was a student before', halfStudent, 2 * 5_836, { wage: 722_464 }],
] as const)('%s paid nothing too much, and to the cent what comes on top', (_, capacities, paid, came) => {
  expect(weigh(capacities, paid, came).result.met).toBe(true)
  expect(surplusOf(capacities, paid, came)).toBeUndefined()
  expect([1, 70_000].map((more) => surplusOf(capacities, paid + more, came))).toEqual([1, 70_000])
})

it('is all that was paid where nothing is due to the insurer', () => {
  expect(surplusOf([during('PENSIONER')], 100)).toBe(100)
  expect(surplusOf([during('SELF_EMPLOYED')], 100, { attested: quarters })).toBe(100)
  expect(surplusOf([during('SELF_EMPLOYED'), during('PENSIONER')], 100, { attested: quarters })).toBe(100)
  expect(surplusOf([during('EMPLOYEE')], 100, { wage: 800_000 })).toBe(100)
  const repaired = [during('SELF_EMPLOYED'), during('RESIDENT', '2023-01-01', '2023-12-31')]
  expect(surplusOf(repaired, 100, { attested: quarters })).toBe(100)
  // nothing says what is due
  expect(surplusOf([], 100)).toBeUndefined()
})

it('names what was paid, with its events, in a sentence of every language', () => {
  const decision = weigh([during('SELF_EMPLOYED')], 7_000, { attested: quarters })
  expect(groundOf(decision)?.facts).toEqual([
    { name: 'referenceYear', value: 2023 },
    { name: 'surplusCents', value: 7_000 },
    { name: 'contribution', value: null, eventId: 'of p' },
  ])
  for (const language of LANGUAGES) expect(renderGround(groundOf(decision)!, language)).toMatch(/2023.*70[.,]00/)
})

it('is not told of a year that runs: nothing is owed in it yet', () => {
  const runs = whileItRuns(weigh([during('SELF_EMPLOYED')], 7_000, { attested: ['2023Q1'] }))
  expect(runs.grounds.map(({ rule }) => rule)).toEqual(['minimum.runs', 'minimum.soFarQuarters'])
})

const spans = [
  ['2010-01-01', null],
  ['2023-01-01', '2023-03-31'],
  ['2023-02-10', '2023-09-30'],
  ['2023-10-02', null],
] as const
const capacity = fc
  .tuple(fc.constantFrom('EMPLOYEE', 'STUDENT', 'RESIDENT', 'SELF_EMPLOYED', 'PENSIONER'), fc.constantFrom(...spans))
  .map(([code, [from, to]]) => during(code, from, to))
const situation = fc.tuple(
  fc.array(capacity, { minLength: 1, maxLength: 3 }),
  fc.integer({ min: 1, max: 400_000 }),
  fc.record({ wage: fc.integer({ min: 0, max: 800_000 }), attested: fc.subarray([...quarters]) }),
)

test('without what is told as too much a year stands the same, and every cent more is too much as well', () => {
  fc.assert(
    fc.property(situation, fc.integer({ min: 1, max: 90_000 }), ([capacities, paid, came], more) => {
      const decision = weigh(capacities, paid, came)
      const surplus = Number(factOf(decision, 'surplusCents') ?? 0)
      const without = weigh(capacities, paid - surplus, came)
      const standing = ({ result, repairs }: YearDecision) => [
        result.met,
        result.requiredCents,
        result.shortCents,
        repairs.filter(({ kind }) => kind !== 'residentRegistration').map(({ kind }) => kind),
      ]
      expect(standing(without)).toEqual(standing(decision))
      expect(groundOf(without)).toBeUndefined()
      if (surplus > 0) expect(surplusOf(capacities, paid + more, came)).toBe(surplus + more)
    }),
    { numRuns: 2_000 },
  )
})

test('of a year of one capacity everything above what it asked at first is too much', () => {
  const alone = fc.constantFrom('EMPLOYEE', 'STUDENT', 'RESIDENT').map((code) => [during(code)])
  fc.assert(
    fc.property(
      alone,
      fc.integer({ min: 0, max: 800_000 }),
      fc.integer({ min: 1, max: 400_000 }),
      (held, wage, paid) => {
        const [first] = weigh(held, 0, { wage }).repairs.filter(({ kind }) => kind.startsWith('pay'))
        const asked = Number(first?.params.payCents ?? first?.params.shortCents ?? 0)
        expect(surplusOf(held, paid, { wage }) ?? 0).toBe(Math.max(0, paid - asked))
      },
    ),
  )
})
