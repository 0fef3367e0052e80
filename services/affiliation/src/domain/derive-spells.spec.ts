import { expect, test } from 'vitest'
import { deriveSpells } from './derive-spells.ts'
import type { Capacity, Person } from './person.ts'
import { acquired, affiliated, closed, day, facts, ids, personOf, registered } from './testing-facts.ts'

const daysOf = (person: Person) => deriveSpells(person, facts).affiliations.map(({ from, to }) => [from, to])
const second = '0198c1a2-7f00-7000-8000-0000000000c2'
const changed = (person: Person, changes: Partial<Capacity>): Person => ({
  ...person,
  capacities: person.capacities.map((entry) => ({ ...entry, ...changes })),
})

test('an affiliation begins on the first day of insurance that a capacity within it asks', () => {
  const person = personOf(registered(), affiliated('2025-06-01'), acquired('EMPLOYEE', '2025-04-01'))
  expect(daysOf(person)).toEqual([['2025-04-01', null]])
})

test('it begins no earlier for a capacity within another: the days between two insurers stay without one', () => {
  const person = personOf(
    ...[registered(), affiliated('2025-01-01'), acquired('EMPLOYEE', '2025-01-01'), closed('2025-03-31')],
    affiliated('2025-09-01', '501', second),
  )
  expect(daysOf(person)).toEqual([
    ['2025-01-01', '2025-03-31'],
    ['2025-09-01', null],
  ])
})

test('nor for a dependant to whom the holder gives no day, only from the day the holder gives', () => {
  const start = { ruleStart: day('2025-04-01'), holderPersonId: ids.other }
  const person = personOf(registered(), affiliated('2025-06-01'), acquired('DEPENDANT_SPOUSE', '2025-04-01'))
  expect(daysOf(changed(person, { ...start, holderSpan: null }))).toEqual([['2025-06-01', null]])
  const given = { from: day('2025-05-01'), to: null }
  expect(daysOf(changed(person, { ...start, holderSpan: given }))).toEqual([['2025-05-01', null]])
})
