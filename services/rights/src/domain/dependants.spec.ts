import { loadLaw } from '@ziv/law'
import { describe, expect, it } from 'vitest'
import { followedSince } from './dependants.ts'
import { dossierOf, type Fact } from './facts.ts'
import { assessed, capacity, capacityEnd, joined, left } from './testing-facts.ts'
import { timelineOf, timelineWithHolders } from './timeline.ts'

const rules = { law: loadLaw() }
const THROUGH = 2025
/** In order in 2022 and 2023 by one decision, in 2024 by the next; 2025 is refused. */
const holder = dossierOf('holder', [
  joined('2015-01-01'),
  capacity('EMPLOYEE', '2022-01-01'),
  assessed(2022, true),
  assessed(2023, false),
])
const days = timelineOf(holder, { rules, decidedThrough: THROUGH, holders: new Map() }).periods
const of2022 = days[0]?.decisionId
const of2024 = days[1]?.decisionId
const spouse = (from: string, ...more: readonly Fact[]): Fact[] => [
  joined('2015-01-01'),
  capacity('DEPENDANT_SPOUSE', from, { capacityId: 'wed', holderPersonId: 'holder' }),
  ...more,
]
const fold = (facts: readonly Fact[], changes: object = {}, decidedThrough = THROUGH) =>
  timelineWithHolders({ ...dossierOf('person', facts), ...changes }, new Map([['holder', holder]]), {
    ...{ rules, decidedThrough },
  })
const told = (facts: readonly Fact[]) => fold(facts).decisions.map(({ from, to, ground }) => `${from} ${to} ${ground}`)

describe('a dependant', () => {
  it('is in order on the days the holder is, each by the decision that made the holder so', () => {
    expect(days.map(({ from, to }) => `${from} ${to}`)).toEqual(['2022-01-01 2023-12-31', '2024-01-01 2024-12-31'])
    const { decisions } = fold(spouse('2022-05-05'))
    expect(decisions).toMatchObject([
      { from: '2022-05-05', to: '2023-12-31', kind: 'dependant', ground: 'dependant', outcome: 'granted', repairs: [] },
      { from: '2024-01-01', to: '2024-12-31', capacity: 'DEPENDANT_SPOUSE', ground: 'dependant', repairs: [] },
    ])
    expect(decisions.map(({ grounds }) => grounds)).toEqual(
      [of2022, of2024].map((value) => [
        expect.objectContaining({
          rule: 'dependant.follows',
          satisfied: true,
          facts: [
            { name: 'from', value: '2022-05-05', eventId: 'wed/acquired' },
            { name: 'holderDecision', value, eventId: value },
          ],
        }),
      ]),
    )
  })

  it('keeps the right after the quality was lost, by the decision of the holder on its last day', () => {
    const lost = (on: string) => fold(spouse('2022-05-05', capacityEnd('wed', on))).decisions.at(-1)
    for (const [on, from, value] of [
      ['2023-12-31', '2024-01-01', of2022],
      ['2024-01-01', '2024-01-02', of2024],
      ['2024-12-31', '2025-01-01', of2024],
    ] as const) {
      expect(lost(on)).toMatchObject({ from, ground: 'runOut', outcome: 'granted' })
      expect(lost(on)?.grounds).toMatchObject([
        {
          rule: 'dependant.runOut',
          facts: [{ name: 'lostOn' }, { name: 'until' }, { name: 'holderDecision', value, eventId: value }],
        },
      ])
    }
  })

  it('keeps no right when the holder was not in order on the last day of the quality', () => {
    expect(told(spouse('2022-05-05', capacityEnd('wed', '2025-02-01')))).toEqual([
      '2022-05-05 2023-12-31 dependant',
      '2024-01-01 2024-12-31 dependant',
    ])
    expect(told(spouse('2025-01-01', capacityEnd('wed', '2025-02-01')))).toEqual([])
  })

  it('loses nothing while it depends on the same holder the day after, and keeps nothing twice', () => {
    const again = (end: string, from: string, to: string | null, holderPersonId = 'holder') => [
      ...spouse('2022-05-05', capacityEnd('wed', end)),
      capacity('DEPENDANT_SPOUSE', from, { capacityId: 'again', holderPersonId }),
      ...(to === null ? [] : [capacityEnd('again', to)]),
    ]
    const after = (facts: readonly Fact[]) => told(facts).filter((text) => text > '2024-07' || text.endsWith('runOut'))
    const [kept, rest] = ['2024-07-01 2025-12-31 runOut', '2024-07-01 2024-12-31 dependant']
    expect(after(again('2024-06-30', '2024-07-01', null))).toEqual([rest])
    expect(after(again('2024-06-30', '2024-07-01', null, 'somebody'))).toEqual([kept])
    expect(after(again('2024-06-30', '2024-08-01', null))).toEqual([
      ...['2024-08-01 2024-12-31 dependant', '2024-07-01 2024-07-31 runOut', '2025-01-01 2025-12-31 runOut'],
    ])
    const once = fold(again('2024-06-30', '2024-07-01', '2024-07-01')).decisions.filter(
      ({ ground }) => ground === 'runOut',
    )
    expect(once).toMatchObject([
      { from: '2024-07-02', to: '2025-12-31', grounds: [{ facts: [{ value: '2024-07-02' }, {}, {}] }] },
    ])
  })

  it('may be one for a day, and never was one when the quality was annulled', () => {
    const last = '2022-05-05 2022-05-05 dependant'
    expect(told(spouse('2022-05-05', capacityEnd('wed', '2022-05-05')))).toEqual([last, '2022-05-06 2023-12-31 runOut'])
    expect(told(spouse('2022-05-05', capacityEnd('wed', '2022-05-04')))).toEqual([])
  })

  it('of a person whose birth or whose holder nobody knows has no right yet', () => {
    expect(fold(spouse('2022-05-05'), { birthDate: null }).decisions).toEqual([])
    const context = { rules, decidedThrough: THROUGH }
    expect(timelineWithHolders(dossierOf('person', spouse('2022-05-05')), new Map(), context).decisions).toEqual([])
  })

  it('learns of the right that is kept once the year in which it begins is decided', () => {
    const facts = spouse('2022-05-05', capacityEnd('wed', '2024-12-31'))
    const ground = (decidedThrough: number) => fold(facts, {}, decidedThrough).decisions.at(-1)?.ground
    expect([2024, 2025].map(ground)).toEqual(['dependant', 'runOut'])
  })

  it('has a right of one’s own on the days it gives, and that of the holder on the others', () => {
    const facts = spouse('2022-05-05', capacity('STUDENT', '2023-04-01', { capacityId: 'study' }))
    expect(told(facts).filter((text) => text.endsWith('dependant'))).toEqual(['2022-05-05 2023-03-31 dependant'])
  })
})

describe('a year that is added to what was decided before', () => {
  const since = (year: number, ...more: readonly Fact[]) => {
    const dossier = dossierOf('person', spouse('2022-05-05', ...more))
    const [spell] = dossier.capacities
    if (spell === undefined) throw new Error('no capacity')
    return followedSince(dossier, spell, days, year, rules).map(({ from, ground }) => `${from} ${ground}`)
  }

  it('holds the days that begin in it, with the holder and after', () => {
    expect(since(2022)).toEqual(['2022-05-05 dependant', '2024-01-01 dependant'])
    expect(since(2024)).toEqual(['2024-01-01 dependant'])
    expect(since(2024, capacityEnd('wed', '2024-06-30'))).toEqual(['2024-01-01 dependant', '2024-07-01 runOut'])
    expect(since(2025, capacityEnd('wed', '2024-12-31'))).toEqual(['2025-01-01 runOut'])
    expect(since(2025, left('affiliation-2015-01-01', '2024-12-31'))).toEqual([])
  })
})
