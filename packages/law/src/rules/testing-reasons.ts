import type { LawDecision } from '../types.ts'

/** What a decision says for itself: each rule, whether it holds, its facts by name and the parameters it cites. */
export const reasonsOf = ({ grounds }: LawDecision<unknown>) =>
  grounds.map(({ rule, satisfied, facts, parameters }) => ({
    ...{ rule, satisfied, facts: Object.fromEntries(facts.map(({ name, value }) => [name, value])) },
    parameters: parameters.map(({ name }) => name),
  }))
