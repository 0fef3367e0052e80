import type { Awaited, Confidence, ContributionRegime, Ground, YearDecision } from '@ziv/law'

/** A repair as it is kept. */
export interface KeptRepair {
  readonly rule: string
  readonly kind: string
  readonly params: Readonly<Record<string, string | number>>
  readonly until?: string | undefined
}

/** Outcome of a reference year and what would change it; what a settlement keeps and its message carries. */
export interface YearAssessment {
  readonly regime: ContributionRegime
  readonly totalCents: number
  readonly requiredCents: number
  readonly met: boolean
  readonly shortCents: number
  readonly payableUntil: string
  readonly confidence: Confidence
  /** What an open year waits for; absent when it is decided. */
  readonly awaits?: Awaited | undefined
  /** None when the year is met, or when it is too late. */
  readonly repairs: readonly KeptRepair[]
}

/** A settled year is settled again only when one of these differs: more wage on a year that is met is no news. */
export const sameOutcome = (a: YearAssessment, b: YearAssessment): boolean =>
  a.regime === b.regime &&
  a.met === b.met &&
  a.awaits === b.awaits &&
  a.requiredCents === b.requiredCents &&
  a.shortCents === b.shortCents &&
  sameRepairs(a.repairs, b.repairs)

/** In whatever order the store gives the parameters back. */
const sameRepairs = (a: readonly KeptRepair[], b: readonly KeptRepair[]): boolean =>
  a.length === b.length && a.every((repair, index) => sameRepair(repair, b[index] as KeptRepair))

const sameRepair = (a: KeptRepair, b: KeptRepair): boolean =>
  a.rule === b.rule &&
  a.kind === b.kind &&
  a.until === b.until &&
  Object.keys(a.params).length === Object.keys(b.params).length &&
  Object.entries(a.params).every(([name, value]) => b.params[name] === value)

/** The outcome with what would change it, as the stream keeps it, and the reasons that its message carries. */
export function outcomeOf({
  result,
  repairs,
  grounds,
}: YearDecision): YearAssessment & { readonly grounds: readonly Ground[] } {
  const { referenceYear: _, ...outcome } = result
  return { ...outcome, repairs, grounds }
}
