import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  acquired,
  anyFact,
  at,
  at306,
  at501,
  capacity,
  closed,
  corrected,
  d,
  dayText,
  ended,
  erased,
  moment,
  opened,
  place,
  refused,
  requested,
} from './any-fact.fixture.ts'
import type { MemberFact } from './facts.ts'
import { foldMember } from './fold-member.ts'
import { began, memberOn, pendingOn, registeredFrom, tenantOf } from './member.ts'

const fold = (...facts: MemberFact[]) => foldMember('p', facts)

describe('a person left 306 on 31 May and joined 501 on 1 September', () => {
  const member = fold(opened(1, 'a', '2020-01-01'), closed(2, 'a', '2024-05-31'), opened(3, 'b', '2024-09-01', at501))

  test.each([
    ['2019-12-31', undefined, at306],
    ['2020-01-01', at306, at306],
    ['2024-05-31', at306, at306],
    ['2024-06-30', undefined, at306],
    ['2024-09-01', at501, at501],
  ])('on %s: member of, and to be seen by', (day, of, seenBy) => {
    expect(memberOn(member, d(day))).toEqual(of)
    expect(tenantOf(member, d(day))).toEqual(seenBy)
  })

  test('nobody is a member after death, the tenant stays', () => {
    const dead = fold(opened(1, 'a', '2020-01-01'), { kind: 'died', ...place(2), ...at306, diedOn: d('2021-01-05') })
    expect(memberOn(dead, d('2021-01-05'))).toEqual(at306)
    expect(memberOn(dead, d('2021-01-06'))).toBeUndefined()
    expect(tenantOf(dead, d('2021-01-06'))).toEqual(at306)
  })

  test('who is not known belongs to nobody', () => {
    expect([memberOn(fold(), d('2024-01-01')), tenantOf(fold(), d('2024-01-01'))]).toEqual([undefined, undefined])
  })
})

describe('corrections', () => {
  test('take the place of what was told before, also backwards before the first day', () => {
    const facts = [opened(1, 'a', '2020-01-01'), closed(2, 'a', '2024-05-31'), corrected(3, '2019-07-01', null)]
    const member = fold(...facts)
    expect(member.affiliations).toEqual([{ id: 'a', ...at306, from: '2019-07-01', to: null, factIds: [facts[2]!.id] }])
    expect(registeredFrom(member)).toBe('2019-07-01')
  })

  test('are followed by an end that was recorded after them, not by one recorded before', () => {
    const before = [
      opened(1, 'a', '2020-01-01'),
      closed(2, 'a', '2024-05-31'),
      corrected(3, '2020-01-01', '2024-06-30'),
    ]
    expect(fold(...before).affiliations[0]!.to).toBe('2024-06-30')
    expect(fold(...before, closed(4, 'a', '2025-01-31')).affiliations[0]!.to).toBe('2025-01-31')
  })

  test('of a capacity change its code and its days; a withdrawn one is gone', () => {
    const change: MemberFact = {
      kind: 'capacityCorrected',
      ...place(3),
      ...at306,
      ...capacity('RESIDENT', '2020-04-01'),
      to: d('2020-12-31'),
    }
    const facts = [acquired(1), ended(2, '2024-01-31'), change]
    expect(fold(...facts).capacities).toMatchObject([{ capacity: 'RESIDENT', from: '2020-04-01', to: '2020-12-31' }])
    const gone: MemberFact = { kind: 'capacityWithdrawn', ...place(4), ...at306, capacityId: 'c' }
    expect(fold(...facts, gone).capacities).toEqual([])
  })

  test('of an affiliation that was wrong leave no member, but who had it may still see the person', () => {
    const gone: MemberFact = { kind: 'affiliationWithdrawn', ...place(2), ...at306, affiliationId: 'a' }
    const member = fold(opened(1, 'a', '2020-01-01'), gone)
    expect(memberOn(member, d('2024-01-01'))).toBeUndefined()
    expect(tenantOf(member, d('2024-01-01'))).toEqual(at306)
    const moved = fold(opened(1, 'a', '2020-01-01'), gone, opened(3, 'b', '2024-09-01', at501))
    expect(tenantOf(moved, d('2024-01-01'))).toEqual(at501)
  })

  test('bring a person who was told dead back to life, and move the birth date', () => {
    const died: MemberFact = { kind: 'died', ...place(2), ...at306, diedOn: d('2024-01-31') }
    const alive = { kind: 'personCorrected', ...place(3), ...at306, birthDate: null, diedOn: null } as const
    expect(fold(opened(1, 'a', '2020-01-01'), died, alive)).toMatchObject({ birthDate: '1990-02-03', diedOn: null })
    const born = { ...alive, ...place(4), birthDate: d('1991-02-03') }
    expect(fold(opened(1, 'a', '2020-01-01'), alive, born).birthDate).toBe('1991-02-03')
  })
})

test('a capacity that was asked for waits until it is acquired or refused, and gives no days', () => {
  expect(fold(requested(1))).toMatchObject({ capacities: [], pending: [{ id: 'c', waitingFor: 'immigrationOffice' }] })
  expect(fold(requested(1), refused(2))).toMatchObject({ capacities: [], pending: [] })
  expect(fold(requested(1), acquired(2))).toMatchObject({ capacities: [{ id: 'c' }], pending: [] })
})

test('a capacity that waits could give a right from the quarter in which it would be acquired', () => {
  const member = fold(requested(1))
  expect(['2019-12-31', '2020-01-01'].map((day) => pendingOn(member, d(day)).length)).toEqual([0, 1])
})

test('a spell has begun from its first day on, and never when it was annulled', () => {
  const spell = { from: d('2020-01-01'), to: null }
  expect(['2019-12-31', '2020-01-01'].map((day) => began(spell, d(day)))).toEqual([false, true])
  expect(began({ ...spell, to: d('2019-12-31') }, d('2020-06-01'))).toBe(false)
})

test('what was recorded later is not known before', () => {
  const facts = [opened(1, 'a', '2020-01-01'), acquired(1), ended(2, '2025-06-30'), closed(3, 'a', '2025-12-31')]
  expect(foldMember('p', facts, at(1)).capacities[0]!.to).toBeNull()
  expect(foldMember('p', facts, at(2)).capacities[0]!.to).toBe('2025-06-30')
  expect(foldMember('p', facts, at(2)).affiliations[0]!.to).toBeNull()
  expect(foldMember('p', facts, at(0)).affiliations).toEqual([])
})

test('of an erased person only the year of birth is kept, whichever comes first and for any earlier moment', () => {
  for (const facts of [
    [opened(1, 'a', '2020-01-01'), erased(2)],
    [erased(2), opened(1, 'a', '2020-01-01')],
  ]) {
    expect(foldMember('p', facts)).toMatchObject({ birthDate: '1990-07-01', erased: true })
    expect(foldMember('p', facts, at(1))).toMatchObject({ birthDate: '1990-07-01', erased: true })
  }
})

test('any order of arrival and any repetition gives the same member, for every moment', () => {
  const history = fc
    .array(anyFact, { maxLength: 12 })
    .chain((facts) =>
      fc.tuple(fc.constant(facts), fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 })),
    )
  fc.assert(
    fc.property(history, fc.option(moment, { nil: undefined }), ([facts, arrived], n) => {
      const knownAt = n === undefined ? undefined : at(n)
      expect(foldMember('p', arrived, knownAt)).toEqual(foldMember('p', facts, knownAt))
    }),
  )
})

test('whose member a person is, the person may be seen by', () => {
  fc.assert(
    fc.property(fc.array(anyFact, { maxLength: 8 }), dayText, (facts, day) => {
      const member = foldMember('p', facts)
      const of = memberOn(member, d(day))
      if (of !== undefined) expect(tenantOf(member, d(day))).toEqual(of)
      expect(tenantOf(member, d(day)) === undefined).toBe(
        member.affiliations.length === 0 && member.withdrawnFrom === null,
      )
    }),
  )
})
