import { yearOf } from '@ziv/kernel'
import { type Law, opensAnew, referenceYearOf } from '@ziv/law'
import { type AssessmentState, assessmentsOf, type Dossier } from './facts.ts'
import { ownSpells } from './own-right.ts'

/**
 * Adds assessments to a folded dossier. Gives the same as folding all facts again (a property test proves it), at the cost
 * of the new facts only.
 */
export function withAssessments(dossier: Dossier, facts: readonly AssessmentState[]): Dossier {
  return { ...dossier, assessments: assessmentsOf([...dossier.assessments.values(), ...facts]) }
}

/**
 * False when the assessments are all of years that decide nothing yet. A year decides the right two years later, and the years in
 * which a person is registered anew as holder decide at once: the minimum of a stage is asked of them.
 */
export function touchesDecidedYears(
  dossier: Dossier,
  facts: readonly AssessmentState[],
  decidedThrough: number,
  law: Law,
): boolean {
  const decides = referenceYearOf(decidedThrough, law)
  if (facts.some(({ referenceYear }) => referenceYear <= decides)) return true
  const spells = ownSpells(dossier, law)
  return spells.some(
    ({ from }, index) =>
      index > 0 &&
      opensAnew(spells, index, law) &&
      facts.some(({ referenceYear }) => referenceYear >= yearOf(from) && referenceYear <= decidedThrough),
  )
}
