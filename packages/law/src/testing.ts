export { loadScenarios, parseScenarios } from './scenarios/load.ts'
export { type Mistake, mistakesIn, notices } from './scenarios/mistakes.ts'
export { answerScenario, checkScenario, lawQuestions } from './scenarios/run.ts'
export type { Scenario } from './scenarios/schema.ts'
export {
  capacity,
  day,
  euro,
  inEuro,
  type Questions,
  question,
  span,
  tellRepairs,
  year,
} from './scenarios/vocabulary.ts'
