import { expect, test } from 'vitest'
import { nearestName } from './nearest-name.ts'

const known = ['ssin', 'lastName', 'firstNames', 'birthDate', 'sex']

test.each([
  ['lastname', 'lastName'],
  ['last_name', 'lastName'],
  ['firstName', 'firstNames'],
  ['birhtDate', 'birthDate'],
  ['ssn', 'ssin'],
])('%s was meant to be %s', (typed, meant) => {
  expect(nearestName(typed, known)).toBe(meant)
})

test.each(['Claes', '', '--', 'insz', 'name', 'x'.repeat(10_000)])('nothing known is near %j', (typed) => {
  expect(nearestName(typed, known)).toBeNull()
})
