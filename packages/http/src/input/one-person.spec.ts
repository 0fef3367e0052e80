import { expect, it } from 'vitest'
import type { ProblemError } from '../problems/problem-error.ts'
import { renderProblem } from '../problems/render.ts'
import { onePersonOf } from './one-person.ts'

const refused = (body: Parameters<typeof onePersonOf>[0], language: 'nl' | 'fr' | 'de' | 'en'): string => {
  try {
    return JSON.stringify(onePersonOf(body))
  } catch (error) {
    return JSON.stringify(renderProblem(error as ProblemError, language))
  }
}

it('a person is meant by one name', () => {
  expect(onePersonOf({ personId: 'a' })).toEqual({ personId: 'a' })
  expect(onePersonOf({ ssin: 'b' })).toEqual({ ssin: 'b' })
})

it.each([
  ['nl', 'ontbreekt', 'niet beide'],
  ['fr', 'manque', 'pas les deux'],
  ['de', 'fehlt', 'nicht beide'],
  ['en', 'missing', 'not both'],
] as const)(
  'in %s no name is said to be missing, and two are said to be one too many',
  (language, missing, tooMany) => {
    for (const body of [{}, { personId: 'a', ssin: 'b' }]) {
      const { issues } = JSON.parse(refused(body, language)) as { issues: { name: string; detail: string }[] }
      expect(issues[0]?.name).toBe('personId')
      expect(issues[0]?.detail).not.toMatch(/\b(personId|ssin)\b/)
    }
    expect(refused({}, language)).toContain(missing)
    expect(refused({}, language)).not.toContain(tooMany)
    expect(refused({ personId: 'a', ssin: 'b' }, language)).toContain(tooMany)
  },
)
