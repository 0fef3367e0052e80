export { loadScenarios } from './scenarios/load.ts'
export { type Asked, guardOf, mistakesIn } from './scenarios/mistakes.ts'
export { optionalHoles } from './scenarios/optional-inputs.ts'
export { lawSources, reads } from './scenarios/readers.ts'
export { answerScenario, lawQuestions, scenariosOf } from './scenarios/run.ts'
export {
  day,
  euro,
  inEuro,
  type Questions,
  question,
  tellRepairs,
  year,
} from './scenarios/vocabulary.ts'
