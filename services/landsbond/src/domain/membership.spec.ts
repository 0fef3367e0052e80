import { addDays, type Instant, type IsoDate, isoDate } from '@ziv/kernel'
import { type Law, loadLaw, reformLaw } from '@ziv/law'
import { foldMember, type MemberFact } from '@ziv/members'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CountChanges } from './count-changes.ts'
import { type InsuredDays, placesOn, type Segment, samePlaces, segmentsOf as segmentsOfMember } from './membership.ts'

let sequence = 0
const place = (ziekenfonds = '306') => {
  sequence += 1
  const recordedAt = '2024-01-01T00:00:00.000Z' as Instant
  return { id: `event-${sequence}`, recordedAt, sequence, insurer: '300', ziekenfonds }
}
const day = (text: string): IsoDate => isoDate(text)

const opened = (id: string, from: string, ziekenfonds = '306'): MemberFact => ({
  kind: 'opened',
  ...place(ziekenfonds),
  affiliationId: id,
  from: day(from),
  birthDate: null,
})
const closed = (id: string, to: string, ziekenfonds = '306'): MemberFact => ({
  kind: 'closed',
  ...place(ziekenfonds),
  affiliationId: id,
  to: day(to),
})
const acquired = (id: string, capacity: string, from: string, acquiredOn = from, ziekenfonds = '306'): MemberFact => ({
  kind: 'acquired',
  ...place(ziekenfonds),
  capacityId: id,
  capacity,
  role: 'holder',
  from: day(from),
  acquiredOn: day(acquiredOn),
  requestedOn: day(acquiredOn),
  holderPersonId: null,
})
const ended = (id: string, to: string): MemberFact => ({ kind: 'ended', ...place(), capacityId: id, to: day(to) })
const died = (to: string): MemberFact => ({ kind: 'died', ...place(), diedOn: day(to) })

const [EMPLOYEE, SELF_EMPLOYED, RESIDENT] = ['EMPLOYEE', 'SELF_EMPLOYED', 'RESIDENT'] as const
const segmentsOf = (facts: readonly MemberFact[], insured: readonly InsuredDays[], law: Law = loadLaw()) =>
  segmentsOfMember(foldMember('p', facts), insured, law)
const text = (segments: readonly Segment[]) =>
  segments.map((s) => `${s.ziekenfonds} ${s.capacity}${s.insured ? '+' : ''} ${s.from}..${s.to ?? ''}`)

describe('membership of a person', () => {
  test('runs from the affiliation, not from the capacity, and a capacity to come already says how the member counts', () => {
    const facts = [opened('a', '2024-01-01'), acquired('c', EMPLOYEE, '2024-01-16')]
    expect(text(segmentsOf(facts, []))).toEqual(['306 EMPLOYEE 2024-01-01..'])
    expect(text(segmentsOf([opened('a', '2024-01-01')], []))).toEqual(['306 - 2024-01-01..'])
  })
  test('goes on under the last capacity while the right runs out', () => {
    const facts = [opened('a', '2024-01-01'), acquired('c', EMPLOYEE, '2024-01-01'), ended('c', '2024-06-30')]
    expect(text(segmentsOf(facts, [{ from: day('2024-01-01'), to: day('2024-12-31') }]))).toEqual([
      '306 EMPLOYEE+ 2024-01-01..2024-12-31',
      '306 EMPLOYEE 2025-01-01..',
    ])
  })
  test('counts once when two capacities are open: in the most advantageous by law, whichever began last', () => {
    const beside = [acquired('d', SELF_EMPLOYED, '2024-04-01'), ended('d', '2024-06-30')]
    const worker = [opened('a', '2024-01-01'), acquired('c', EMPLOYEE, '2024-01-01'), ...beside]
    expect(text(segmentsOf(worker, []))).toEqual(['306 EMPLOYEE 2024-01-01..'])
    const resident = [opened('a', '2024-01-01'), acquired('c', RESIDENT, '2024-01-01'), ...beside]
    expect(text(segmentsOf(resident, []))).toEqual([
      '306 RESIDENT 2024-01-01..2024-03-31',
      '306 SELF_EMPLOYED 2024-04-01..2024-06-30',
      '306 RESIDENT 2024-07-01..',
    ])
  })
  test('counts in another capacity from the day on which the law orders them otherwise', () => {
    const first = { from: day('2024-04-01'), value: 1, source: 'what if' }
    const law = reformLaw(loadLaw(), { 'capacities/student-rank': [first] })
    const facts = [
      opened('a', '2024-01-01'),
      acquired('c', EMPLOYEE, '2024-01-01'),
      acquired('d', 'STUDENT', '2024-01-01'),
    ]
    expect(text(segmentsOf(facts, [], law))).toEqual([
      '306 EMPLOYEE 2024-01-01..2024-03-31',
      '306 STUDENT 2024-04-01..',
    ])
  })
  test('counts in a quality of its own before that of a dependant, as the right goes: the day a child turns 25 is told to nobody', () => {
    const child = [opened('a', '2024-01-01'), acquired('c', 'DEPENDANT_CHILD', '2024-01-01')]
    for (const own of ['STUDENT', RESIDENT, SELF_EMPLOYED, EMPLOYEE]) {
      expect(text(segmentsOf([...child, acquired('d', own, '2024-04-01')], []))).toEqual([
        '306 DEPENDANT_CHILD 2024-01-01..2024-03-31',
        `306 ${own} 2024-04-01..`,
      ])
    }
    const before = [acquired('d', 'STUDENT', '2023-10-01'), opened('b', '2023-10-01')]
    expect(text(segmentsOf([...child, ...before], []))).toEqual(['306 STUDENT 2023-10-01..'])
  })
  test('a capacity that the law here does not know is not ranked beside another', () => {
    const facts = [opened('a', '2024-01-01'), acquired('c', 'PILOT', '2024-03-01')]
    expect(() => segmentsOf([...facts, acquired('d', RESIDENT, '2024-01-01')], [])).toThrow('gives PILOT no place')
    expect(text(segmentsOf(facts, []))).toEqual(['306 PILOT 2024-01-01..'])
  })
  test('ends with the day of death, whatever was closed later', () => {
    const facts = [opened('a', '2024-01-01'), acquired('c', EMPLOYEE, '2024-01-01'), died('2024-05-10')]
    expect(text(segmentsOf(facts, []))).toEqual(['306 EMPLOYEE 2024-01-01..2024-05-10'])
    expect(text(segmentsOf([...facts, closed('a', '2024-05-31')], []))).toEqual(['306 EMPLOYEE 2024-01-01..2024-05-10'])
  })
  test('moves from one ziekenfonds to another without a day of both', () => {
    const facts = [opened('a', '2024-01-01'), closed('a', '2024-03-31'), opened('b', '2024-04-01', '304')]
    expect(text(segmentsOf(facts, []))).toEqual(['306 - 2024-01-01..2024-03-31', '304 - 2024-04-01..'])
  })
  test('counts in a ziekenfonds by the capacities it has there, not by those of the one before', () => {
    const facts = [
      ...[opened('a', '2024-01-01'), closed('a', '2024-03-31'), opened('b', '2024-04-01', '304')],
      ...[acquired('c', EMPLOYEE, '2024-01-01'), acquired('d', RESIDENT, '2024-04-01', '2024-04-01', '304')],
    ]
    expect(text(segmentsOf(facts, []))).toEqual(['306 EMPLOYEE 2024-01-01..2024-03-31', '304 RESIDENT 2024-04-01..'])
  })
  test('of capacities that ended the last counts, of those to come the first, the last day of one included', () => {
    const over = [
      ...[acquired('c', EMPLOYEE, '2024-01-01'), ended('c', '2024-01-31')],
      ...[acquired('d', 'STUDENT', '2024-02-01'), ended('d', '2024-02-01')],
    ]
    expect(text(segmentsOf([opened('a', '2024-01-01'), ...over], []))).toEqual([
      '306 EMPLOYEE 2024-01-01..2024-01-31',
      '306 STUDENT 2024-02-01..',
    ])
    const toCome = [acquired('c', EMPLOYEE, '2024-06-01'), acquired('d', 'STUDENT', '2024-03-01')]
    const until = [ended('d', '2024-05-31')]
    expect(text(segmentsOf([opened('a', '2024-01-01'), ...toCome, ...until], []))).toEqual([
      '306 STUDENT 2024-01-01..2024-05-31',
      '306 EMPLOYEE 2024-06-01..',
    ])
  })
  test('is in order on a single day too', () => {
    const insured = [{ from: day('2024-02-01'), to: day('2024-02-01') }]
    expect(text(segmentsOf([opened('a', '2024-01-01')], insured))).toEqual([
      ...['306 - 2024-01-01..2024-01-31', '306 -+ 2024-02-01..2024-02-01', '306 - 2024-02-02..'],
    ])
  })
  test('a corrected end replaces the one before', () => {
    const facts = [opened('a', '2024-01-01'), closed('a', '2024-03-31'), closed('a', '2024-06-30')]
    expect(text(segmentsOf(facts, []))).toEqual(['306 - 2024-01-01..2024-06-30'])
  })
  test('a corrected affiliation counts from its true first day, a withdrawn one not at all', () => {
    const facts = [opened('a', '2024-03-01'), acquired('c', EMPLOYEE, '2024-03-01')]
    const back = {
      kind: 'affiliationCorrected',
      ...place(),
      affiliationId: 'a',
      from: day('2023-07-01'),
      to: null,
    } as const
    expect(text(segmentsOf([...facts, back], []))).toEqual(['306 EMPLOYEE 2023-07-01..'])
    const gone = { kind: 'affiliationWithdrawn', ...place(), affiliationId: 'a' } as const
    expect(segmentsOf([...facts, gone], [])).toEqual([])
  })
  test('of two capacities that claim a day alike the later code counts, whatever came first', () => {
    const [one, other] = [
      acquired('c', 'DEPENDANT_CHILD', '2024-01-01'),
      acquired('d', 'DEPENDANT_SPOUSE', '2024-01-01'),
    ]
    for (const both of [
      [one, other],
      [other, one],
    ]) {
      expect(text(segmentsOf([opened('a', '2024-01-01'), ...both], []))).toEqual(['306 DEPENDANT_SPOUSE 2024-01-01..'])
    }
  })
  test('an affiliation that never ran counts for nothing', () => {
    expect(segmentsOf([opened('a', '2024-01-01'), closed('a', '2023-12-31')], [])).toEqual([])
    expect(segmentsOf([closed('a', '2023-12-31'), died('2023-01-01')], [])).toEqual([])
  })
})

test.each([
  ['the same', { A: 1, B: 2 }, true],
  ['the same in another order', { B: 2, A: 1 }, true],
  ['another place', { A: 1, B: 3 }, false],
  ['every place another', { A: 2, B: 1 }, false],
  ['a capacity less', { A: 1 }, false],
  ['a capacity more', { A: 1, B: 2, C: 3 }, false],
  ['another capacity', { A: 1, C: 2 }, false],
  ['none', {}, false],
])('an order of advantage with %s', (_what, other, same) => {
  expect(samePlaces({ A: 1, B: 2 }, other)).toBe(same)
})

test('before the first day that the law here knows, no capacity has a place', () => {
  expect(placesOn(loadLaw(), day('0001-01-01'))).toEqual({})
})

test('counts that cancel out are no change', () => {
  const changes = new CountChanges()
  const segments = segmentsOf([opened('a', '2024-01-01')], [])
  changes.replace({ insurer: '300', partition: 0 }, segments, segments)
  expect(changes.list()).toEqual([])
  const insured = segments.map((segment) => ({ ...segment, insured: true }))
  changes.replace({ insurer: '300', partition: 0 }, segments, insured)
  expect(changes.list()).toMatchObject([{ members: 0, insured: 1 }])
})

const start = day('2024-01-01')
const anyDay = fc.integer({ min: 0, max: 60 }).map((n) => addDays(start, n))
const thing = fc.constantFrom('a', 'b', 'c')
const fund = fc.constantFrom('306', '304')
const code = fc.constantFrom('EMPLOYEE', 'STUDENT', 'PENSIONER')
const anyFact: fc.Arbitrary<MemberFact> = fc.oneof(
  fc.tuple(thing, anyDay, fund).map(([id, from, of]) => opened(`${id}${of}`, from, of)),
  fc.tuple(thing, anyDay, fund).map(([id, to, of]) => closed(`${id}${of}`, to, of)),
  fc.tuple(thing, code, anyDay, anyDay).map(([id, kind, from, on]) => acquired(`c${id}`, kind, from, on)),
  fc.tuple(thing, anyDay).map(([id, to]) => ended(`c${id}`, to)),
  fc.tuple(thing, anyDay).map(([id, from]) => {
    return { kind: 'affiliationCorrected', ...place(), affiliationId: `${id}306`, from, to: null } as const
  }),
  thing.map((id) => ({ kind: 'capacityWithdrawn', ...place(), capacityId: `c${id}` }) as const),
  anyDay.map((to) => died(to)),
)
const anyFacts = fc.array(anyFact, { maxLength: 12 })
const anyInsured = fc
  .array(fc.tuple(anyDay, fc.integer({ min: 0, max: 30 })), { maxLength: 3 })
  .map((list) => list.map(([from, days]): InsuredDays => ({ from, to: addDays(from, days) })))

describe('for any facts', () => {
  test('the order in which they are given does not matter', () => {
    fc.assert(
      fc.property(anyFacts, anyInsured, fc.infiniteStream(fc.nat()), (facts, insured, numbers) => {
        const shuffled = facts
          .map((one) => [numbers.next().value as number, one] as const)
          .sort((a, b) => a[0] - b[0])
          .map(([, one]) => one)
        const key = (segments: readonly Segment[]) => text(segments).sort()
        expect(key(segmentsOf(shuffled, insured))).toEqual(key(segmentsOf(facts, insured)))
      }),
    )
  })

  test('a person counts at most once per ziekenfonds and day, and neighbours differ', () => {
    fc.assert(
      fc.property(anyFacts, anyInsured, (facts, insured) => {
        for (const [, own] of Map.groupBy(segmentsOf(facts, insured), (segment) => segment.ziekenfonds)) {
          for (const [index, segment] of own.entries()) {
            if (segment.to !== null) expect(segment.from <= segment.to).toBe(true)
            const next = own[index + 1]
            if (next === undefined) continue
            expect(segment.to !== null && segment.to < next.from).toBe(true)
            const touches = segment.to !== null && addDays(segment.to, 1) === next.from
            if (touches) expect([next.capacity, next.insured]).not.toEqual([segment.capacity, segment.insured])
          }
        }
      }),
    )
  })

  test('counts kept by changes are the counts of the segments on every day, however the facts were cut into batches', () => {
    fc.assert(
      fc.property(
        anyFacts,
        anyInsured,
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        (facts, days, cuts) => {
          const changes = new CountChanges()
          const place = { insurer: '300', partition: 0 }
          let before: readonly Segment[] = []
          for (const [index] of facts.entries()) {
            if (cuts[index] !== true && index < facts.length - 1) continue
            const after = segmentsOf(facts.slice(0, index + 1), days)
            changes.replace(place, before, after)
            before = after
          }
          for (let n = -1; n <= 95; n++) {
            const today = addDays(start, n)
            const count = changes.list().filter((change) => change.day <= today)
            const on = before.filter((s) => s.from <= today && (s.to === null || s.to >= today))
            expect(count.reduce((sum, change) => sum + change.members, 0)).toBe(on.length)
            expect(count.reduce((sum, change) => sum + change.insured, 0)).toBe(on.filter((s) => s.insured).length)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})
