import { addDays, maxDate } from '@ziv/kernel'
import { isDependant, isFreeRight } from './capacities.ts'
import type { PersonFacts } from './person.facts.ts'
import { type Capacity, coversDay, type Person } from './person.ts'
import { earliest, none, within } from './spans.ts'

/**
 * A dependant has no day on which a free right of one's own exists (art. 124 ZIV-besluit): none at all where it covers the first day,
 * as an admission on that day is refused, and otherwise the days before it begins. What follows that right is a new quality, for which
 * the conditions are shown anew (decision 0043).
 */
export function withoutFreeRight(entry: Capacity, claimed: readonly Capacity[], facts: PersonFacts): Capacity {
  const { from, to } = entry
  if (!isDependant(entry) || from === null) return entry
  if (facts.capacityRule(entry.capacity, 'yieldsTo', entry.acquiredOn) !== 'freeRightOfOnesOwn') return entry
  const free = claimed.filter((other) => other.from !== null && isFreeRight(other, maxDate(from, other.from), facts))
  if (free.some((other) => coversDay(other, from))) return { ...entry, ...none }
  const later = free.map((other) => other.from).filter((day) => day !== null && day > from)
  const next = earliest(...later)
  return next === null ? entry : within(entry, { from, to: earliest(to, addDays(next, -1)) })
}

/**
 * One depends on one holder at a time: a quality that a right of one's own had ended, and that counts again because the right never
 * was, leaves the days of the quality that was asked since.
 */
export function oneHolderADay(person: Person): Person {
  const later = (entry: Capacity, other: Capacity): boolean =>
    other !== entry &&
    isDependant(other) &&
    (other.from === entry.from ? other.capacityId > entry.capacityId : (other.from as string) > (entry.from as string))
  const leaving = (entry: Capacity): Capacity => {
    const { from } = entry
    if (!isDependant(entry) || from === null) return entry
    const next = earliest(...person.capacities.filter((other) => later(entry, other)).map((other) => other.from))
    return next === null ? entry : within(entry, { from, to: earliest(entry.to, addDays(next, -1)) })
  }
  return { ...person, capacities: person.capacities.map(leaving) }
}
