import { type Cents, multiplyCents, type Quarter, quarterStart } from '@ziv/kernel'
import { cite, decision, fact } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Law, LawDecision, ParameterRef, Ratio } from '../types.ts'

export const personalSteps = ['full', 'reduced', 'low', 'exempt'] as const
/** Income step of a resident: full without proof of a lower income. */
export type PersonalStep = (typeof personalSteps)[number]

export interface PersonalContributionFacts {
  readonly capacity: 'STUDENT' | 'RESIDENT'
  readonly quarter: Quarter
  /** Income step of a resident; full when not given. A student pays the flat amount. */
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
  if (facts.capacity === 'RESIDENT' && facts.step) return { step: facts.step, parameters: [] }
  const name = facts.capacity === 'STUDENT' ? 'contributions/student-step' : 'contributions/resident-default-step'
  const parameter = law.at<PersonalStep>(name, quarterStart(facts.quarter))
  return { step: parameter.value, parameters: [cite(parameter)] }
}
