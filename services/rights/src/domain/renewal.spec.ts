import { loadLaw } from '@ziv/law'
import { describe, expect, it } from 'vitest'
import { dossierOf, type Fact } from './facts.ts'
import { touchesDecidedYears } from './merge.ts'
import { addedInYear, hasDaysFrom, holderDaysFrom, ownDaysReaching, yearAlone } from './renewal.ts'
import { assessed, capacity, capacityEnd, day, joined } from './testing-facts.ts'

const rules = { law: loadLaw() }
const depends = (name: string, from: string, to?: string, kind = 'DEPENDANT_SPOUSE'): Fact[] => [
  capacity(kind, from, { capacityId: name, holderPersonId: 'holder' }),
  ...(to === undefined ? [] : [capacityEnd(name, to)]),
]
const born = (birthDate: string) => joined('2015-01-01', { birthDate: day(birthDate) })
const dossier = (...facts: readonly Fact[]) => dossierOf('person', [born('1980-05-05'), ...facts])
const follows = (year: number, ...facts: readonly Fact[]) => {
  const alone = yearAlone(dossier(...facts), year, rules)
  return alone === null ? 'several' : (alone.follows?.factIds[0]?.split('/')[0] ?? 'own')
}

describe('a year can be decided alone', () => {
  it('when it rests on a right of one’s own, or on one holder', () => {
    expect(follows(2025)).toBe('own')
    expect(follows(2025, capacity('EMPLOYEE', '2020-01-01'))).toBe('own')
    expect(follows(2025, ...depends('wed', '2020-01-01'))).toBe('wed')
  })

  it('not when rights meet in it', () => {
    expect(follows(2025, ...depends('wed', '2020-01-01'), capacity('EMPLOYEE', '2021-01-01'))).toBe('several')
    expect(follows(2025, ...depends('a', '2020-01-01'), ...depends('b', '2022-01-01'))).toBe('several')
  })

  it('when the right kept after a dependency ended with an earlier year', () => {
    const ended = (to: string) => [2024, 2025, 2026].map((year) => follows(year, ...depends('wed', '2020-01-01', to)))
    expect(ended('2023-12-30')).toEqual(['wed', 'own', 'own'])
    expect(ended('2023-12-31')).toEqual(['wed', 'wed', 'own'])
    const after = [...depends('a', '2018-01-01', '2020-06-30'), ...depends('b', '2023-01-01')]
    expect([2021, 2025].map((year) => follows(year, ...after))).toEqual(['several', 'b'])
    expect(follows(2025, ...depends('a', '2018-01-01', '2020-06-30'), capacity('EMPLOYEE', '2021-01-01'))).toBe('own')
  })

  it('when a child came of age so long ago that nothing of it is left', () => {
    const child = dossierOf('person', [
      born('1998-05-05'),
      ...depends('child', '2010-01-01', undefined, 'DEPENDANT_CHILD'),
    ])
    const years = [2023, 2024, 2025].map((year) => yearAlone(child, year, rules)?.follows?.capacity)
    expect(years).toEqual(['DEPENDANT_CHILD', 'DEPENDANT_CHILD', undefined])
  })
})

describe('what a renewal adds to a dependant', () => {
  const wed = dossier(...depends('wed', '2020-01-01'))
  const alone = yearAlone(wed, 2025, rules)
  if (alone === null) throw new Error('several rights')
  const holds = (from: string, to: string) => ({ from: day(from), to: day(to), decisionId: from })
  const added = (...holder: readonly ReturnType<typeof holds>[]) =>
    addedInYear(wed, alone, holder, 2025, rules)?.map(({ from, to }) => `${from} ${to}`)

  it('is the days of the holder that begin in the year', () => {
    expect(added(holds('2024-01-01', '2024-12-31'), holds('2025-01-01', '2025-12-31'))).toEqual([
      '2025-01-01 2025-12-31',
    ])
    expect(added(holds('2024-01-01', '2024-12-31'))).toEqual([])
  })

  it('cannot be told alone when days of a later year come with it', () => {
    expect(added(holds('2025-07-01', '2025-12-31'), holds('2026-01-01', '2026-12-31'))).toBeUndefined()
  })

  it('is nothing while nobody knows the day of birth', () => {
    const days = [holds('2025-01-01', '2025-12-31')]
    expect(addedInYear({ ...wed, birthDate: null }, alone, days, 2025, rules)).toEqual([])
  })
})

describe('the days of a holder that a year of a dependant needs', () => {
  it('are those that end on the last day of the year before or later, also of an opening of the year before', () => {
    const holder = dossier(capacity('EMPLOYEE', '2022-04-01'), assessed(2022, true), assessed(2023, false))
    const needed = (year: number) => ownDaysReaching(holder, year, rules).map(({ from, to }) => `${from} ${to}`)
    expect(needed(2023)).toEqual(['2022-04-01 2023-12-31'])
    expect(needed(2024)).toEqual(['2022-04-01 2023-12-31', '2024-01-01 2024-12-31'])
    expect(needed(2025)).toEqual(['2024-01-01 2024-12-31'])
    expect(needed(2026)).toEqual([])
    expect(holderDaysFrom(2025)).toBe('2024-12-31')
  })

  it('are there already when the last known day lies in the year', () => {
    const until = (to: string) => {
      const days = { from: day('2023-01-01'), to: day(to), insurer: '300', ziekenfonds: '306' }
      return hasDaysFrom([{ ...days, capacity: 'EMPLOYEE', ground: 'renewal', decisionId: 'd' }], 2025)
    }
    expect([until('2024-12-31'), until('2025-01-01'), hasDaysFrom([], 2025)]).toEqual([false, true, false])
  })
})

it('an assessment says something of the right once its reference year decides a year', () => {
  const touches = (...years: readonly number[]) =>
    touchesDecidedYears(
      dossierOf('person', [capacity('STUDENT', '2021-01-01')]),
      years.map((year) => assessed(year, true)),
      2025,
      rules.law,
    )
  expect([touches(2023), touches(2024), touches(2024, 2023), touches()]).toEqual([true, false, true, false])
})

it('an assessment of the years of a stage says something at once: the minimum of the stage opens the right', () => {
  const spells = [capacity('STUDENT', '2021-01-01'), capacityEnd('STUDENT-2021-01-01', '2022-06-30')]
  const touches = (from: string, year: number) =>
    touchesDecidedYears(
      dossierOf('person', [joined('2015-01-01'), ...spells, capacity('STUDENT', from)]),
      [assessed(year, false, { regime: 'personal' })],
      2025,
      rules.law,
    )
  expect([touches('2024-07-01', 2024), touches('2024-07-01', 2025)]).toEqual([true, true])
  // not acquired anew: nothing but prolongation follows, and a year to come decides nothing yet
  expect([touches('2022-07-01', 2024), touches('2024-07-01', 2026)]).toEqual([false, false])
})
