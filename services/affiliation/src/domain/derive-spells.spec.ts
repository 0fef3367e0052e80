import { addDays } from '@ziv/kernel'
import { describe, expect, test } from 'vitest'
import { deriveSpells } from './derive-spells.ts'
import { personEvent } from './person.events.ts'
import type { Capacity, Person } from './person.ts'
import {
  acquired,
  affiliated,
  closed,
  day,
  facts,
  factsOn,
  ids,
  pending,
  personOf,
  registered,
} from './testing-facts.ts'

const daysOf = (person: Person) => deriveSpells(person, facts).affiliations.map(({ from, to }) => [from, to])
const ended = (capacityId: string, capacity: string, to: string) =>
  personEvent('CapacityEnded', { capacityId, insurer: '300', ziekenfonds: '306', capacity, to: day(to) })
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

test('nor for a capacity within one that became known later', () => {
  const events = [affiliated('2025-09-01', '501', second), affiliated('2025-01-01'), acquired('EMPLOYEE', '2025-01-01')]
  expect(daysOf(personOf(registered(), ...events, closed('2025-03-31')))).toEqual([
    ['2025-09-01', null],
    ['2025-01-01', '2025-03-31'],
  ])
})

test('a registration that was refused has no day, and no say in the first one of the affiliation', () => {
  const no = { capacityId: ids.capacity, insurer: '300', ziekenfonds: '306', capacity: 'RESIDENT' }
  const refused = personEvent('CapacityRefused', { ...no, decidedOn: day('2026-03-20') })
  const person = personOf(registered(), affiliated('2026-03-18'), pending, refused)
  expect(deriveSpells(person, facts)).toEqual(person)
})

test('nor for a dependant to whom the holder gives no day, only from the day the holder gives', () => {
  const start = { ruleStart: day('2025-04-01'), holderPersonId: ids.other }
  const person = personOf(registered(), affiliated('2025-06-01'), acquired('DEPENDANT_SPOUSE', '2025-04-01'))
  expect(daysOf(changed(person, { ...start, holderSpan: null }))).toEqual([['2025-06-01', null]])
  const given = { from: day('2025-05-01'), to: null }
  expect(daysOf(changed(person, { ...start, holderSpan: given }))).toEqual([['2025-05-01', null]])
})

describe('the affiliation told last', () => {
  const earlier = (from: string, to: string) => [affiliated(from), closed(to)]
  const later = (from: string, to: string) => [affiliated(from, '306', ids.affiliation2), closed(to, ids.affiliation2)]

  test.each([
    [
      'has the days after one that it overlaps',
      earlier('2025-01-01', '2025-03-31'),
      later('2025-02-01', '2025-06-30'),
      '2025-04-01',
    ],
    [
      'has the day after the one on which the other ended',
      earlier('2025-01-01', '2025-02-01'),
      later('2025-02-01', '2025-06-30'),
      '2025-02-02',
    ],
    [
      'has its own first day when the other ended the day before',
      earlier('2025-01-01', '2025-01-31'),
      later('2025-02-01', '2025-06-30'),
      '2025-02-01',
    ],
    [
      'has its own first day when the other lies after it',
      earlier('2025-07-01', '2025-12-31'),
      later('2025-02-01', '2025-06-30'),
      '2025-02-01',
    ],
    [
      'leaves the other its first day',
      earlier('2025-06-30', '2025-12-31'),
      later('2025-02-01', '2025-06-30'),
      '2026-01-01',
    ],
  ] as const)('that becomes known late %s', (_, first, last, from) => {
    expect(daysOf(personOf(registered(), ...first, ...last)).map(([begin]) => begin)).toContain(from)
  })
})

describe('a resident', () => {
  const kinds = ['EMPLOYEE', 'SELF_EMPLOYED', 'RESIDENT'] as const
  const idOf = (n: number) => ids.capacity.replace('c1', `c${n}`)
  type Told = readonly [kind: (typeof kinds)[number], from: string, to?: string]
  const residentDays = (...claims: readonly Told[]) => {
    const told = claims.flatMap(([kind, from, to], n) => {
      const capacityId = idOf(n + 1)
      const began = acquired(kind, from, { capacityId })
      return to === undefined ? [began] : [began, ended(capacityId, kind, to)]
    })
    return deriveSpells(personOf(registered(), affiliated('2026-01-01'), ...told), facts)
      .capacities.filter(({ capacity }) => capacity === 'RESIDENT')
      .map(({ from, to }) => [from, to])
  }
  const none = [null, null]

  test.each<[string, readonly Told[], readonly (readonly (string | null)[])[]]>([
    ['has every day beside nothing else', [['RESIDENT', '2026-01-01']], [['2026-01-01', null]]],
    [
      'has no day while work covers the first one and runs',
      [
        ['EMPLOYEE', '2026-01-01'],
        ['RESIDENT', '2026-01-01'],
      ],
      [none],
    ],
    [
      'has the days after work that covers the first one',
      [
        ['EMPLOYEE', '2026-01-01', '2026-03-31'],
        ['RESIDENT', '2026-01-01'],
      ],
      [['2026-04-01', null]],
    ],
    [
      'has the day after work that ends on the first one',
      [
        ['EMPLOYEE', '2026-01-01', '2026-02-01'],
        ['RESIDENT', '2026-02-01'],
      ],
      [['2026-02-02', null]],
    ],
    [
      'has the first day when work ended the day before',
      [
        ['EMPLOYEE', '2026-01-01', '2026-01-31'],
        ['RESIDENT', '2026-02-01'],
      ],
      [['2026-02-01', null]],
    ],
    [
      'has the days after two kinds of work, one behind the other, in whatever order they are known',
      [
        ['SELF_EMPLOYED', '2026-04-01', '2026-06-30'],
        ['RESIDENT', '2026-01-01'],
        ['EMPLOYEE', '2026-01-01', '2026-03-31'],
      ],
      [['2026-07-01', null]],
    ],
    [
      'has the days between two kinds of work',
      [
        ['SELF_EMPLOYED', '2026-09-01'],
        ['RESIDENT', '2026-01-01'],
        ['EMPLOYEE', '2026-01-01', '2026-03-31'],
      ],
      [['2026-04-01', '2026-08-31']],
    ],
    [
      'has the days before the first of two kinds of work',
      [
        ['SELF_EMPLOYED', '2026-09-01'],
        ['RESIDENT', '2026-01-01'],
        ['EMPLOYEE', '2026-04-01'],
      ],
      [['2026-01-01', '2026-03-31']],
    ],
    [
      'who asked twice has the first claim, and the other one waits',
      [
        ['RESIDENT', '2026-04-01'],
        ['RESIDENT', '2026-01-01'],
      ],
      [none, ['2026-01-01', null]],
    ],
    [
      'who asked twice from one day has the claim told first, whatever else is told of it',
      [
        ['RESIDENT', '2026-01-01'],
        ['RESIDENT', '2026-01-01'],
      ],
      [['2026-01-01', null], none],
    ],
    [
      'who asked again after an end has both',
      [
        ['RESIDENT', '2026-01-01', '2026-03-31'],
        ['RESIDENT', '2026-03-01'],
      ],
      [
        ['2026-01-01', '2026-03-31'],
        ['2026-04-01', null],
      ],
    ],
    [
      'is not kept out by another kind that was asked twice',
      [
        ['SELF_EMPLOYED', '2026-04-01'],
        ['SELF_EMPLOYED', '2026-04-01'],
        ['RESIDENT', '2026-01-01'],
      ],
      [['2026-01-01', '2026-03-31']],
    ],
  ])('by residence %s', (_, claims, days) => {
    expect(residentDays(...claims)).toEqual(days)
  })
})

test('an end by age counts from the day after it: until then nobody knows what comes before', () => {
  const child = personOf(registered('2001-05-04'), affiliated('2026-01-01'), acquired('DEPENDANT_CHILD'))
  const last = facts.lastDayOf({ capacity: 'DEPENDANT_CHILD', from: day('2026-01-01'), to: null }, day('2001-05-04'))
  const [today, tomorrow] = [String(last), String(last && addDays(last, 1))]
  const until = (on: string) => deriveSpells(child, factsOn(on)).capacities.map(({ to }) => to)
  expect([until(today), until(tomorrow)]).toEqual([[null], [last]])
})
