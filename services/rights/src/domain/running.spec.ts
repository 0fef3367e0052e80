import { loadLaw } from '@ziv/law'
import { expect, test } from 'vitest'
import { dossierOf, type Fact } from './facts.ts'
import { decisionsOfYear, ownSpells } from './own-right.ts'
import { assessed, capacity, capacityEnd, joined } from './testing-facts.ts'

const rules = { law: loadLaw() }
const work = (to: string | null, from = '2020-01-01'): Fact[] => [
  capacity('EMPLOYEE', from, { capacityId: 'work' }),
  ...(to === null ? [] : [capacityEnd('work', to)]),
]
const study = (to: string | null): Fact[] => [
  capacity('STUDENT', '2022-10-01', { capacityId: 'study' }),
  ...(to === null ? [] : [capacityEnd('study', to)]),
]

test.each<[string, Fact[], string]>([
  ['of two that run, the most advantageous', [...work(null), ...study(null)], 'EMPLOYEE'],
  ['not one that ended before', [...work('2022-06-30'), ...study(null)], 'STUDENT'],
  ['not one that begins after it', [...work(null, '2025-02-01'), ...study(null)], 'STUDENT'],
  [
    'of two that ended in it, those of the last day of the one that began last',
    [...work('2024-09-30'), ...study('2024-06-30')],
    'EMPLOYEE',
  ],
  ['also when both ended on that day', [...work('2024-06-30'), ...study('2024-06-30')], 'EMPLOYEE'],
  ['not one that ended the day before', [...work('2024-06-29'), ...study('2024-06-30')], 'STUDENT'],
])('a renewal is told under one capacity of its year: %s', (_what, capacities, expected) => {
  const met = [2020, 2021, 2022].map((year) => assessed(year, true))
  const dossier = dossierOf('person', [joined('2020-01-01'), ...capacities, ...met])
  const renewal = decisionsOfYear(dossier, ownSpells(dossier, rules.law), 2024, rules).find(
    ({ kind }) => kind === 'renewal',
  )
  expect(renewal).toMatchObject({ capacity: expected, outcome: 'granted', ground: 'renewal' })
})
