export {
  population,
  type SyntheticEmployer,
  type SyntheticPerson,
} from './population.ts'
export { type Random, randomOf } from './random.ts'
