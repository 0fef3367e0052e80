export { care, fileOf, invoicesOf, OFFICES } from './care.ts'
export type { Fees } from './fees.ts'
export { commandIdOf, memberRows } from './member-rows.ts'
export { attestsOf, paymentsOf } from './other-contributions.ts'
export {
  population,
  type Random,
  randomOf,
  type SyntheticPerson,
} from './population/index.ts'
export { type DemoResult, runDemo } from './run-demo.ts'
export { declarations } from './slip-files.ts'
export { dayOf, MONTHS_MAX, MONTHS_WITH_ALL, type Month, monthsOf, personsOf, type Story, storyOf } from './story.ts'
