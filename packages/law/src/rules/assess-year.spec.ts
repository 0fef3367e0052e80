import { isoDate } from '@ziv/kernel'
import { describe, expect, it, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { assessYear, isAssessable, isWeighed } from './assess-year.ts'
import type { AssessmentPerson, CapacityPeriod } from './assessment-person.ts'
import type { YearContributions } from './year-facts.ts'

const law = loadLaw()
const today = isoDate('2024-06-03')
const year = 2022
const quarters = ['2022Q1', '2022Q2', '2022Q3', '2022Q4']

const during = (capacity: CapacityPeriod['capacity'], from: string, to: string | null = null): CapacityPeriod => ({
  ...{ capacity, from: isoDate(from), to: to === null ? null : isoDate(to) },
})
const somebody = (capacities: readonly CapacityPeriod[], registered = [['2010-01-01', null]]): AssessmentPerson => ({
  birthDate: isoDate('1980-05-05'),
  registered: registered.map(([from, to]) => ({ from: isoDate(from as string), to: to ? isoDate(to) : null })),
  capacities,
})
const nobody: AssessmentPerson = { ...somebody([]), registered: [] }

interface Came {
  readonly wage?: number
  readonly attested?: readonly string[]
  readonly unpaid?: readonly string[]
  readonly paid?: Readonly<Record<string, number>>
}
const cameOf = ({ wage, attested = [], unpaid = [], paid = {} }: Came): YearContributions => ({
  slips: wage === undefined ? {} : { slip: { amountCents: wage } },
  attests: Object.fromEntries([
    ...attested.map((quarter) => [quarter, { status: 'paid', amountCents: 90_000 }] as const),
    ...unpaid.map((quarter) => [quarter, { status: 'unpaid', amountCents: 90_000 }] as const),
  ]),
  payments: Object.fromEntries(
    Object.entries(paid).map(([quarter, amountCents]) => [`p${quarter}`, { quarter, amountCents }]),
  ),
})
const decide = (person: AssessmentPerson, came: Came = {}) => assessYear({ year, person, law, today }, cameOf(came))
const assess = (person: AssessmentPerson, came: Came = {}) => decide(person, came).result
const kindsOf = (person: AssessmentPerson, came: Came = {}) => decide(person, came).repairs.map(({ kind }) => kind)
/** What a student owes for one quarter. */
const studentQuarter = assess(somebody([during('STUDENT', '2022-10-01')])).requiredCents

describe('who had no capacity in a year', () => {
  it('is asked for the capacity, and no amount, when nothing came in: nothing says how the year would be met', () => {
    const { result, grounds, repairs } = decide(nobody)
    expect(result).toMatchObject({ regime: 'unknown', met: false, requiredCents: 0, shortCents: 0 })
    expect(grounds.map(({ rule, satisfied }) => [rule, satisfied])).toEqual([['minimum.unknown', false]])
    expect(repairs).toEqual([
      {
        ...{ rule: 'minimum.unknown', kind: 'proveCapacity', until: '2027-12-31' },
        params: {
          ...{ windowFrom: '2022-01-01', windowUntil: '2022-12-31' },
          // whichever others the catalogue holds
          capacities: expect.stringMatching(
            /^(?=.*\bEMPLOYEE\b)(?=.*\bSELF_EMPLOYED\b)(?!.*\b(STUDENT|RESIDENT|DEPENDANT_\w+)\b)/,
          ),
        },
      },
    ])
  })
  it('meets nothing by what came in, however much that is: what it is worth is the capacity to say', () => {
    const paid = Object.fromEntries(quarters.map((quarter) => [quarter, 500_000]))
    const given = [
      { attested: ['2022Q3'] },
      { attested: quarters },
      { paid },
      { wage: 9_000_000, attested: quarters, paid },
    ]
    for (const came of given) {
      expect(decide(nobody, came).result).toMatchObject({ regime: 'unknown', met: false, requiredCents: 0 })
      expect(kindsOf(nobody, came)).toEqual(['proveCapacity'])
    }
    const dependant = somebody([during('DEPENDANT_CHILD', '2010-01-01')])
    expect(assess(dependant, { wage: 9_000_000 })).toMatchObject({ regime: 'unknown', met: false })
  })
  it('is told what came in', () => {
    const { grounds } = assessYear(
      { year, person: nobody, law, today, eventIdOf: (key) => `event of ${key}` },
      cameOf({ wage: 100, attested: ['2022Q1'], unpaid: ['2022Q2'], paid: { '2022Q3': 7 } }),
    )
    expect(grounds[0]?.facts).toEqual([
      { name: 'referenceYear', value: 2022 },
      { name: 'wageCents', value: 100 },
      { name: 'quartersAttested', value: 1 },
      { name: 'paidCents', value: 7 },
      ...['slip', '2022Q1', '2022Q2', 'p2022Q3'].map((key) => ({
        ...{ name: 'contribution', value: null, eventId: `event of ${key}` },
      })),
    ])
  })
  it('is weighed by the capacity once that is known', () => {
    const known = (capacity: string) => somebody([during(capacity, '2022-01-01')])
    expect(assess(known('SELF_EMPLOYED'), { attested: quarters }).met).toBe(true)
    expect(assess(known('EMPLOYEE'), { wage: 9_000_000 }).met).toBe(true)
  })
})

test('the capacity decides the regime, whatever came in', () => {
  expect(assess(somebody([during('EMPLOYEE', '2022-01-01')]), { attested: quarters })).toMatchObject({
    regime: 'wage',
    met: false,
  })
  expect(assess(somebody([during('SELF_EMPLOYED', '2022-01-01')]), { wage: 9_000_000 })).toMatchObject({
    ...{ regime: 'selfEmployed', met: false },
  })
})

test.each([
  ['2021-01-01', '2021-12-31', 'unknown'],
  ['2021-01-01', '2022-01-01', 'wage'],
  ['2022-12-31', null, 'wage'],
  ['2023-01-01', null, 'unknown'],
] as const)('a capacity from %s until %s: the year is assessed as %s', (from, to, regime) => {
  expect(assess(somebody([during('EMPLOYEE', from, to)]), { paid: { '2022Q1': 1 } }).regime).toBe(regime)
})

describe('a year of self-employment and study', () => {
  const person = somebody([during('SELF_EMPLOYED', '2022-01-01', '2022-06-30'), during('STUDENT', '2022-07-01')])
  const attested = ['2022Q1', '2022Q2']
  const paid = { '2022Q3': studentQuarter, '2022Q4': studentQuarter }
  it('is met when both parts are', () => {
    expect(assess(person, { attested, paid }).met).toBe(true)
  })
  it('names the part that misses', () => {
    expect(assess(person, { attested: ['2022Q1'], paid })).toMatchObject({ regime: 'selfEmployed', met: false })
    expect(assess(person, { attested, paid: { '2022Q3': studentQuarter } })).toMatchObject({
      ...{ regime: 'personal', met: false, shortCents: studentQuarter },
    })
  })
})

describe('a year of work and something else', () => {
  const whole = assess(somebody([during('EMPLOYEE', '2022-01-01')])).requiredCents
  const worker = during('EMPLOYEE', '2022-01-01', '2022-06-30')
  const required = (capacity: CapacityPeriod['capacity'], came: Came) =>
    assess(somebody([worker, during(capacity, '2022-07-01')]), { wage: 1, ...came }).requiredCents
  it('asks no wage for quarters that a fund attested, and all of it for those it did not', () => {
    expect(required('SELF_EMPLOYED', { attested: ['2022Q3', '2022Q4'] })).toBe(whole / 2)
    expect(required('SELF_EMPLOYED', { unpaid: ['2022Q3', '2022Q4'] })).toBe(whole)
  })
  it('counts quarters that were paid to the cent for the wage of their months, and asks for the same', () => {
    const counts = (paid: number) =>
      assess(somebody([worker, during('STUDENT', '2022-07-01')]), { wage: 1, paid: { '2022Q3': paid } })
    expect(counts(studentQuarter)).toMatchObject({ totalCents: whole / 4 + 1, requiredCents: whole })
    expect(counts(studentQuarter - 1)).toMatchObject({ totalCents: 1, requiredCents: whole })
  })
  it('is met by wage alone that reaches the whole year', () => {
    expect(assess(somebody([worker, during('STUDENT', '2022-07-01')]), { wage: whole })).toMatchObject({
      ...{ regime: 'wage', met: true, requiredCents: whole },
    })
  })
})

test('months without an insurer ask for no wage; a month with one day does', () => {
  const capacities = [during('EMPLOYEE', '2022-01-01')]
  const asked = (...registered: [string, string | null][]) => assess(somebody(capacities, registered)).requiredCents
  const whole = asked(['2010-01-01', null])
  expect(asked(['2010-01-01', '2022-03-01'], ['2022-10-31', null])).toBe(whole / 2)
  expect(asked(['2010-01-01', '2022-03-31'], ['2022-11-01', '2022-12-31'])).toBe(Math.round((whole * 5) / 12))
  // the registration is not known yet: nothing is asked less for it
  expect(assess({ ...nobody, capacities }).requiredCents).toBe(whole)
})

test('what a fund attests was due, also where the capacity says otherwise', () => {
  const person = somebody([during('SELF_EMPLOYED', '2022-01-01', '2022-06-30')])
  expect(assess(person, { attested: ['2022Q1', '2022Q2'] }).met).toBe(true)
  expect(assess(person, { attested: ['2022Q1', '2022Q2'], unpaid: ['2022Q4'] })).toMatchObject({
    met: false,
    shortCents: 90_000,
  })
})

test('a payment for a quarter in which nothing is due counts for the first in which something is', () => {
  const person = somebody([during('STUDENT', '2022-07-01')])
  expect(assess(person, { paid: { '2022Q1': studentQuarter, '2022Q4': studentQuarter } }).met).toBe(true)
  expect(assess(person, { paid: { '2022Q3': studentQuarter } })).toMatchObject({
    met: false,
    shortCents: studentQuarter,
  })
})

test('a payment counts once, whatever its quarter, and fills those that are due from the oldest on', () => {
  const person = somebody([during('STUDENT', '2022-07-01')])
  const missing = (quarter: string, amount = studentQuarter) => {
    const { result, repairs } = decide(person, { paid: { [quarter]: amount } })
    return [result.shortCents, repairs[0]?.params.quarters]
  }
  const [none] = decide(person).repairs
  expect([none?.params.quarters, assess(person).shortCents]).toEqual(['2022Q3 2022Q4', 2 * studentQuarter])
  for (const quarter of quarters) expect(missing(quarter)).toEqual([studentQuarter, '2022Q4'])
})

test('a capacity is due in every quarter in which it had a day', () => {
  const owed = (from: string, to: string | null = null) => assess(somebody([during('STUDENT', from, to)])).requiredCents
  expect(owed('2022-09-30')).toBe(2 * studentQuarter)
  expect(owed('2022-10-01')).toBe(studentQuarter)
  expect(owed('2022-01-01', '2022-04-01')).toBe(2 * studentQuarter)
  expect(owed('2022-01-01', '2022-03-31')).toBe(studentQuarter)
})

test('the age that decides the minimum is that of 1 January, or of a registration later in the year', () => {
  const young = { ...somebody([during('EMPLOYEE', '2022-01-01')]), birthDate: isoDate('2001-06-15') }
  const category = (from: string | null) => {
    const registered = from === null ? [] : [{ from: isoDate(from), to: null }]
    const [ground] = decide({ ...young, registered }, { wage: 1 }).grounds
    return ground?.facts.find(({ name }) => name === 'ageAtStart')?.value
  }
  expect([category('2010-01-01'), category('2022-06-14'), category('2022-06-15')]).toEqual([20, 20, 21])
  expect([category('2022-12-31'), category('2023-01-01'), category(null)]).toEqual([21, 20, 20])
})

test('a year of a pension names the capacities that owe nothing, each once and no dependant', () => {
  const capacities = [
    during('PENSIONER', '2022-01-01', '2022-03-31'),
    during('PENSIONER', '2022-06-01'),
    during('DEPENDANT_SPOUSE', '2022-01-01'),
  ]
  const { result, grounds } = decide(somebody(capacities))
  expect(result).toMatchObject({ regime: 'none', met: true, requiredCents: 0 })
  const named = grounds.flatMap(({ facts }) => facts.filter(({ name }) => name === 'capacity'))
  expect(named.map(({ value }) => value)).toEqual(['PENSIONER'])
})

test('the grounds cite the event of every slip, attest and payment', () => {
  const cited = (person: AssessmentPerson, came: Came) =>
    assessYear({ year, person, law, today, eventIdOf: (key) => `event of ${key}` }, cameOf(came)).grounds.flatMap(
      ({ facts }) => facts.flatMap(({ eventId }) => eventId ?? []),
    )
  expect(cited(somebody([during('EMPLOYEE', '2022-01-01')]), { wage: 5 })).toContain('event of slip')
  expect(cited(somebody([during('SELF_EMPLOYED', '2022-01-01')]), { attested: ['2022Q2'] })).toContain(
    'event of 2022Q2',
  )
  expect(cited(somebody([during('STUDENT', '2022-01-01')]), { paid: { '2022Q3': 5 } })).toContain('event of p2022Q3')
})

test('a year is weighed when the person had a capacity of their own on a day of it', () => {
  expect(isWeighed(somebody([during('EMPLOYEE', '2022-12-31')]), year, law)).toBe(true)
  expect(isWeighed(somebody([during('EMPLOYEE', '2023-01-01')]), year, law)).toBe(false)
  expect(isWeighed(somebody([during('DEPENDANT_CHILD', '2010-01-01')]), year, law)).toBe(false)
})

test('a year is assessed only when the law of it is known here', () => {
  const years = [0, 1, 999, 1944, 1945, 2023].map((year) => isAssessable(law, year))
  expect(years).toEqual([false, false, false, false, false, true])
})
