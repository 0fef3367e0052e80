import { scenariosOf } from '@ziv/law/testing'
import { expect, test } from 'vitest'
import { affiliationQuestions } from './questions.ts'

const scenarios = scenariosOf(new URL('../../scenarios/', import.meta.url), affiliationQuestions)

test.each(scenarios)('$file: $name', { meta: { scenario: true } }, ({ differences }) => {
  expect(differences()).toEqual([])
})
