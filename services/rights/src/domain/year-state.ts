import { assessYear, isAssessable, type Law, noContributions } from '@ziv/law'
import { type AssessedFact, type Dossier, explanationOf, type YearExplanation } from './facts.ts'

type Explanation = Pick<YearExplanation, 'grounds' | 'repairs'>

/** How a reference year stands, and why as far as somebody said it. */
export interface YearState extends Omit<AssessedFact, 'kind'> {
  /** The event that told it; absent while nothing was told. */
  readonly eventId?: string
  readonly explanation: Explanation | null
}

/**
 * How a reference year stands: as contributions told it. They tell of every contribution that came in, so a year of which they
 * told nothing is one for which nothing came in, and the same rule of the law says what that comes to. Null where nobody can say
 * it: the day of birth is unknown, or the values of the law for the year are.
 */
export function yearStateOf(dossier: Dossier, referenceYear: number, law: Law): YearState | null {
  const told = dossier.assessments.get(referenceYear)
  if (told !== undefined) return { ...told, eventId: told.id, explanation: explanationOf(told) }
  const { birthDate, diedOn, affiliations, capacities, pending } = dossier
  if (birthDate === null || !isAssessable(law, referenceYear)) return null
  const person = { birthDate, diedOn, registered: affiliations, capacities, pending }
  const { result, grounds, repairs } = assessYear({ year: referenceYear, person, law }, noContributions)
  return { ...result, explanation: { grounds, repairs } }
}
