import type { Law } from '@ziv/law'
import { type AssessmentState, type Dossier, dossierOf } from './facts.ts'
import { referenceYearOf } from './reference-year.ts'

/**
 * Adds assessments to a folded dossier. Gives the same as folding all facts again (a property test proves it), at the cost
 * of the new facts only.
 */
export function withAssessments(dossier: Dossier, facts: readonly AssessmentState[]): Dossier {
  const known = [...dossier.assessments.values()]
  return { ...dossier, assessments: dossierOf(dossier.personId, [...known, ...facts]).assessments }
}

/** False when the assessments are all of years that decide nothing yet. */
export const touchesDecidedYears = (facts: readonly AssessmentState[], decidedThrough: number, law: Law): boolean =>
  facts.some((fact) => fact.referenceYear <= referenceYearOf(decidedThrough, law))
