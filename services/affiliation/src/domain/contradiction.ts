import { lastDayOfYear } from '@ziv/kernel'
import { type PersonDecision, refuse } from './decision.ts'
import { askedSpells } from './derive-spells.ts'
import type { PersonFacts } from './person.facts.ts'
import { type Affiliation, type Capacity, coversDay, type Person } from './person.ts'
import type { Settled } from './settle.ts'

/** One repairs a year, and the other has no day in it: it repairs another year, or was asked later, and counts from its request. */
const apart = (a: Capacity, b: Capacity): boolean => {
  if (a.repairsYear === null) return false
  return b.repairsYear === null ? b.requestedOn > lastDayOfYear(a.repairsYear) : b.repairsYear !== a.repairsYear
}

/** Two capacities that share a day, or that are one and the same question while one of them waits. */
const overlaps = (a: Capacity, b: Capacity): boolean => {
  if (a.status === 'pending' || b.status === 'pending') return !apart(a, b) && !apart(b, a)
  return a.from !== null && b.from !== null && (a.to === null || a.to >= b.from) && (b.to === null || b.to >= a.from)
}

const isTwin = (a: Capacity, b: Capacity): boolean => a !== b && a.capacity === b.capacity && overlaps(a, b)

/**
 * Refuses a claim for days that another of its kind asks too: one of them is a mistake. What follows from a change elsewhere is not
 * refused, and leaves the days to the one that began first.
 */
export function askedTwice(claimed: Person, capacityId: string, facts: PersonFacts): PersonDecision | null {
  const { capacities } = askedSpells(claimed, facts)
  const entry = capacities.find((capacity) => capacity.capacityId === capacityId)
  if (!entry || !capacities.some((other) => isTwin(entry, other))) return null
  return refuse('capacityOverlaps', { capacity: entry.capacity })
}

/** Who took the first day of an affiliation of another fund: a transfer does that, never a correction. */
const takerOf = (was: Affiliation, after: Person): Affiliation | undefined => {
  const now = after.affiliations.find(({ affiliationId }) => affiliationId === was.affiliationId)
  if (now === undefined || now.from <= was.from) return undefined
  return after.affiliations.find((other) => other.ziekenfonds !== was.ziekenfonds && coversDay(other, was.from))
}

const overlap = (a: Affiliation, b: Affiliation): PersonDecision =>
  refuse(a.insurer === b.insurer ? 'alreadyAffiliated' : 'insurersOverlap')

/** What no decision may lead to: days of another fund taken, two insurers on a day, an affiliation without a day, one capacity twice. */
export function contradiction({ before, person }: Settled): PersonDecision | null {
  for (const entry of before.affiliations) {
    const taker = takerOf(entry, person)
    if (taker) return overlap(taker, entry)
  }
  const sorted = person.affiliations.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  for (const [index, entry] of sorted.entries()) {
    if (entry.to !== null && entry.to < entry.from) return refuse('endBeforeStart', { from: entry.from, to: entry.to })
    const previous = sorted[index - 1]
    if (previous && (previous.to === null || previous.to >= entry.from)) return overlap(previous, entry)
  }
  const twice = person.capacities.find((entry) => person.capacities.some((other) => isTwin(entry, other)))
  return twice ? refuse('capacityOverlaps', { capacity: twice.capacity }) : null
}
