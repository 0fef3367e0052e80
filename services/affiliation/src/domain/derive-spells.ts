import { addDays, type IsoDate, maxDate, minDate } from '@ziv/kernel'
import { isDependant, isResidual } from './capacities.ts'
import { oneHolderADay, withoutFreeRight } from './dependant-days.ts'
import type { PersonFacts } from './person.facts.ts'
import { type Affiliation, type Capacity, homeOf, type Person } from './person.ts'
import { earliest, none, within } from './spans.ts'

/**
 * The days that count, from everything that was claimed and told of a person. A function of the claims alone: the order in which
 * they became known plays no part, so that a correction is a changed claim and nothing else.
 */
export function deriveSpells(person: Person, facts: PersonFacts): Person {
  const asked = besideResidual(oneHolderADay(placedSpells(person, facts)), facts)
  const capacities = asked.capacities.map((entry) => besideOthers(entry, sinceBefore(entry, asked, facts)))
  return { ...asked, capacities }
}

/**
 * What began before a residual capacity: it has only the days that they leave. Others of its kind are meant, as it yields to all other
 * kinds already. Where another capacity that stood between two of them never was, the first one was never interrupted.
 */
const sinceBefore = (entry: Capacity, { capacities }: Person, facts: PersonFacts): readonly Capacity[] => {
  if (!isResidual(entry, facts)) return []
  return capacities.filter((other) =>
    other.from === entry.from ? other.capacityId < entry.capacityId : (other.from as string) < (entry.from as string),
  )
}

/** The days that each claim has beside capacities of other kinds. */
export const askedSpells = (person: Person, facts: PersonFacts): Person =>
  besideResidual(placedSpells(person, facts), facts)

/** The days of each claim within its affiliation, those of dependants where no free right of their own excludes them. */
function placedSpells(person: Person, facts: PersonFacts): Person {
  const affiliations: Affiliation[] = []
  for (const entry of person.affiliations) affiliations.push(affiliationOf(entry, person, affiliations))
  const placed = { ...person, affiliations }
  const claimed = person.capacities.map((entry) => capacityOf(entry, placed, facts))
  return { ...placed, capacities: claimed.map((entry) => withoutFreeRight(entry, claimed, facts)) }
}

/** Residual capacities have the days that the others leave. */
function besideResidual(person: Person, facts: PersonFacts): Person {
  const first = person.capacities.filter((entry) => !isResidual(entry, facts))
  const yielding = (entry: Capacity): Capacity => (isResidual(entry, facts) ? besideOthers(entry, first) : entry)
  return { ...person, capacities: person.capacities.map(yielding) }
}

/** A dependant to whom the holder gives no day. */
const withoutHolder = (entry: Capacity): boolean => isDependant(entry) && entry.holderSpan === null

/** First day of insurance that a capacity asks of its affiliation. */
function askedFrom(entry: Capacity): IsoDate | null {
  const { ruleStart, holderSpan } = entry
  if (ruleStart === null || withoutHolder(entry)) return null
  return holderSpan === null ? ruleStart : maxDate(ruleStart, holderSpan.from)
}

/** Days that an earlier affiliation holds stay with it: there is at most one insurer on every day (art. 118 ZIV-wet). */
function affiliationOf(entry: Affiliation, person: Person, earlier: readonly Affiliation[]): Affiliation {
  const asked = person.capacities
    .filter(({ affiliationId }) => affiliationId === entry.affiliationId)
    .map(askedFrom)
    .filter((day) => day !== null)
  const wanted = minDate(entry.claimedFrom, ...asked)
  const { leftOn } = entry
  const { diedOn } = person
  const end = earliest(leftOn, diedOn)
  // one that lies wholly after this one takes no day of it
  const held = earlier.filter((other) => end === null || other.from <= end)
  const lastDays = held.map(({ to }) => to).filter((to) => to !== null)
  const from = lastDays.reduce((day, to) => (to >= day ? addDays(to, 1) : day), wanted)
  if (diedOn !== null && (leftOn === null || leftOn > diedOn)) return { ...entry, from, to: diedOn, reason: 'death' }
  return { ...entry, from, to: leftOn, reason: leftOn === null ? null : 'departure' }
}

function capacityOf(entry: Capacity, person: Person, facts: PersonFacts): Capacity {
  if (withoutHolder(entry)) return { ...entry, ...none }
  const home = homeOf(person, entry)
  if (entry.verdict === 'pending') return { ...entry, status: home.to === null ? 'pending' : 'refused' }
  const asked = askedFrom(entry)
  if (asked === null) return entry
  // one whose affiliation was withdrawn waits until that is back
  if (!person.affiliations.includes(home)) return { ...entry, ...none }
  const from = maxDate(asked, home.from)
  const told = earliest(entry.endedOn, home.to, entry.holderSpan?.to ?? null)
  const last = facts.lastDayOf({ capacity: entry.capacity, from, to: told }, person.birthDate)
  // an end by age that is still to come is not told as an end
  const to = last !== null && last < facts.today ? last : told
  return within(entry, { from, to })
}

/** A residual capacity has the days before the first other one begins, or after those that cover its first day. */
function besideOthers(entry: Capacity, others: readonly Capacity[]): Capacity {
  if (entry.from === null) return entry
  const sorted = others
    .flatMap(({ from, to }) => (from === null ? [] : [{ from, to }]))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
  let from = entry.from
  for (const other of sorted) {
    if (other.from > from) break
    if (other.to === null) return { ...entry, ...none }
    if (other.to >= from) from = addDays(other.to, 1)
  }
  const next = sorted.find((other) => other.from > from)
  const to = earliest(entry.to, next ? addDays(next.from, -1) : null)
  return within(entry, { from, to })
}
