import type { Instant } from '@ziv/kernel'
import type { Awaited, Ground, ReferenceYearAssessment, Repair } from '@ziv/law'
import { type FactPlace, foldMember, isNewer, type Member, type MemberFact } from '@ziv/members'

/** What the rights service knows of a person, one entry per event of another service. Never updated, only added. */
export type Fact = MemberFact | AssessmentState

export interface AssessedFact extends ReferenceYearAssessment {
  readonly kind: 'assessed'
}

/** Why a year stands as it does and what would change it, word for word as contributions published it. */
export interface YearExplanation extends FactPlace {
  /** The outcome it explains. */
  readonly met: boolean
  readonly awaits?: Awaited | undefined
  readonly grounds: readonly Ground[]
  readonly repairs: readonly Repair[]
}

export type AssessmentState = AssessedFact & FactPlace & { readonly explanation: YearExplanation | null }

/** The facts of one person put in shape: the member, and the newest assessment per year. */
export interface Dossier extends Member {
  readonly assessments: ReadonlyMap<number, AssessmentState>
}

/** True when a fact only tells how a reference year stands: most of the traffic, and it touches no spell. */
export const isAssessment = (fact: Fact): fact is AssessmentState => fact.kind === 'assessed'

/**
 * Folds facts into a dossier. With `knownAt`, only facts recorded up to that moment count.
 * The result does not depend on the order of the facts, and a fact given twice counts once.
 */
export function dossierOf(personId: string, facts: Iterable<Fact>, knownAt?: string): Dossier {
  const ofMember: MemberFact[] = []
  const assessments: AssessmentState[] = []
  for (const fact of facts) {
    if (!isAssessment(fact)) ofMember.push(fact)
    else if (knownAt === undefined || fact.recordedAt <= knownAt) assessments.push(fact)
  }
  const member = foldMember(personId, ofMember, knownAt as Instant | undefined)
  return { ...member, assessments: assessmentsOf(assessments) }
}

/** The newest assessment per year, by year. */
export function assessmentsOf(facts: Iterable<AssessmentState>): Dossier['assessments'] {
  const newest = new Map<number, AssessmentState>()
  for (const fact of facts) keepNewest(newest, fact)
  return new Map([...newest].sort(([a], [b]) => a - b))
}

function keepNewest(assessments: Map<number, AssessmentState>, fact: AssessmentState): void {
  const known = assessments.get(fact.referenceYear)
  if (known === undefined) {
    assessments.set(fact.referenceYear, fact)
    return
  }
  // a slip tells the new state without explaining it: the explanation of the same outcome goes on
  const newest = isNewer(fact, known) ? fact : known
  const explanation = newerOf(fact.explanation, known.explanation)
  assessments.set(fact.referenceYear, newest.explanation === explanation ? newest : { ...newest, explanation })
}

function newerOf(a: YearExplanation | null, b: YearExplanation | null): YearExplanation | null {
  if (a === null || b === null) return a ?? b
  return isNewer(a, b) ? a : b
}

/** What contributions published about a state of a year; null while it published nothing about this outcome. */
export const explanationOf = ({ met, awaits, explanation }: AssessmentState): YearExplanation | null =>
  explanation !== null && explanation.met === met && explanation.awaits === awaits ? explanation : null
