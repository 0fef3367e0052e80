import { scenariosOf } from '@ziv/law/testing'
import { expect, test } from 'vitest'
import { rightsQuestions } from '../testing/questions.ts'

const scenarios = scenariosOf(new URL('../../scenarios/', import.meta.url), rightsQuestions)

test.each(scenarios)('$file: $name', { meta: { scenario: true } }, ({ differences }) => {
  expect(differences()).toEqual([])
})
