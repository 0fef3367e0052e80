export { loadScenarios } from './scenarios/load.ts'
export { type Asked, guardOf, type Mistake, mistakesIn } from './scenarios/mistakes.ts'
export { answerScenario, lawQuestions, scenariosOf } from './scenarios/run.ts'
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
