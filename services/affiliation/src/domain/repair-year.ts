import { firstDayOfYear, type IsoDate, lastDayOfYear, maxDate, yearOf } from '@ziv/kernel'
import { type PersonDecision, refuse } from './decision.ts'
import type { PersonFacts } from './person.facts.ts'
import type { Affiliation, Capacity } from './person.ts'

type Claim = Pick<Capacity, 'capacity' | 'acquiredOn' | 'requestedOn' | 'repairsYear'>

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
  if (!facts.mendsYear(capacity, acquiredOn)) return refuse('repairNotOfCapacity', { capacity })
  const open = { first: facts.firstRepairableYear(), last: yearOf(facts.today) - 1 }
  if (repairsYear > open.last || repairsYear < open.first) {
    return refuse('repairYearClosed', { year: repairsYear, ...open })
  }
  const last = lastDayOfYear(repairsYear)
  if (acquiredOn > last) return refuse('endBeforeStart', { from: acquiredOn, to: last })
  return home.from > last ? refuse('repairBeforeAffiliation', { year: repairsYear, from: home.from, last }) : null
}

/** Refuses a correction that would make a registration for one year alone run on after it: what it repairs is that year. */
export function beyondYear({
  capacity,
  repairsYear,
  endedOn,
}: Pick<Capacity, 'capacity' | 'repairsYear' | 'endedOn'>): PersonDecision | null {
  if (repairsYear === null) return null
  const last = lastDayOfYear(repairsYear)
  if (endedOn !== null && endedOn <= last) return null
  return refuse('correctionBeyondYear', { capacity, year: repairsYear, last })
}
