import { isoDate, LANGUAGES } from '@ziv/kernel'
import { expect, it, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { renderGround } from '../render/render.ts'
import { assessYear } from './assess-year.ts'
import { runsOn, whileItRuns } from './running-year.ts'
import type { YearContributions } from './year-facts.ts'

const law = loadLaw()
const today = isoDate('2025-06-30')
const cameOf = (came: Partial<YearContributions>): YearContributions => ({
  slips: {},
  attests: {},
  payments: {},
  ...came,
})
const decide = (capacity: string | null, came: Partial<YearContributions> = {}) => {
  const since = { from: isoDate('2020-01-01'), to: null }
  const capacities = capacity === null ? [] : [{ capacity, ...since }]
  const person = { birthDate: isoDate('1980-05-05'), registered: [since], capacities }
  return assessYear({ year: 2025, person, law, today, eventIdOf: (key) => `event of ${key}` }, cameOf(came))
}
const attested = {
  '2025Q1': { status: 'paid', amountCents: 90_000 },
  '2025Q2': { status: 'unpaid', amountCents: 90_000 },
}

test.each([
  [null, {}, ['minimum.runs', 'minimum.unknown'], ['proveCapacity']],
  ['EMPLOYEE', { slips: { a: { amountCents: 300_000 } } }, ['minimum.runs', 'minimum.soFar'], []],
  ['EMPLOYEE', {}, ['minimum.runs', 'minimum.soFar'], []],
  ['STUDENT', { payments: { p: { quarter: '2025Q1', amountCents: 100 } } }, ['minimum.runs', 'minimum.soFar'], []],
  ['SELF_EMPLOYED', { attests: attested }, ['minimum.runs', 'minimum.soFarQuarters'], []],
  ['RESIDENT', {}, ['minimum.runs', 'minimum.soFar', 'minimum.incomeProof'], ['proveIncome']],
] as const)('%s with %j: the year is not short, and nobody is asked to pay', (capacity, came, rules, kinds) => {
  const decided = decide(capacity, came)
  const now = whileItRuns(decided)
  expect(now.result).toEqual({ ...decided.result, shortCents: 0, awaits: 'yearEnd' })
  expect(now.grounds.map(({ rule }) => rule)).toEqual(rules)
  expect(now.repairs.map(({ kind }) => kind)).toEqual(kinds)
  // every event that a ground counted is still told
  const eventsOf = ({ grounds }: Pick<typeof now, 'grounds'>) =>
    grounds.flatMap(({ facts }) => facts.flatMap(({ eventId }) => eventId ?? []))
  expect(eventsOf(now)).toEqual(eventsOf(decided))
  const names = now.grounds.flatMap(({ facts }) => facts.map(({ name }) => name))
  expect(names).not.toEqual(expect.arrayContaining(['shortCents']))
  expect(names).not.toEqual(expect.arrayContaining(['payCents']))
})

it('is met already when enough is in', () => {
  const decided = decide('EMPLOYEE', { slips: { a: { amountCents: 9_000_000 } } })
  expect(whileItRuns(decided)).toEqual(decided)
})

it('says in every language until when the year runs, and what is in', () => {
  const { grounds } = whileItRuns(decide('EMPLOYEE', { slips: { a: { amountCents: 300_000 } } }))
  for (const language of LANGUAGES) {
    const [runs, soFar] = grounds.map((one) => renderGround(one, language))
    expect(runs).toMatch(/31.(12|December).2025/)
    expect(soFar).toMatch(/3.000[.,]00/)
  }
})

test.each([
  ['2024-12-31', true],
  ['2025-12-31', true],
  ['2026-01-01', false],
] as const)('on %s the year 2025 is not over: %s', (day, runs) => {
  expect(runsOn(2025, isoDate(day))).toBe(runs)
})
