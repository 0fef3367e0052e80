import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { loadLaw } from '../parameters/load.ts'
import { sentenceOf } from '../render/render.ts'
import type { Ground, Law } from '../types.ts'
import { loadScenarios } from './load.ts'
import { careQuestions } from './questions-care.ts'
import { contributionQuestions } from './questions-contributions.ts'
import { dependantQuestions } from './questions-dependants.ts'
import { moneyQuestions } from './questions-money.ts'
import { proofQuestions } from './questions-proofs.ts'
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
  ...proofQuestions,
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

/** Reasons as short words: the rule, with `not` before it where it does not hold. */
const tellReasons = (grounds: readonly Ground[]): string[] =>
  grounds.map(({ rule, satisfied }) => (satisfied ? rule : `not ${rule}`))

/** Values that the sentence of a reason names and that its facts do not give: a person would read "unknown". */
const untold = (ground: Ground): string[] =>
  namesIn(sentenceOf(ground, 'en'))
    .filter((name) => (ground.facts.find((fact) => fact.name === name)?.value ?? null) === null)
    .map((name) => `${ground.rule}: its sentence names {${name}}, which no fact gives`)

const namesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)

/**
 * Where the answer differs from what the scenario expects, and what its reasons leave unsaid; empty when it agrees. Only the
 * expected words are compared; every question has the word `reasons` beside its own: the rules in their order.
 */
export function checkScenario(scenario: Scenario, law: Law, questions: Questions = lawQuestions): string[] {
  const { words: own, grounds } = answerScenario(scenario, law, questions)
  const words: Answer['words'] = { reasons: tellReasons(grounds), ...own }
  const differences = Object.entries(scenario.expect).flatMap(([word, expected]) => {
    if (!(word in words)) return [`${word}: the answer has no such word; it has ${Object.keys(words).join(', ')}`]
    if (isDeepStrictEqual(words[word], expected)) return []
    return [
      `${word}: expected ${JSON.stringify(expected)}, the law says ${JSON.stringify(words[word])} (${scenario.article})`,
    ]
  })
  return [...differences, ...grounds.flatMap(untold)]
}

/** The scenarios of a folder for a spec, each with what its answer has otherwise than it expects. */
export const scenariosOf = (folder: URL, questions: Questions) =>
  loadScenarios(folder).map((scenario) => ({
    ...scenario,
    differences: () => checkScenario(scenario, loadLaw(), questions),
  }))
