import { loadLaw } from '@ziv/law'
import { checkScenario, loadScenarios } from '@ziv/law/testing'
import { expect, test } from 'vitest'
import { rightsQuestions } from '../testing/questions.ts'

const law = loadLaw()

test.each(loadScenarios(new URL('../../scenarios/', import.meta.url)))(
  '$file: $name',
  { meta: { scenario: true } },
  (scenario) => {
    expect(checkScenario(scenario, law, rightsQuestions)).toEqual([])
  },
)
