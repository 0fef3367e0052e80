import { describe, expect, it } from 'vitest'
import type { RightDecision, RightPeriod } from './decision.ts'
import { dossierOf, type Fact } from './facts.ts'
import { firstDifference, periodsOf } from './periods.ts'
import { day, died, joined, left } from './testing-facts.ts'

const decision = (from: string, to: string, changes: Partial<RightDecision> = {}): RightDecision => ({
  ...{ decisionId: from, kind: 'renewal', year: Number(from.slice(0, 4)), outcome: 'granted', from: day(from) },
  ...{ to: day(to), capacity: 'EMPLOYEE', ground: 'renewal', grounds: [], repairs: [], confidence: 'verified' },
  ...changes,
})
const days = (facts: readonly Fact[], ...decisions: readonly RightDecision[]) =>
  periodsOf(dossierOf('person', facts), decisions).map(
    ({ from, to, ziekenfonds, decisionId }) => `${from} ${to} ${ziekenfonds} by ${decisionId}`,
  )
const at = (ziekenfonds: string, from: string, to?: string): Fact[] => [
  joined(from, { affiliationId: ziekenfonds, ziekenfonds, insurer: `${ziekenfonds[0]}00` }),
  ...(to === undefined ? [] : [left(ziekenfonds, to)]),
]
const year2024 = decision('2024-01-01', '2024-12-31')

describe('the days in order', () => {
  it('are those that were granted, while somebody is a member', () => {
    expect(days(at('306', '2024-02-01', '2024-11-30'), year2024)).toEqual(['2024-02-01 2024-11-30 306 by 2024-01-01'])
    expect(days(at('306', '2020-01-01'), decision('2024-01-01', '2024-12-31', { outcome: 'refused' }))).toEqual([])
    expect(days(at('306', '2025-01-01'), year2024)).toEqual([])
    expect(days(at('306', '2020-01-01', '2024-01-01'), year2024)).toEqual(['2024-01-01 2024-01-01 306 by 2024-01-01'])
    expect(days([], year2024)).toEqual([])
  })

  it('end with the life of the person', () => {
    expect(days([...at('306', '2020-01-01'), died('2024-05-05')], year2024)).toEqual([
      '2024-01-01 2024-05-05 306 by 2024-01-01',
    ])
    expect(days([...at('306', '2020-01-01'), died('2023-12-31')], year2024)).toEqual([])
  })

  it('rest each on the first decision that grants them', () => {
    const long = decision('2022-01-01', '2023-12-31')
    const within = decision('2022-06-01', '2023-06-30')
    const same = decision('2023-01-01', '2023-12-31')
    const next = decision('2023-12-31', '2024-12-31')
    const first = '2022-01-01 2023-12-31 306 by 2022-01-01'
    const member = at('306', '2020-01-01')
    expect(days(member, long, within)).toEqual([first])
    expect(days(member, long, within, same, next)).toEqual([first, '2024-01-01 2024-12-31 306 by 2023-12-31'])
    expect(days(member, long, year2024)).toEqual([first, '2024-01-01 2024-12-31 306 by 2024-01-01'])
    expect(days(member, long, decision('2024-01-03', '2024-12-31'))[1]).toMatch(/^2024-01-03/)
  })

  it('are those of the insurer that was joined last, also while the end of the one before is under way', () => {
    const moved = [...at('306', '2020-01-01'), ...at('501', '2024-04-01')]
    expect(days(moved, year2024)).toEqual([
      '2024-01-01 2024-03-31 306 by 2024-01-01',
      '2024-04-01 2024-12-31 501 by 2024-01-01',
    ])
    const back = [...at('306', '2020-01-01'), ...at('501', '2024-04-01', '2024-06-30')]
    expect(days(back, year2024)).toEqual([
      '2024-01-01 2024-03-31 306 by 2024-01-01',
      '2024-04-01 2024-06-30 501 by 2024-01-01',
      '2024-07-01 2024-12-31 306 by 2024-01-01',
    ])
  })

  it('are not taken by an affiliation that was annulled, and are by one of a day', () => {
    const whole = '2024-01-01 2024-12-31 306 by 2024-01-01'
    expect(days([...at('306', '2020-01-01'), ...at('501', '2024-04-01', '2024-03-31')], year2024)).toEqual([whole])
    const one = days([...at('306', '2020-01-01'), ...at('501', '2024-04-01', '2024-04-01')], year2024)
    expect(one).toContain('2024-04-01 2024-04-01 501 by 2024-01-01')
    expect(days([...at('501', '2019-01-01', '2018-12-31'), ...at('306', '2020-01-01')], year2024)).toEqual([whole])
  })
})

describe('the first day with another answer', () => {
  const period = (from: string, to: string, changes: Partial<RightPeriod> = {}): RightPeriod => ({
    ...{ from: day(from), to: day(to), insurer: '300', ziekenfonds: '306', capacity: 'EMPLOYEE', ground: 'renewal' },
    decisionId: 'one',
    ...changes,
  })
  const year = period('2024-01-01', '2024-12-31')
  const next = period('2025-01-01', '2025-12-31')

  it.each<[string, readonly RightPeriod[], readonly RightPeriod[], string | null]>([
    ['is none when nothing differs', [year, next], [year, next], null],
    ['is none when nothing is known on either side', [], [], null],
    ['is none when days are told in two pieces', [period('2024-01-01', '2025-12-31')], [year, next], null],
    ['is the first day that is lost', [year], [], '2024-01-01'],
    ['is the first day that is added', [year], [year, next], '2025-01-01'],
    ['is the day after an earlier end', [period('2024-01-01', '2024-06-30'), next], [year, next], '2024-07-01'],
    ['is the day that comes before', [year], [period('2023-12-31', '2024-12-31')], '2023-12-31'],
    ['is that of one day between', [period('2024-03-03', '2024-03-03')], [], '2024-03-03'],
    ['is that of another insurer', [year], [period('2024-01-01', '2024-12-31', { insurer: '500' })], '2024-01-01'],
    ['is that of another ziekenfonds', [year, next], [year, { ...next, ziekenfonds: '311' }], '2025-01-01'],
    ['is that of another capacity', [year, next], [year, { ...next, capacity: 'STUDENT' }], '2025-01-01'],
    ['is that of another ground', [year, next], [year, { ...next, ground: 'runOut' }], '2025-01-01'],
    ['is that of another decision', [year, next], [year, { ...next, decisionId: 'two' }], '2025-01-01'],
    ['is the earliest of several', [year, { ...next, ground: 'runOut' }], [next], '2024-01-01'],
  ])('%s', (_name, before, after, expected) => {
    expect(firstDifference(before, after)).toBe(expected)
    expect(firstDifference(after, before)).toBe(expected)
  })
})
