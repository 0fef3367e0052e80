import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Law } from '../types.ts'
import { careQuestions } from './questions-care.ts'
import { contributionQuestions } from './questions-contributions.ts'
import { dependantQuestions } from './questions-dependants.ts'
import { moneyQuestions } from './questions-money.ts'
import { rightsQuestions } from './questions-rights.ts'
import type { Scenario } from './schema.ts'
import type { Question } from './vocabulary.ts'

const questions: Readonly<Record<string, Question<z.ZodType>>> = {
  ...rightsQuestions,
  ...contributionQuestions,
  ...dependantQuestions,
  ...careQuestions,
  ...moneyQuestions,
}

/** Names of the questions that a scenario can ask. */
export const questionNames = Object.keys(questions)

/** What the law answers to a scenario. Throws an Error that says what is wrong with the situation. */
export function answerScenario(scenario: Scenario, law: Law): Readonly<Record<string, unknown>> {
  const question = questions[scenario.question]
  if (!question) throw new Error(`${scenario.file}: "${scenario.question}" is not one of ${questionNames.join(', ')}`)
  const situation = question.situation.safeParse(scenario.situation)
  if (!situation.success) {
    throw new Error(
      `${scenario.file}, ${scenario.name}: the situation is not right\n${z.prettifyError(situation.error)}`,
    )
  }
  return question.answer(situation.data, law)
}

/** Where the answer differs from what the scenario expects; empty when it agrees. Only the expected words are compared. */
export function checkScenario(scenario: Scenario, law: Law): string[] {
  const answer = answerScenario(scenario, law)
  return Object.entries(scenario.expect).flatMap(([word, expected]) => {
    if (!(word in answer)) return [`${word}: the answer has no such word; it has ${Object.keys(answer).join(', ')}`]
    if (isDeepStrictEqual(answer[word], expected)) return []
    return [
      `${word}: expected ${JSON.stringify(expected)}, the law says ${JSON.stringify(answer[word])} (${scenario.article})`,
    ]
  })
}
