import { expect, test } from 'vitest'
import { differencesOf, noFigures, perCapacity } from './figures.ts'
import { noCapacity } from './membership.ts'

test('counts per capacity are those that somebody has, by their code, and the members without one', () => {
  const counts = [
    ['STUDENT', 2],
    [noCapacity, 3],
    ['EMPLOYEE', 5],
    ['RESIDENT', 0],
  ] as const
  expect(perCapacity(counts)).toEqual({
    members: [
      { capacity: 'EMPLOYEE', count: 5 },
      { capacity: 'STUDENT', count: 2 },
    ],
    membersWithoutCapacity: 3,
  })
  expect(perCapacity([['EMPLOYEE', 1]])).toMatchObject({ membersWithoutCapacity: 0 })
  expect(perCapacity([[noCapacity, 0]])).toEqual({ members: [], membersWithoutCapacity: 0 })
})

test('differences name every figure that is not the same, totals first, then capacities by their code', () => {
  const before = {
    ...noFigures,
    ...{
      claims: 4,
      members: [
        { capacity: 'STUDENT', count: 2 },
        { capacity: 'EMPLOYEE', count: 5 },
      ],
    },
  }
  const after = {
    ...noFigures,
    ...{
      slips: 1,
      members: [
        { capacity: 'RESIDENT', count: 7 },
        { capacity: 'EMPLOYEE', count: 5 },
      ],
    },
  }
  expect(differencesOf(before, after)).toEqual([
    { cell: 'slips', before: 0, after: 1 },
    { cell: 'claims', before: 4, after: 0 },
    { cell: 'members.RESIDENT', before: 0, after: 7 },
    { cell: 'members.STUDENT', before: 2, after: 0 },
  ])
  expect(differencesOf(before, before)).toEqual([])
})
