import { lastDayOfYear } from '@ziv/kernel'
import { type PersonDecision, refuse } from './decision.ts'
import type { Capacity } from './person.ts'
import type { Settled } from './settle.ts'

/** One repairs a year, and the other has no day in it: it repairs another year, or was asked later, and counts from its request. */
const apart = (a: Capacity, b: Capacity): boolean => {
  if (a.repairsYear === null) return false
  return b.repairsYear === null ? b.requestedOn > lastDayOfYear(a.repairsYear) : b.repairsYear !== a.repairsYear
}

/** Two capacities that share a day, or that are one and the same question while one of them waits. */
export const overlaps = (a: Capacity, b: Capacity): boolean => {
  if (a.status === 'pending' || b.status === 'pending') return !apart(a, b) && !apart(b, a)
  return a.from !== null && b.from !== null && (a.to === null || a.to >= b.from) && (b.to === null || b.to >= a.from)
}

/** What no decision may lead to: two insurers on a day, an affiliation without a day, one capacity twice. */
export function contradiction({ person }: Settled): PersonDecision | null {
  const sorted = person.affiliations.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  for (const [index, entry] of sorted.entries()) {
    if (entry.to !== null && entry.to < entry.from) return refuse('endBeforeStart', { from: entry.from, to: entry.to })
    const previous = sorted[index - 1]
    if (previous && (previous.to === null || previous.to >= entry.from)) return refuse('alreadyAffiliated')
  }
  const twice = person.capacities.find((entry) =>
    person.capacities.some((other) => other !== entry && other.capacity === entry.capacity && overlaps(entry, other)),
  )
  return twice ? refuse('capacityOverlaps', { capacity: twice.capacity }) : null
}
