import { type Cents, multiplyCents, type Quarter, quarterStart } from '@ziv/kernel'
import { capacityRule } from '../capacities/rule.ts'
import { capacityRules } from '../capacities/schema.ts'
import { cite, decision, fact } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Law, LawDecision, ParameterRef, Ratio } from '../types.ts'

export const personalSteps = capacityRules.contributionStep
/** Income step of a contribution: that of the capacity, or of a lower income that is proven where the capacity lets it count. */
export type PersonalStep = (typeof personalSteps)[number]

export interface PersonalContributionFacts {
  /** Code of a capacity whose regime is a personal contribution. */
  readonly capacity: string
  readonly quarter: Quarter
  /** Step of the income that is proven. */
  readonly step?: PersonalStep
}

/**
 * Contribution of a student or a resident for one quarter, in cents (ZIV-besluit art. 134): the base amount of the step times the
 * coefficient of the year, rounded half up.
 */
export function personalContribution(facts: PersonalContributionFacts, law: Law): LawDecision<{ dueCents: Cents }> {
  const { dueCents, step, parameters } = personalDue(facts, law)
  const used = [
    fact('capacity', facts.capacity),
    fact('quarter', facts.quarter),
    fact('step', step),
    fact('dueCents', dueCents),
  ]
  return decision('granted', { dueCents }, [ground('personal.contribution', true, used, parameters)])
}

/** Amount due and the parameters used, without the wrapping; for the assessment of a whole year. */
export function personalDue(
  facts: PersonalContributionFacts,
  law: Law,
): { dueCents: Cents; step: PersonalStep; parameters: ParameterRef[] } {
  const day = quarterStart(facts.quarter)
  const chosen = chooseStep(facts, law)
  const base = law.at<Record<PersonalStep, Cents>>('contributions/personal-base', day)
  const coefficient = law.at<Ratio>('contributions/personal-coefficient', day)
  const { numerator, denominator } = coefficient.value
  return {
    dueCents: multiplyCents(base.value[chosen.step], numerator, denominator, 'halfUp'),
    step: chosen.step,
    parameters: [...chosen.parameters, cite(base, chosen.step), cite(coefficient)],
  }
}

function chooseStep(facts: PersonalContributionFacts, law: Law): { step: PersonalStep; parameters: ParameterRef[] } {
  const day = quarterStart(facts.quarter)
  const lowers = capacityRule(law, facts.capacity, 'provenIncome', day)
  if (facts.step && lowers.value === 'lowersTheStep') return { step: facts.step, parameters: [cite(lowers)] }
  const own = capacityRule(law, facts.capacity, 'contributionStep', day)
  return { step: own.value, parameters: [cite(own)] }
}
