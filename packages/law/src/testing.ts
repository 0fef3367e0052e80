export { loadScenarios, parseScenarios } from './scenarios/load.ts'
export { answerScenario, checkScenario, questionNames } from './scenarios/run.ts'
export type { Scenario } from './scenarios/schema.ts'
