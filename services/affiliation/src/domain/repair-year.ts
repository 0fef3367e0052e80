import { firstDayOfYear, type IsoDate, lastDayOfYear, maxDate, yearOf } from '@ziv/kernel'
import { type PersonDecision, refuse } from './decision.ts'
import type { PersonFacts } from './person.facts.ts'
import type { Affiliation, Capacity } from './person.ts'

type Claim = Pick<Capacity, 'capacity' | 'acquiredOn' | 'requestedOn' | 'repairsYear'>

/** A year can be mended until 31 December of the fifth year after it (art. 131 ZIV-besluit). */
const YEARS_OPEN = 5

/**
 * First and last day that a claim asks for: by the start rule of the capacity, without a last one. A registration that repairs
 * a year counts for that year alone, whenever it is asked.
 */
export function claimedDays(
  { capacity, acquiredOn, requestedOn, repairsYear }: Claim,
  home: Pick<Affiliation, 'from'>,
  facts: PersonFacts,
): { readonly ruleStart: IsoDate; readonly endedOn: IsoDate | null } {
  if (repairsYear === null) {
    return { ruleStart: facts.startOfInsurance(capacity, acquiredOn, requestedOn), endedOn: null }
  }
  const ruleStart = maxDate(acquiredOn, firstDayOfYear(repairsYear), home.from)
  return { ruleStart, endedOn: lastDayOfYear(repairsYear) }
}

/** Why a year cannot be repaired by a registration; null when it can, or when none is named. */
export function barredRepair(
  { capacity, acquiredOn, repairsYear }: Claim,
  home: Pick<Affiliation, 'from'>,
  facts: PersonFacts,
): PersonDecision | null {
  if (repairsYear === null) return null
  if (facts.capacityRule(capacity, 'yieldsTo', acquiredOn) !== 'everyOtherUnlessRepair') {
    return refuse('repairNotOfCapacity', { capacity })
  }
  const thisYear = yearOf(facts.today)
  if (repairsYear >= thisYear || repairsYear < thisYear - YEARS_OPEN) {
    return refuse('repairYearClosed', { year: repairsYear, first: thisYear - YEARS_OPEN, last: thisYear - 1 })
  }
  const last = lastDayOfYear(repairsYear)
  if (acquiredOn > last) return refuse('endBeforeStart', { from: acquiredOn, to: last })
  return home.from > last ? refuse('notAffiliated', { day: firstDayOfYear(repairsYear) }) : null
}
