import { type Instant, isoDate } from '@ziv/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type InsurabilityState, newerInsurability } from './insurability.ts'
import { foldPerson, membershipOn, type PersonFact, unknownPerson } from './person.ts'

const at = (n: number) => `2024-01-01T00:00:0${n}.000Z` as Instant
const facts: readonly PersonFact[] = [
  {
    type: 'opened',
    insurer: '300',
    ziekenfonds: '306',
    recordedAt: at(1),
    affiliationId: 'a',
    from: isoDate('2020-01-01'),
    birthDate: isoDate('1980-05-01'),
  },
  {
    type: 'closed',
    insurer: '300',
    ziekenfonds: '306',
    recordedAt: at(2),
    affiliationId: 'a',
    to: isoDate('2024-03-31'),
  },
  {
    type: 'opened',
    insurer: '100',
    ziekenfonds: '108',
    recordedAt: at(3),
    affiliationId: 'b',
    from: isoDate('2024-04-01'),
    birthDate: isoDate('1980-05-01'),
  },
  { type: 'died', insurer: '100', ziekenfonds: '108', recordedAt: at(4), diedOn: isoDate('2024-05-05') },
  { type: 'died', insurer: '100', ziekenfonds: '108', recordedAt: at(5), diedOn: isoDate('2024-05-06') },
]

describe('facts of affiliation', () => {
  test('give the same person in whatever order they arrive', () => {
    const expected = facts.reduce(foldPerson, unknownPerson('p'))
    fc.assert(
      fc.property(fc.shuffledSubarray([...facts], { minLength: facts.length }), (order) => {
        expect(order.reduce(foldPerson, unknownPerson('p'))).toEqual(expected)
      }),
    )
  })

  test('decide whose member a person is on a day', () => {
    const person = facts.reduce(foldPerson, unknownPerson('p'))
    expect(membershipOn(person, isoDate('2019-12-31'))).toBeUndefined()
    expect(membershipOn(person, isoDate('2024-03-31'))).toEqual({ insurer: '300', ziekenfonds: '306' })
    expect(membershipOn(person, isoDate('2024-04-01'))).toEqual({ insurer: '100', ziekenfonds: '108' })
    expect(person.diedOn).toBe('2024-05-06')
  })

  test('after an erasure bring no birth date back', () => {
    const erased: PersonFact = { type: 'erased', insurer: '300', ziekenfonds: '306', recordedAt: at(9) }
    expect([erased, facts[0]!].reduce(foldPerson, unknownPerson('p')).birthDate).toBeNull()
  })
})

test('of several timelines the one recorded last counts, in whatever order they arrive', () => {
  const states: InsurabilityState[] = [1, 2, 3].map((n) => ({
    personId: 'p',
    recordedAt: at(Math.min(n, 2)),
    sequence: n,
    eventId: `e${n}`,
    periods: [],
  }))
  fc.assert(
    fc.property(fc.shuffledSubarray(states, { minLength: 3 }), (order) => {
      expect(order.reduce(newerInsurability).eventId).toBe('e3')
    }),
  )
})
