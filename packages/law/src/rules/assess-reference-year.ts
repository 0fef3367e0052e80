import type { IsoDate } from '@ziv/kernel'
import type { CapacityRuleValue } from '../capacities/schema.ts'
import { decision } from '../decision.ts'
import type { Confidence, Ground, Law, LawDecision, Repair } from '../types.ts'
import { assessNothingDue, type NothingDueYear } from './assess-nothing-due.ts'
import { assessPersonal, type PersonalYear } from './assess-personal.ts'
import { assessSelfEmployed, type SelfEmployedYear } from './assess-self-employed.ts'
import { assessUnknown, type UnknownYear } from './assess-unknown.ts'
import { assessWage, type WageYear } from './assess-wage.ts'
import { repairDeadline } from './repair-deadline.ts'
import { type Registration, withRegistration } from './resident-registration.ts'

/** The ways in which the capacities of a year let contributions meet it; `none`: nothing is due. */
export const capacityRegimes = [
  'wage',
  'selfEmployed',
  'personal',
  'none',
] as const satisfies readonly CapacityRuleValue<'regime'>[]

/** The ways in which a year is assessed; `unknown`: no capacity is known that says how it would be met. */
export const contributionRegimes = [...capacityRegimes, 'unknown'] as const
export type ContributionRegime = (typeof contributionRegimes)[number]

/** What is known of a reference year, by the regime it is assessed in. */
export type ReferenceYearFacts = (WageYear | SelfEmployedYear | PersonalYear | NothingDueYear | UnknownYear) & {
  /** Day of the question: repairs that are no longer possible on it are left out. */
  readonly today?: IsoDate
  /** Whether a registration as resident can repair the year; it can when nothing is said. */
  readonly registration?: Registration
}

/** What a year can wait for. */
export const awaitables = ['incomeProof'] as const
export type Awaited = (typeof awaitables)[number]

/** Same fields as `assessment` of the contracts; amounts in cents. */
export interface ReferenceYearAssessment {
  readonly referenceYear: number
  readonly regime: ContributionRegime
  /** What came in and counts. */
  readonly totalCents: number
  /** What the year asks for, whatever was paid to the insurer. For the self-employed it is known only as far as the fund stated what is due. */
  readonly requiredCents: number
  readonly met: boolean
  /** What is missing; 0 when met, and for quarters whose amount the fund did not state. */
  readonly shortCents: number
  readonly payableUntil: IsoDate
  readonly confidence: Confidence
  /** What an open year waits for: it is not met, and nobody may refuse a right for it yet. Absent when the year is decided. */
  readonly awaits?: Awaited | undefined
}

/** What an assessment of one regime finds, before it is closed. */
export interface Finding {
  readonly totalCents: number
  readonly requiredCents: number
  readonly met: boolean
  readonly shortCents: number
  readonly grounds: readonly Ground[]
  readonly repairs: readonly Repair[]
}

/**
 * Assesses a reference year. `wage`: wages on all slips together against the minimum value (ZIV-besluit art. 286); `selfEmployed`:
 * every quarter due attested by the social insurance fund; `personal`: contributions of students and residents per quarter
 * (art. 134); `none`: the capacities of the year ask for nothing; `unknown`: no capacity is known that says how it would be met. What is missing can be repaired until 31 December of the fifth year after (art. 131).
 */
export function assessReferenceYear(facts: ReferenceYearFacts, law: Law): LawDecision<ReferenceYearAssessment> {
  const { referenceYear, regime } = facts
  const deadline = repairDeadline(law, referenceYear)
  const { grounds, repairs, totalCents, requiredCents, met, shortCents } = findingOf(facts, law, deadline.until)
  const possible = withRegistration(repairs, facts.registration ?? 'possible', law)
  const tooLate = facts.today !== undefined && facts.today > deadline.until
  const closed = decision(
    met ? 'granted' : 'refused',
    null,
    grounds,
    tooLate ? [] : possible,
    deadline.parameter.confidence,
  )
  const { confidence } = closed
  const payableUntil = deadline.until
  return {
    ...closed,
    result: { referenceYear, regime, totalCents, requiredCents, met, shortCents, payableUntil, confidence },
  }
}

function findingOf(facts: ReferenceYearFacts, law: Law, until: IsoDate): Finding {
  switch (facts.regime) {
    case 'wage':
      return assessWage(facts, law, until)
    case 'selfEmployed':
      return assessSelfEmployed(facts, law, until)
    case 'personal':
      return assessPersonal(facts, law, until)
    case 'none':
      return assessNothingDue(facts, law)
    case 'unknown':
      return assessUnknown(facts, law, until)
  }
}
