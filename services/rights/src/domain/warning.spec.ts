import { loadLaw } from '@ziv/law'
import { expect, test } from 'vitest'
import { dossierOf, type Fact } from './facts.ts'
import { assessed, capacity, capacityEnd, day, joined, left } from './testing-facts.ts'
import { warningFor } from './warning.ts'

const rules = { law: loadLaw() }
/** Somebody who has worked since 2020. */
const worker = (...facts: readonly Fact[]) => {
  const met = [2020, 2021, 2022].map((year) => assessed(year, true))
  const employee = [joined('2020-01-01'), capacity('EMPLOYEE', '2020-01-01', { capacityId: 'work' })]
  return dossierOf('person', [...employee, ...met, ...facts])
}
/** The warning for the right of 2025, which rests on 2023. */
const warning = (...facts: readonly Fact[]) => warningFor(worker(...facts), 2025, rules)

test('who is in order and short for the reference year is told how much is missing, and until when it can be paid', () => {
  const short = assessed(2023, false, { shortCents: 1_234, payableUntil: day('2028-12-31') })
  expect(warning(short)).toEqual({ year: 2025, referenceYear: 2023, shortCents: 1_234, payableUntil: '2028-12-31' })
})

test('for a year for which nothing came in, all of the minimum is missing', () => {
  expect(warning()).toEqual({ year: 2025, referenceYear: 2023, shortCents: 722_464, payableUntil: '2028-12-31' })
})

test('nobody is warned whose right goes on, who died, or who is not in order at the end of the year before', () => {
  expect(warning(assessed(2023, true))).toBeNull()
  const lapsed = assessed(2022, false, { recordedAt: '2024-02-01T00:00:00.000Z' })
  expect(warning(lapsed, assessed(2023, false))).toBeNull()
  expect(warningFor({ ...worker(assessed(2023, false)), diedOn: day('2024-05-05') }, 2025, rules)).toBeNull()
})

test('a capacity that is missing is no want of contributions', () => {
  expect(warning(capacityEnd('work', '2022-12-31'), assessed(2023, true))).toBeNull()
})

test('nobody is warned whose death is known, though the right ran to the end of the year before', () => {
  const short = assessed(2023, false)
  expect(warningFor({ ...worker(short), diedOn: day('2024-12-31') }, 2025, rules)).toBeNull()
  expect(warningFor({ ...worker(short), diedOn: day('2025-01-10') }, 2025, rules)).toBeNull()
})

test('nobody is warned in the years of a first opening: no contributions are asked for them', () => {
  const short = assessed(2022, false)
  const beginner = dossierOf('person', [joined('2023-02-01'), capacity('EMPLOYEE', '2023-02-01'), short])
  expect(warningFor(beginner, 2024, rules)).toBeNull()
  expect(warningFor(dossierOf('nobody', []), 2025, rules)).toBeNull()
})

test('who joins another insurer on the last day of the year is warned by the new one', () => {
  const moved = worker(joined('2024-12-31'), left('affiliation-2020-01-01', '2024-12-30'), assessed(2023, false))
  expect(warningFor(moved, 2025, rules)).toMatchObject({ year: 2025, referenceYear: 2023, shortCents: 700_000 })
  const gone = worker(left('affiliation-2020-01-01', '2024-12-30'), assessed(2023, false))
  expect(warningFor(gone, 2025, rules)).toBeNull()
})

test('whose day of birth nobody knows is warned too, without an amount that nobody can say', () => {
  const unborn = { ...worker(), birthDate: null }
  const year = { year: 2025, referenceYear: 2023, shortCents: 0, payableUntil: '2028-12-31' }
  expect(warningFor(unborn, 2025, rules)).toEqual(year)
})
