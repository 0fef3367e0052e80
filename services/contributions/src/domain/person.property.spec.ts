import fc from 'fast-check'
import { expect, it } from 'vitest'
import { capacityPeriods, foldPerson, membershipOn, type PersonFact, registeredFrom, unknownPerson } from './person.ts'

const person = '0b6f4c53-6b0f-4a52-9f62-94a3f5c5f001'
const moments = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z', '2026-01-03T00:00:00.000Z']

// a transfer told by two insurers on two topics: any interleaving can arrive
const facts: readonly PersonFact[] = [
  {
    type: 'opened',
    insurer: '300',
    ziekenfonds: '306',
    recordedAt: moments[0]!,
    affiliationId: 'a',
    from: '2020-01-01',
    birthDate: '1990-02-03',
  },
  {
    type: 'acquired',
    insurer: '300',
    ziekenfonds: '306',
    recordedAt: moments[0]!,
    capacityId: 'c',
    capacity: 'EMPLOYEE',
    from: '2020-01-01',
  },
  {
    type: 'ended',
    insurer: '300',
    ziekenfonds: '306',
    recordedAt: moments[1]!,
    capacityId: 'c',
    capacity: 'EMPLOYEE',
    to: '2025-06-30',
  },
  { type: 'closed', insurer: '300', ziekenfonds: '306', recordedAt: moments[1]!, affiliationId: 'a', to: '2025-12-31' },
  {
    type: 'opened',
    insurer: '500',
    ziekenfonds: '501',
    recordedAt: moments[2]!,
    affiliationId: 'b',
    from: '2026-01-01',
    birthDate: '1990-02-03',
  },
  {
    type: 'acquired',
    insurer: '500',
    ziekenfonds: '501',
    recordedAt: moments[2]!,
    capacityId: 'd',
    capacity: 'RESIDENT',
    from: '2026-01-01',
  },
]

it('facts of two insurers give the same person in any order', () => {
  const expected = facts.reduce(foldPerson, unknownPerson(person))
  fc.assert(
    fc.property(fc.shuffledSubarray([...facts], { minLength: facts.length }), (shuffled) => {
      const found = shuffled.reduce(foldPerson, unknownPerson(person))
      expect(capacityPeriods(found)).toEqual(capacityPeriods(expected))
      expect(membershipOn(found, '2025-06-01')).toEqual({ insurer: '300', ziekenfonds: '306' })
      expect(membershipOn(found, '2026-06-01')).toEqual({ insurer: '500', ziekenfonds: '501' })
      expect(registeredFrom(found)).toBe('2020-01-01')
    }),
  )
})

it('what was recorded later is not known before', () => {
  const found = facts.reduce(foldPerson, unknownPerson(person))
  expect(capacityPeriods(found, moments[0])).toEqual([{ capacity: 'EMPLOYEE', from: '2020-01-01', to: null }])
  expect(capacityPeriods(found, moments[1])).toEqual([{ capacity: 'EMPLOYEE', from: '2020-01-01', to: '2025-06-30' }])
})

it('an erased person keeps only the year of birth, whichever comes first', () => {
  const erased: PersonFact = { type: 'erased', insurer: '300', ziekenfonds: '306', recordedAt: moments[2]! }
  for (const order of [
    [facts[0]!, erased],
    [erased, facts[0]!],
  ]) {
    expect(order.reduce(foldPerson, unknownPerson(person)).birthDate).toBe('1990-07-01')
  }
})
