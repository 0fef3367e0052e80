import { addDays, type IsoDate, isoDate } from '@ziv/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { capacityName, capacityNumber } from './capacities.ts'
import { CountChanges } from './count-changes.ts'
import { type InsuredDays, type MemberFact, type Segment, segmentsOf } from './membership.ts'

const blank = { ziekenfonds: '306', spellId: null, capacity: null, from: null, to: null, acquiredOn: null }
let offset = 0
const fact = (part: Partial<MemberFact> & Pick<MemberFact, 'kind'>): MemberFact => ({
  ...blank,
  offset: offset++,
  ...part,
})
const day = (text: string): IsoDate => isoDate(text)

const opened = (id: string, from: string, ziekenfonds = '306') =>
  fact({ kind: 'opened', spellId: id, from: day(from), ziekenfonds })
const closed = (id: string, to: string, ziekenfonds = '306') =>
  fact({ kind: 'closed', spellId: id, to: day(to), ziekenfonds })
const acquired = (id: string, capacity: number, from: string, acquiredOn = from) =>
  fact({ kind: 'acquired', spellId: id, capacity, from: day(from), acquiredOn: day(acquiredOn) })
const ended = (id: string, to: string) => fact({ kind: 'ended', spellId: id, to: day(to) })
const died = (to: string) => fact({ kind: 'died', to: day(to) })

const [EMPLOYEE, SELF_EMPLOYED, , RESIDENT] = [1, 2, 3, 4]
const text = (segments: readonly Segment[]) =>
  segments.map((s) => `${s.ziekenfonds} ${s.capacity}${s.insured ? '+' : ''} ${s.from}..${s.to ?? ''}`)

describe('membership of a person', () => {
  test('runs from the affiliation, not from the capacity, and a capacity to come already says how the member counts', () => {
    const facts = [opened('a', '2024-01-01'), acquired('c', EMPLOYEE, '2024-01-16')]
    expect(text(segmentsOf(facts, []))).toEqual(['306 1 2024-01-01..'])
    expect(text(segmentsOf([opened('a', '2024-01-01')], []))).toEqual(['306 0 2024-01-01..'])
  })
  test('goes on under the last capacity while the right runs out', () => {
    const facts = [opened('a', '2024-01-01'), acquired('c', EMPLOYEE, '2024-01-01'), ended('c', '2024-06-30')]
    expect(text(segmentsOf(facts, [{ from: day('2024-01-01'), to: day('2024-12-31') }]))).toEqual([
      '306 1+ 2024-01-01..2024-12-31',
      '306 1 2025-01-01..',
    ])
  })
  test('counts once when two capacities are open: the one that began last', () => {
    const facts = [
      opened('a', '2024-01-01'),
      acquired('c', EMPLOYEE, '2024-01-01'),
      acquired('d', SELF_EMPLOYED, '2024-04-01'),
      ended('d', '2024-06-30'),
    ]
    expect(text(segmentsOf(facts, []))).toEqual([
      '306 1 2024-01-01..2024-03-31',
      '306 2 2024-04-01..2024-06-30',
      '306 1 2024-07-01..',
    ])
  })
  test('begun on the same day, the capacity acquired last counts', () => {
    const facts = [
      opened('a', '2024-01-01'),
      acquired('c', RESIDENT, '2024-01-01', '2023-12-01'),
      acquired('d', EMPLOYEE, '2024-01-01', '2024-02-01'),
    ]
    expect(text(segmentsOf(facts, []))).toEqual(['306 1 2024-01-01..'])
  })
  test('ends with the day of death, whatever was closed later', () => {
    const facts = [opened('a', '2024-01-01'), acquired('c', EMPLOYEE, '2024-01-01'), died('2024-05-10')]
    expect(text(segmentsOf(facts, []))).toEqual(['306 1 2024-01-01..2024-05-10'])
    expect(text(segmentsOf([...facts, closed('a', '2024-05-31')], []))).toEqual(['306 1 2024-01-01..2024-05-10'])
  })
  test('moves from one ziekenfonds to another without a day of both', () => {
    const facts = [opened('a', '2024-01-01'), closed('a', '2024-03-31'), opened('b', '2024-04-01', '304')]
    expect(text(segmentsOf(facts, []))).toEqual(['306 0 2024-01-01..2024-03-31', '304 0 2024-04-01..'])
  })
  test('a corrected end replaces the one before', () => {
    const facts = [opened('a', '2024-01-01'), closed('a', '2024-03-31'), closed('a', '2024-06-30')]
    expect(text(segmentsOf(facts, []))).toEqual(['306 0 2024-01-01..2024-06-30'])
  })
  test('an affiliation that never ran counts for nothing', () => {
    expect(segmentsOf([opened('a', '2024-01-01'), closed('a', '2023-12-31')], [])).toEqual([])
    expect(segmentsOf([closed('a', '2023-12-31'), died('2023-01-01')], [])).toEqual([])
  })
})

test('a capacity is its place in the contract, an unknown one is none', () => {
  expect(capacityNumber('DEPENDANT_SPOUSE')).toBe(6)
  expect(capacityNumber('ASTRONAUT')).toBe(0)
  expect([capacityName(1), capacityName(0)]).toEqual(['EMPLOYEE', null])
})

const start = day('2024-01-01')
const anyDay = fc.integer({ min: 0, max: 60 }).map((n) => addDays(start, n))
const spellIds = ['a', 'b', 'c']
const anyFact: fc.Arbitrary<Omit<MemberFact, 'offset'>> = fc.oneof(
  fc
    .record({ id: fc.constantFrom(...spellIds), from: anyDay, fund: fc.constantFrom('306', '304') })
    .map(({ id, from, fund }) => ({
      ...blank,
      kind: 'opened' as const,
      spellId: `${id}${fund}`,
      from,
      ziekenfonds: fund,
    })),
  fc
    .record({ id: fc.constantFrom(...spellIds), to: anyDay, fund: fc.constantFrom('306', '304') })
    .map(({ id, to, fund }) => ({ ...blank, kind: 'closed' as const, spellId: `${id}${fund}`, to, ziekenfonds: fund })),
  fc
    .record({
      id: fc.constantFrom(...spellIds),
      from: anyDay,
      capacity: fc.integer({ min: 1, max: 6 }),
      acquiredOn: anyDay,
    })
    .map((one) => ({ ...blank, kind: 'acquired' as const, ...one, spellId: `c${one.id}` })),
  fc
    .record({ id: fc.constantFrom(...spellIds), to: anyDay })
    .map(({ id, to }) => ({ ...blank, kind: 'ended' as const, spellId: `c${id}`, to })),
  anyDay.map((to) => ({ ...blank, kind: 'died' as const, to })),
)
const anyFacts = fc
  .array(anyFact, { maxLength: 12 })
  .map((facts) => facts.map((one, index): MemberFact => ({ ...one, offset: index })))
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
