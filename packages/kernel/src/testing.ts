export { given } from './testing/decider-spec.ts'
