import type { IsoDate } from '@ziv/kernel'
import { weakestConfidence } from '../confidence.ts'
import { cite, dayInYear, fact, newYear, yearEnd } from '../decision.ts'
import { ground } from '../ground.ts'
import { perLaw } from '../per-law.ts'
import type { Confidence, Ground, Law, LawDecision, Repair } from '../types.ts'
import type { ReferenceYearAssessment } from './assess-reference-year.ts'
import { provisionalGround } from './income-proof.ts'
import { provableCapacities } from './provable-capacity.ts'
import { referenceShift, windowStart } from './reference-year.ts'
import { repairDeadline } from './repair-deadline.ts'

/** A capacity as holder, by its first and last day (null: still running). */
export interface CapacityFact {
  readonly from: IsoDate
  readonly to: IsoDate | null
  readonly eventId?: string
}

/** What the prolongation needs to know of a reference year; an `Assessment` of the contracts fits. */
export type AssessmentFact = Pick<
  ReferenceYearAssessment,
  'referenceYear' | 'regime' | 'met' | 'shortCents' | 'awaits'
> & {
  readonly confidence: Confidence
  readonly eventId?: string
  /** What would meet the year, as it was decided there: nothing is made up here. Absent while nobody said it. */
  readonly repairs?: readonly Repair[]
}

export interface ProlongationFacts {
  /** Year for which the right is asked. */
  readonly year: number
  /** Capacities as holder, in any order; those outside the window do no harm. */
  readonly caps: readonly CapacityFact[]
  /** State of the reference year `year - 2`; null when no contribution is known for it. */
  readonly assessment: AssessmentFact | null
}

export interface Prolongation {
  readonly year: number
  readonly referenceYear: number
  /** 1 January and 31 December of the year: a prolongation runs a whole calendar year. */
  readonly from: IsoDate
  readonly to: IsoDate
}

/** What does not depend on the person; resolved once per year and law. */
const ofYear = perLaw((law, year: number) => {
  const shift = referenceShift(law, year)
  const start = windowStart(law, year)
  const referenceYear = year - shift.value
  const deadline = repairDeadline(law, referenceYear)
  const result: Prolongation = Object.freeze({ year, referenceYear, from: newYear(year), to: yearEnd(year) })
  return {
    result,
    windowFrom: dayInYear(referenceYear, start.value),
    windowTo: yearEnd(year - 1),
    capacities: provableCapacities(law, yearEnd(year - 1)),
    until: deadline.until,
    contributionParameters: [cite(shift), deadline.parameter],
    capacityParameters: [cite(start)],
    confidence: weakestConfidence([shift.confidence, start.confidence, deadline.parameter.confidence]),
  }
})
type YearOfRight = ReturnType<typeof ofYear>

/**
 * Prolongation of the right for a whole year Y (ZIV-besluit art. 131): the obligations of reference year Y-2 are met, and a holder
 * capacity existed in the fourth quarter of Y-2 or in any quarter of Y-1. While the year waits for proof of income the right is
 * granted provisionally, with what is missing among its repairs. Throws RangeError when the assessment is of another
 * year: slips of 2023 decide 2025.
 */
export function prolongation(facts: ProlongationFacts, law: Law): LawDecision<Prolongation> {
  const year = ofYear(law, facts.year)
  const contributions = contributionGround(facts.assessment, year)
  const capacity = capacityGround(facts.caps, year)
  const isMet = facts.assessment?.met ?? false
  const granted = contributions.satisfied && capacity.satisfied
  return {
    outcome: granted ? 'granted' : 'refused',
    result: year.result,
    grounds: [contributions, capacity],
    repairs: granted && !isOpen(facts.assessment) ? [] : repairsOf(facts, isMet, capacity.satisfied, year),
    confidence: facts.assessment ? weakestConfidence([year.confidence, facts.assessment.confidence]) : year.confidence,
  }
}

/** A year that waits for a proof is not met, and nobody refuses a right for it. */
const isOpen = (assessment: AssessmentFact | null): boolean => assessment?.awaits !== undefined

/** Quarters that the social insurance fund does not attest, without saying what is due for them: no amount, rather than none. */
const isNotStated = (assessment: AssessmentFact | null): boolean =>
  assessment?.regime === 'selfEmployed' && !assessment.met && assessment.shortCents === 0

function contributionGround(assessment: AssessmentFact | null, year: YearOfRight): Ground {
  const { referenceYear } = year.result
  if (assessment && assessment.referenceYear !== referenceYear) {
    throw new RangeError(
      `The right of ${year.result.year} rests on reference year ${referenceYear}, not on ${assessment.referenceYear}`,
    )
  }
  const unnamed = assessment?.regime === 'unknown' || isNotStated(assessment)
  const facts = [
    fact('year', year.result.year),
    fact('referenceYear', referenceYear),
    // of a year of which nothing is known, no amount is missing: none can be named
    fact('shortCents', unnamed || assessment === null ? null : assessment.shortCents, assessment?.eventId),
    ...(isNotStated(assessment) ? [fact('amountStated', false)] : []),
    ...(assessment === null ? [fact('yearAssessed', false)] : []),
  ]
  if (isOpen(assessment)) return provisionalGround(referenceYear, assessment?.eventId)
  return ground('prolongation.contributions', assessment?.met ?? false, facts, year.contributionParameters)
}

function capacityGround(caps: readonly CapacityFact[], year: YearOfRight): Ground {
  const { windowFrom, windowTo } = year
  let found: CapacityFact | undefined
  for (const capacity of caps) {
    if (capacity.from <= windowTo && (capacity.to === null || capacity.to >= windowFrom)) {
      found = capacity
      break
    }
  }
  const facts = [fact('windowFrom', windowFrom), fact('windowUntil', windowTo)]
  if (found) facts.push(fact('capacityFrom', found.from, found.eventId), fact('capacityUntil', found.to))
  return ground('prolongation.capacity', found !== undefined, facts, year.capacityParameters)
}

function repairsOf(facts: ProlongationFacts, paid: boolean, capable: boolean, year: YearOfRight): Repair[] {
  const repairs: Repair[] = []
  if (!paid) repairs.push(...contributionRepairs(facts.assessment, year))
  if (!capable) {
    const { windowFrom, windowTo: windowUntil, capacities } = year
    const params = { windowFrom, windowUntil, capacities }
    repairs.push({ rule: 'prolongation.capacity', kind: 'proveCapacity', params })
  }
  return repairs
}

/** An amount that is missing is no amount to pay: only who decided the year knows what meets it. */
function contributionRepairs(assessment: AssessmentFact | null, { until, result }: YearOfRight): Repair[] {
  const rule = isOpen(assessment) ? 'right.provisional' : 'prolongation.contributions'
  if (assessment?.repairs !== undefined) return assessment.repairs.map((repair) => ({ ...repair, rule }))
  const kind = isOpen(assessment) ? 'proveIncome' : 'proveContributions'
  return [{ rule, kind, params: { referenceYear: result.referenceYear }, until }]
}
