import { loadLaw } from '@ziv/law'
import { describe, expect, it } from 'vitest'
import { dossierOf, type Fact } from './facts.ts'
import { assessed, capacity, capacityEnd, day, died, joined, left } from './testing-facts.ts'
import { timelineOf } from './timeline.ts'

const law = loadLaw()
const worked = (name: string, from: string, to?: string): Fact[] => [
  capacity('EMPLOYEE', from, { capacityId: name }),
  ...(to === undefined ? [] : [capacityEnd(name, to)]),
]
const fold = (facts: readonly Fact[], decidedThrough = 2025) =>
  timelineOf(dossierOf('person', facts), { rules: { law }, decidedThrough, holders: new Map() })
const told = (facts: readonly Fact[], decidedThrough?: number) =>
  fold(facts, decidedThrough).decisions.map(({ kind, outcome, from, to }) => `${kind} ${outcome} ${from} ${to}`)
const openings = (facts: readonly Fact[], decidedThrough?: number) =>
  fold(facts, decidedThrough).decisions.filter(({ kind }) => kind === 'opening')
const member = joined('2015-01-01', { affiliationId: 'a' })

describe('a capacity of one day', () => {
  it('opens the right', () => {
    expect(told([member, ...worked('x', '2022-04-01', '2022-04-01')], 2022)).toEqual([
      'opening granted 2022-04-01 2023-12-31',
    ])
  })

  it('opens it also on the day of death, and not after', () => {
    const facts = [member, ...worked('x', '2022-04-01')]
    const days = (on: string) => fold([...facts, died(on)]).periods.map(({ from, to }) => `${from} ${to}`)
    expect([days('2022-04-01'), days('2022-03-31')]).toEqual([['2022-04-01 2022-04-01'], []])
    expect(told([...facts, died('2022-03-31')])).toEqual([])
  })
})

describe('a capacity acquired anew', () => {
  it('opens the right when whole quarters without one lie before it, to the day', () => {
    const from = day('2024-07-01')
    const from2024 = (last: string) =>
      openings([member, ...worked('old', '2019-01-01', last), ...worked('new', from)]).map((each) => each.from)
    expect(from2024('2024-03-31')).toEqual(['2019-01-01', from])
    expect(from2024('2024-04-01')).toEqual(['2019-01-01'])
  })

  it('adds the days after an opening that still runs, whichever capacity began that one', () => {
    const first = worked('a', '2022-01-01', '2022-03-31')
    const next = worked('b', '2022-04-01', '2022-05-31')
    for (const earlier of [first, [...first, ...next]]) {
      expect(told([member, ...earlier, ...worked('new', '2023-01-01')], 2024)).toEqual([
        'opening granted 2022-01-01 2023-12-31',
        'opening granted 2024-01-01 2024-12-31',
      ])
    }
    expect(told([member, ...first, ...worked('new', '2023-12-31')], 2024)).toEqual([
      'opening granted 2022-01-01 2023-12-31',
      'opening granted 2024-01-01 2024-12-31',
    ])
  })

  it('adds nothing when the opening that runs lasts as long', () => {
    const facts = [member, ...worked('a', '2022-01-01', '2022-01-31'), ...worked('new', '2022-10-01', '2022-10-31')]
    expect(told(facts, 2022)).toEqual(['opening granted 2022-01-01 2023-12-31'])
    expect(openings(facts)).toHaveLength(1)
  })

  it('says in its reasons from which day it opens, and since when the capacity is held', () => {
    const facts = [member, ...worked('a', '2022-01-01', '2022-03-31'), ...worked('new', '2023-01-01')]
    const [reason] = openings(facts).at(-1)?.grounds ?? []
    expect(reason?.facts).toEqual([
      { name: 'from', value: '2024-01-01' },
      { name: 'until', value: '2024-12-31' },
      { name: 'capacityFrom', value: '2023-01-01', eventId: 'new/acquired' },
    ])
  })

  it('opens anew in the middle of a year that is refused until then, and no day is both', () => {
    const old = [member, ...worked('old', '2019-01-01', '2022-12-31'), assessed(2021, true), assessed(2022, false)]
    const year2024 = (from: string) =>
      told([...old, ...worked('new', from)], 2024).filter((text) => /2024-\d\d-\d\d \d/.test(text))
    expect(year2024('2024-04-01')).toEqual([
      'renewal refused 2024-01-01 2024-03-31',
      'opening granted 2024-04-01 2025-12-31',
    ])
    expect(year2024('2024-01-01')).toEqual(['opening granted 2024-01-01 2025-12-31'])
    expect(year2024('2024-01-02')).toEqual([
      'renewal refused 2024-01-01 2024-01-01',
      'opening granted 2024-01-02 2025-12-31',
    ])
    expect(year2024('2024-12-31')).toEqual([
      'renewal refused 2024-01-01 2024-12-30',
      'opening granted 2024-12-31 2025-12-31',
    ])
  })

  it('goes on in a registration that stood since the capacity that ended last', () => {
    const rulesOf = (...facts: readonly Fact[]) =>
      openings(facts)
        .at(-1)
        ?.grounds.map(({ rule }) => rule)
    const first = openings([member, ...worked('x', '2020-01-01')])[0]?.grounds.map(({ rule }) => rule)
    const away = [joined('2015-01-01', { affiliationId: 'a' }), left('a', '2022-04-15'), joined('2022-06-15')]
    const long = worked('long', '2021-01-01', '2022-06-30')
    const short = worked('short', '2021-06-01', '2022-03-31')
    const fresh = worked('new', '2024-01-01')
    expect(rulesOf(...away, ...long, ...fresh)).not.toEqual(first)
    expect(rulesOf(...away, ...worked('x', '2021-01-01', '2022-03-31'), ...fresh)).toEqual(first)
    // whichever of the two began first, the one that ended last counts
    expect(rulesOf(...away, ...long, ...short, ...fresh)).not.toEqual(first)
    const later = worked('long', '2021-06-01', '2022-06-30')
    expect(rulesOf(...away, ...worked('short', '2021-01-01', '2022-03-31'), ...later, ...fresh)).not.toEqual(first)
  })
})

describe('after a lapse for unpaid personal contributions', () => {
  const personal = (year: number, met: boolean) => assessed(year, met, { regime: 'personal' })
  const lapsed = [
    member,
    ...[capacity('RESIDENT', '2020-01-01', { capacityId: 'old' }), capacityEnd('old', '2022-12-31')],
    ...[2020, 2021, 2022].map((year) => personal(year, false)),
    capacity('STUDENT', '2025-04-01', { capacityId: 'new' }),
  ]
  /** Of what comes after the first opening. */
  const reasons = (...more: readonly Fact[]) =>
    openings([...lapsed, ...more])
      .slice(1)
      .map(({ outcome, from, to, grounds }) => [
        `${outcome} ${from} ${to}`,
        ...grounds.map(({ rule, facts }) => `${rule} ${facts.find(({ name }) => name === 'from')?.value ?? ''}`.trim()),
      ])

  it('the right opens after the waiting period when the minimum of the stage is met', () => {
    expect(reasons(personal(2025, true))).toEqual([
      ['refused 2025-04-01 2025-09-30', 'opening.waitingPeriod'],
      ['granted 2025-10-01 2026-12-31', 'opening.first 2025-10-01', 'opening.stageMinimum'],
    ])
  })

  it('and stays closed for the reason of the stage alone when it is not', () => {
    expect(reasons(personal(2025, false))).toEqual([
      ['refused 2025-04-01 2025-09-30', 'opening.waitingPeriod'],
      ['refused 2025-10-01 2026-12-31', 'opening.stageMinimum'],
    ])
  })

  it('a year that waits for proof of income closed nothing: there is no stage', () => {
    const open = [2020, 2021, 2022].map((year) =>
      assessed(year, false, { regime: 'personal', awaits: 'incomeProof', sequence: 2 }),
    )
    expect(reasons(...open)).toEqual([['granted 2025-04-01 2026-12-31', 'prolongation.fromQuarter 2025-04-01']])
  })

  it('a stage whose year waits for proof of income opens provisionally', () => {
    const open = assessed(2025, false, { regime: 'personal', awaits: 'incomeProof', totalCents: 0 })
    expect(reasons(open)).toEqual([
      ['refused 2025-04-01 2025-09-30', 'opening.waitingPeriod'],
      ['granted 2025-10-01 2026-12-31', 'opening.first 2025-10-01', 'right.provisional'],
    ])
  })

  it('a registration that lapsed for unpaid wage opens at once', () => {
    const wage = [2020, 2021, 2022].map((year) => assessed(year, false, { sequence: 2 }))
    expect(reasons(...wage)).toEqual([['granted 2025-04-01 2026-12-31', 'prolongation.fromQuarter 2025-04-01']])
  })
})
