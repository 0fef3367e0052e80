import {
  affiliationClosed,
  affiliationCorrected,
  affiliationOpened,
  capacityAcquired,
  capacityCorrected,
  capacityRequested,
  identifierReplaced,
  personCorrected,
  personErased,
} from '@ziv/contracts'
import { type Instant, isoDate } from '@ziv/kernel'
import type { ReceivedEvent } from '@ziv/messaging'
import { createMemoryVault } from '@ziv/privacy/testing'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { foldMember, type MemberFact, tenantOf } from '../index.ts'
import { sealPersonal } from '../testing/index.ts'
import {
  loadMemberFacts,
  loadMembers,
  loadMembersKnownAt,
  membersByIndex,
  membersMigrations,
  openPersonal,
  proveMembers,
  takeMembers,
} from './index.ts'
import { memberFactOf } from './to-fact.ts'

let spec: TestDatabase
beforeAll(async () => {
  spec = await createTestDatabase({ migrations: [membersMigrations] })
})
afterAll(() => spec.drop())
beforeEach(() => spec.database.query('truncate app_members.facts, app_members.persons, app_members.identifiers'))

const person = '0b6f4c53-6b0f-4a52-9f62-94a3f5c5f001'
const index = (letter: string) => letter.repeat(43)
const uuid = (n: number) => `0b6f4c53-6b0f-4a52-9f62-${String(n).padStart(12, '0')}`

function event(n: number, type: string, data: object, insurer = '300', key = person): ReceivedEvent {
  return {
    topic: `ziv.${insurer}.affiliation.v1`,
    partition: 0,
    offset: String(n),
    key,
    id: uuid(n),
    type,
    epoch: 1,
    sequence: n,
    recordedAt: `2026-01-0${n}T10:00:00.000Z`,
    actor: 'spec',
    correlationId: uuid(99),
    data: { personId: key, insurer, ziekenfonds: insurer === '300' ? '306' : '501', ...data },
  }
}

const opening = {
  affiliationId: uuid(50),
  from: '2020-01-01',
  birthDate: '1990-02-03',
  sex: 'X',
  inszIndex: index('a'),
}
const history: readonly ReceivedEvent[] = [
  event(1, affiliationOpened.type, opening),
  event(2, affiliationClosed.type, { affiliationId: uuid(50), to: '2024-05-31', reason: 'departure' }),
  event(3, affiliationOpened.type, { ...opening, affiliationId: uuid(51), from: '2024-09-01' }, '500'),
  event(4, identifierReplaced.type, { previousInszIndex: index('a'), inszIndex: index('b') }, '500'),
]
const erasure = event(5, personErased.type, {}, '500')

const vault = createMemoryVault()
const take = async (events: readonly ReceivedEvent[]) => {
  const opened = await openPersonal(vault, await sealPersonal(vault, events))
  return await spec.database.transaction((tx) => takeMembers(tx, opened))
}
const stored = async () => (await loadMembers(spec.database, [person])).get(person)!

test('batches in any order of arrival, with repeats, leave the fold of all facts and both numbers', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...history], { minLength: history.length }),
      fc.nat(3),
      async (arrived, cut) => {
        await spec.database.query('truncate app_members.facts, app_members.persons, app_members.identifiers')
        await take(arrived.slice(0, cut))
        await take([...arrived.slice(cut), arrived[0]!])
        const facts = (await loadMemberFacts(spec.database, [person])).get(person)!
        expect(facts).toHaveLength(3)
        expect(await stored()).toEqual(foldMember(person, facts))
        expect(tenantOf(await stored(), isoDate('2024-06-30'))).toEqual({ insurer: '300', ziekenfonds: '306' })
        const byIndex = await membersByIndex(spec.database, [index('a'), index('b'), index('c')])
        expect([...byIndex.keys()].sort()).toEqual([index('a'), index('b')])
        expect(byIndex.get(index('b'))).toEqual(await stored())
      },
    ),
    { numRuns: 15 },
  )
})

test('a moment before the second insurer knows the first only', async () => {
  await take(history)
  const knownAt = '2026-01-02T23:00:00.000Z' as Instant
  const member = (await loadMembersKnownAt(spec.database, [person], knownAt)).get(person)!
  expect(member.affiliations.map(({ insurer, to }) => [insurer, to])).toEqual([['300', '2024-05-31']])
})

test('after an erasure no number leads to the person and no day of birth lies in any row, whatever came first', async () => {
  for (const batches of [
    [[...history], [erasure]],
    [[erasure], [...history]],
  ]) {
    await spec.database.query('truncate app_members.facts, app_members.persons, app_members.identifiers')
    for (const batch of batches) await take(batch)
    expect(await membersByIndex(spec.database, [index('a'), index('b')])).toEqual(new Map())
    expect((await stored()).birthDate).toBe('1990-07-01')
    const { rows } = await spec.database.query('select 1 from app_members.facts f where f::text like $1', [
      '%1990-02-03%',
    ])
    expect(rows).toEqual([])
  }
})

test('of two persons told to have one number, the one told last has it, in any order of arrival', async () => {
  const other = uuid(77)
  const second = event(6, affiliationOpened.type, { ...opening, affiliationId: uuid(52) }, '300', other)
  for (const batches of [
    [[history[0]!], [second]],
    [[second], [history[0]!]],
  ]) {
    await spec.database.query('truncate app_members.facts, app_members.persons, app_members.identifiers')
    for (const batch of batches) await take(batch)
    expect((await membersByIndex(spec.database, [index('a')])).get(index('a'))?.personId).toBe(other)
  }
})

test('a number replaced at the second insurer, heard of before the opening, leads to the person once both are here', async () => {
  expect((await take([history[3]!])).found).toEqual(new Map())
  expect(await membersByIndex(spec.database, [index('b')])).toEqual(new Map())
  const { found } = await take([history[0]!])
  expect([...found.keys()].sort()).toEqual([index('a'), index('b')])
})

test('the proof names who was changed beside the facts, and a number that leads to nobody', async () => {
  await take(history)
  const proved = () => spec.database.transaction((tx) => proveMembers(tx))
  expect(await proved()).toEqual({ examined: 1, wrong: [] })
  await spec.database.query(`update app_members.facts set to_day = '2024-06-01' where kind = 'closed'`)
  expect(await proved()).toEqual({ examined: 1, wrong: [person] })
  await spec.database.query(`update app_members.facts set to_day = '2024-05-31' where kind = 'closed'`)
  await spec.database.query('update app_members.identifiers set person_id = $1', [uuid(88)])
  expect((await proved()).wrong).toContain(uuid(88))
})

test('capacities, requests and corrections come back from the tables as they were told', async () => {
  const days = { from: '2020-01-01', acquiredOn: '2020-01-02', requestedOn: '2020-01-03' }
  const child = { capacityId: uuid(60), capacity: 'DEPENDANT_CHILD', ...days, holderPersonId: uuid(70) }
  const { from: _, ...asked } = days
  const corrects = [uuid(1)]
  const told = [
    history[0]!,
    event(2, capacityAcquired.type, child),
    event(3, capacityCorrected.type, { ...child, role: 'dependant', from: '2019-01-01', to: '2024-01-31', corrects }),
    event(4, capacityRequested.type, {
      ...{
        capacityId: uuid(61),
        capacity: 'RESIDENT',
        role: 'holder',
        ...asked,
        waitingFor: 'manualDecision',
        repairsYear: 2018,
      },
    }),
    event(5, affiliationCorrected.type, {
      affiliationId: uuid(50),
      from: '2019-01-01',
      to: null,
      reason: null,
      corrects,
    }),
    event(6, personCorrected.type, { birthDate: '1991-02-03', diedOn: '2025-01-01', corrects }),
  ]
  await take(told)
  const facts = told.map((one) => memberFactOf(one) as MemberFact)
  expect(await stored()).toEqual(foldMember(person, facts))
  expect(await stored()).toMatchObject({
    birthDate: '1991-02-03',
    diedOn: '2025-01-01',
    capacities: [{ from: '2019-01-01', to: '2024-01-31', holderPersonId: uuid(70) }],
    pending: [{ waitingFor: 'manualDecision', repairsYear: 2018 }],
  })
})

test('an event of another kind changes nothing', async () => {
  expect((await take([event(7, 'be.ziv.other.v1.things.notify.done', {})])).members.size).toBe(0)
})
