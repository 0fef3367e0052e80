import { isoDate, LANGUAGES, quartersOfYear, sumCents } from '@ziv/kernel'
import { expect, it, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { reformLaw } from '../parameters/reform.ts'
import { renderRepair } from '../render/render.ts'
import { assessYear } from './assess-year.ts'
import { personalDue } from './personal-contribution.ts'
import { noContributions } from './year-facts.ts'

const law = loadLaw()
const today = isoDate('2025-03-01')
type Span = readonly [from: string, to: string | null]
const span = ([from, to]: Span) => ({ from: isoDate(from), to: to === null ? null : isoDate(to) })
const repairsOf = (registered: readonly Span[], held: Readonly<Record<string, Span>> = {}) => {
  const capacities = Object.entries(held).map(([capacity, days]) => ({ capacity, ...span(days) }))
  const person = { birthDate: isoDate('1980-05-05'), registered: registered.map(span), capacities }
  return assessYear({ year: 2022, person, law, today }, noContributions).repairs
}
const kindsOf = (...given: Parameters<typeof repairsOf>) => repairsOf(...given).map(({ kind }) => kind)

test.each([
  [[['2010-01-01', null]], ['proveCapacity', 'residentRegistration']],
  [[['2022-12-31', null]], ['proveCapacity', 'residentRegistration']],
  [[['2023-01-01', null]], ['proveCapacity', 'affiliateEarlier']],
  // a gap before the affiliation that runs: it can reach back into the year
  [
    [
      ['2015-01-01', '2021-12-31'],
      ['2023-01-01', null],
    ],
    ['proveCapacity', 'affiliateEarlier'],
  ],
  // the days of the year are with another affiliation
  [
    [
      ['2015-01-01', '2022-01-01'],
      ['2023-01-01', null],
    ],
    ['proveCapacity'],
  ],
  // no affiliation runs, because the person left or will leave: what was there in it can still become known
  [[['2010-01-01', '2024-12-31']], ['proveCapacity']],
  [[['2010-01-01', '2025-12-31']], ['proveCapacity']],
  [[['2010-01-01', '2022-12-30']], ['proveCapacity']],
  [[], ['proveCapacity']],
  // the whole of the year is with another affiliation
  [
    [
      ['2015-01-01', '2023-06-30'],
      ['2023-07-01', null],
    ],
    [],
  ],
] as const)('registered %j, the year 2022 is repaired by %j', (registered, kinds) => {
  expect(kindsOf(registered)).toEqual(kinds)
})

const left: readonly Span[] = [['2010-01-01', '2024-12-31']]
const cameAndLeft: readonly Span[] = [['2023-06-01', '2024-12-31']]
test.each([
  // work on other days than the file says is put right in an affiliation that ended, too
  [left, { EMPLOYEE: ['2010-01-01', '2021-06-30'] }, ['proveCapacity']],
  [left, { RESIDENT: ['2010-01-01', '2021-06-30'] }, ['proveCapacity']],
  [left, { EMPLOYEE: ['2023-06-01', null] }, ['proveCapacity']],
  [cameAndLeft, { EMPLOYEE: ['2023-06-01', null] }, ['proveCapacity']],
  // work that is told only now makes an affiliation begin earlier, whether it runs or has ended
  [cameAndLeft, { STUDENT: ['2023-06-01', null] }, ['proveCapacity']],
  [cameAndLeft, { DEPENDANT_CHILD: ['2023-06-01', null] }, ['proveCapacity']],
  // the whole of the year is with another affiliation than the one that runs, in which what is told now would lie
  [
    [
      ['2010-01-01', '2022-12-31'],
      ['2023-06-01', null],
    ],
    { STUDENT: ['2023-06-01', null] },
    [],
  ],
  [
    [
      ['2010-01-01', '2022-12-31'],
      ['2023-06-01', null],
    ],
    { DEPENDANT_CHILD: ['2023-06-01', null] },
    [],
  ],
  [[['2010-01-01', '2021-06-30'], ...cameAndLeft], { EMPLOYEE: ['2023-06-01', null] }, ['proveCapacity']],
  [
    [
      ['2010-01-01', '2022-12-31'],
      ['2023-06-01', '2024-12-31'],
    ],
    { EMPLOYEE: ['2023-06-01', null] },
    ['proveCapacity'],
  ],
] as const)('registered %j with %j, the year 2022 is repaired by %j', (registered, held, kinds) => {
  expect(kindsOf(registered, held)).toEqual(kinds)
})

it('is not asked again while it waits for a decision of others', () => {
  const kinds = (capacity: string, requestedOn: string, repairsYear: number | null) => {
    const pending = [{ capacity, requestedOn: isoDate(requestedOn), repairsYear }]
    const registered = [span(['2010-01-01', null])]
    const person = { birthDate: isoDate('1980-05-05'), registered, capacities: [], pending }
    return assessYear({ year: 2022, person, law, today }, noContributions).repairs.map(({ kind }) => kind)
  }
  expect(kinds('RESIDENT', '2022-12-31', null)).toEqual(['proveCapacity'])
  expect(kinds('RESIDENT', '2024-02-01', 2022)).toEqual(['proveCapacity'])
  const both = ['proveCapacity', 'residentRegistration']
  expect(kinds('RESIDENT', '2023-01-01', null)).toEqual(both)
  expect(kinds('RESIDENT', '2024-02-01', 2023)).toEqual(both)
  expect(kinds('STUDENT', '2022-02-01', null)).toEqual(both)
})

it('is told to no dependant, of whom nothing is due', () => {
  const assessed = (to: string | null, slips = {}) => {
    const capacities = [{ capacity: 'DEPENDANT_CHILD', ...span(['2022-03-01', to]) }]
    const person = { birthDate: isoDate('2020-03-01'), registered: [span(['2022-03-01', null])], capacities }
    return assessYear({ year: 2022, person, law, today }, { ...noContributions, slips })
  }
  for (const to of [null, '2022-12-31', '2024-01-01']) {
    const { result, repairs, grounds } = assessed(to)
    expect([result.met, result.regime, repairs]).toEqual([true, 'none', []])
    expect(grounds[0]?.facts).toContainEqual({ name: 'capacity', value: 'DEPENDANT_CHILD' })
  }
  // whoever is a dependant no more has the rest of the year to account for
  expect(assessed('2022-12-30').repairs.map(({ kind }) => kind)).toEqual(['proveCapacity', 'residentRegistration'])
  // work nobody registered asks for its capacity
  const worked = assessed(null, { slip: { amountCents: 100 } })
  expect([worked.result.met, worked.repairs.map(({ kind }) => kind)]).toEqual([false, ['proveCapacity']])
})

it('asks nobody for a capacity in a year before the birth, and of the dead for none in any year', () => {
  const kinds = (lived: { readonly birthDate: string; readonly diedOn?: string }, held: readonly string[] = []) => {
    const capacities = held.map((capacity) => ({ capacity, ...span(['2010-01-01', '2023-06-30']) }))
    const registered = [span(held.length > 0 ? ['2010-01-01', '2023-06-30'] : ['2023-01-01', null])]
    const dates = { birthDate: isoDate(lived.birthDate), diedOn: lived.diedOn ? isoDate(lived.diedOn) : null }
    const person = { ...dates, registered, capacities }
    return assessYear({ year: 2022, person, law, today }, noContributions).repairs.map(({ kind }) => kind)
  }
  expect(kinds({ birthDate: '2022-12-31' })).toEqual(['proveCapacity', 'affiliateEarlier'])
  expect(kinds({ birthDate: '2023-01-01' })).toEqual([])
  expect(kinds({ birthDate: '1980-05-05', diedOn: '2021-10-05' })).toEqual([])
  expect(kinds({ birthDate: '1980-05-05', diedOn: '2024-10-05' })).toEqual([])
  // what is short of the contributions of the dead can still be paid
  expect(kinds({ birthDate: '1980-05-05', diedOn: '2023-06-30' }, ['EMPLOYEE'])).toEqual([
    'proveContributions',
    'payComplement',
  ])
})

it('is not compared with what can be paid where nobody can register', () => {
  const held = { EMPLOYEE: ['2010-01-01', '2023-12-31'] } as const
  const [slips, complement, ...others] = repairsOf(
    [
      ['2010-01-01', '2023-12-31'],
      ['2024-01-01', null],
    ],
    held,
  )
  expect([slips?.kind, complement?.kind, ...others]).toEqual(['proveContributions', 'payComplement'])
  expect(Object.keys(complement?.params ?? {})).toEqual(['referenceYear', 'shortCents', 'payCents'])
  expect(kindsOf([['2010-01-01', '2023-12-31']], { SELF_EMPLOYED: ['2010-01-01', '2023-12-31'] })).toEqual([
    'attestQuarters',
  ])
})

it('says why it is not possible and what would make it so, in every language', () => {
  const told = repairsOf([['2023-04-01', null]]).find(({ kind }) => kind === 'affiliateEarlier')
  expect(told).toMatchObject({ params: { referenceYear: 2022, windowUntil: '2022-12-31' }, until: '2027-12-31' })
  for (const language of LANGUAGES) {
    const text = renderRepair(told!, language)
    expect(text).toContain('2022')
    expect(text).toMatch(/employee|werknemer|salarié|Arbeitnehmer/)
    expect(text).not.toMatch(/STUDENT|étudiant|Studierender/i)
    expect(text).toMatch(/31.(12|December).2022/)
  }
})

const mends = (code: string, value: string) => ({
  [`capacities/${code}-mends-year`]: [{ from: isoDate('2022-01-01'), value, source: 'a trial' }],
})
const cost = (year: number, reform: Parameters<typeof reformLaw>[1] = {}) => {
  const registered = [span(['2010-01-01', null])]
  const person = { birthDate: isoDate('1980-05-05'), registered, capacities: [] }
  const { repairs } = assessYear({ year, person, law: reformLaw(law, reform) }, noContributions)
  return repairs.find(({ kind }) => kind === 'residentRegistration')?.params.residentYearCents
}

it('is told in the capacity that the file of the law names, from its day on', () => {
  const student = cost(2022, { ...mends('student', 'mends'), ...mends('resident', 'mendsNothing') })
  const quarters = quartersOfYear(2022).map((quarter) => personalDue({ capacity: 'STUDENT', quarter }, law).dueCents)
  expect(student).toBe(sumCents(quarters))
  expect(student).not.toBe(cost(2022))
  expect(cost(2021, mends('student', 'mends'))).toBe(cost(2021))
})

it.each(['EMPLOYEE', 'SELF_EMPLOYED', null])('is told to nobody where no capacity repairs a year: %s', (held) => {
  const asked = { ...{ birthDate: isoDate('1980-05-05'), registered: [span(['2010-01-01', null])] } }
  const capacities = held === null ? [] : [{ capacity: held, ...span(['2010-01-01', null]) }]
  const kinds = (under: typeof law) =>
    assessYear({ year: 2022, person: { ...asked, capacities }, law: under, today }, noContributions).repairs.map(
      ({ kind, params }) => [kind, params.residentYearCents, params.cheaper],
    )
  expect(kinds(law).flat()).toContain('residentRegistration')
  const told = kinds(reformLaw(law, mends('resident', 'mendsNothing')))
  expect(told.length).toBe(kinds(law).length - 1)
  expect(
    told.every(
      ([kind, cents, cheaper]) => kind !== 'residentRegistration' && cents === undefined && cheaper === undefined,
    ),
  ).toBe(true)
})
