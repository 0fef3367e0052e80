/** Outcome of a reference year; the shape that the integration events carry. */
export interface YearAssessment {
  readonly regime: 'wage' | 'selfEmployed' | 'personal'
  readonly totalCents: number
  readonly requiredCents: number
  readonly met: boolean
  readonly shortCents: number
  readonly payableUntil: string
  readonly confidence: 'verified' | 'secondary' | 'derived' | 'assumed'
}

/** A settled year is settled again only when one of these differs: more wage on a year that is met is no news. */
export const sameOutcome = (a: YearAssessment, b: YearAssessment): boolean =>
  a.regime === b.regime && a.met === b.met && a.requiredCents === b.requiredCents && a.shortCents === b.shortCents
