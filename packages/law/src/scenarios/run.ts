import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { loadLaw } from '../parameters/load.ts'
import type { Law } from '../types.ts'
import { loadScenarios } from './load.ts'
import { careQuestions } from './questions-care.ts'
import { contributionQuestions } from './questions-contributions.ts'
import { dependantQuestions } from './questions-dependants.ts'
import { moneyQuestions } from './questions-money.ts'
import { rightsQuestions } from './questions-rights.ts'
import type { Scenario } from './schema.ts'
import type { Answer, Questions } from './vocabulary.ts'

/** What the rules of this package are asked by scenarios; a service asks its own questions of its own functions. */
export const lawQuestions: Questions = {
  ...rightsQuestions,
  ...contributionQuestions,
  ...dependantQuestions,
  ...careQuestions,
  ...moneyQuestions,
}

/** What is answered to a scenario. Throws an Error that says what is wrong with the situation. */
export function answerScenario(scenario: Scenario, law: Law, questions: Questions = lawQuestions): Answer {
  const question = questions[scenario.question]
  if (!question) {
    throw new Error(`${scenario.file}: "${scenario.question}" is not one of ${Object.keys(questions).join(', ')}`)
  }
  const situation = question.situation.safeParse(scenario.situation)
  if (!situation.success) {
    throw new Error(
      `${scenario.file}, ${scenario.name}: the situation is not right\n${z.prettifyError(situation.error)}`,
    )
  }
  return question.answer(situation.data, law)
}

/** Where the answer differs from what the scenario expects; empty when it agrees. Only the expected words are compared. */
export function checkScenario(scenario: Scenario, law: Law, questions: Questions = lawQuestions): string[] {
  const { words } = answerScenario(scenario, law, questions)
  return Object.entries(scenario.expect).flatMap(([word, expected]) => {
    if (!(word in words)) return [`${word}: the answer has no such word; it has ${Object.keys(words).join(', ')}`]
    if (isDeepStrictEqual(words[word], expected)) return []
    return [
      `${word}: expected ${JSON.stringify(expected)}, the law says ${JSON.stringify(words[word])} (${scenario.article})`,
    ]
  })
}

/** The scenarios of a folder for a spec, each with what its answer has otherwise than it expects. */
export const scenariosOf = (folder: URL, questions: Questions) =>
  loadScenarios(folder).map((scenario) => ({
    ...scenario,
    differences: () => checkScenario(scenario, loadLaw(), questions),
  }))
