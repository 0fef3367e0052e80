export { type Given, given, type OnFacts, type Outcome } from './testing/decider-spec.ts'
