import { type IsoDate, maxDate } from '@ziv/kernel'
import { isDependant } from './capacities.ts'
import { contradiction } from './contradiction.ts'
import { withAffiliation } from './decide-affiliation.ts'
import { withCapacity } from './decide-capacity.ts'
import { allow, type PersonDecision } from './decision.ts'
import type { PersonCommandOf } from './person.commands.ts'
import type { PersonFacts } from './person.facts.ts'
import { type Capacity, homeOf, type Person, type Span } from './person.ts'
import { borneSpan } from './proven-days.ts'
import { type Settled, settle } from './settle.ts'

/** Another capacity in the affiliation that runs on after a day. */
const runsOn = (person: Person, { affiliationId, capacityId }: Capacity, after: IsoDate): boolean =>
  person.capacities.some(
    (other) =>
      other.affiliationId === affiliationId &&
      other.capacityId !== capacityId &&
      other.status === 'acquired' &&
      (other.to === null || other.to > after),
  )

/**
 * A claim to which the holder gives no day: it waits, and an affiliation that rests on it alone goes with it. One that ended with the
 * departure of the holder, and rests on more, was never the holder's choice: it runs on, or goes too when it would begin after that
 * departure and another was chosen since.
 */
function withoutHolder(person: Person, entry: Capacity, facts: PersonFacts): PersonDecision {
  const claimed = withCapacity(person, entry.capacityId, { holderSpan: null })
  const alone = person.capacities.every(
    (other) =>
      other === entry ||
      other.affiliationId !== entry.affiliationId ||
      (isDependant(other) && other.holderSpan === null),
  )
  const home = homeOf(person, entry)
  const gone = {
    ...claimed,
    affiliations: person.affiliations.filter((other) => other !== home),
    withdrawnAffiliations: [...person.withdrawnAffiliations, home],
  }
  const along = home.followsHolder && home.leftOn === entry.holderSpan?.to
  const stays = withAffiliation(claimed, home.affiliationId, { leftOn: null, followsHolder: false })
  const ways = alone ? [gone] : along ? [stays, claimed, gone] : [claimed, gone]
  const settled = ways.map((way) => settle(person, way, facts))
  const [outcome] = settled.filter(possible)
  return outcome ? allow(...outcome.events) : (settled.map(contradiction).find((refused) => refused) ?? allow())
}

/** Whether a claim that waits finds its place again: with no other holder since on those days. */
const canReturn = (person: Person, entry: Capacity, { to: last }: Span, facts: PersonFacts): boolean =>
  person.capacities.every((other) => {
    if (!isDependant(other) || other.from === null) return true
    const to = facts.lastDayOf(other, person.birthDate)
    return (last !== null && other.from > last) || (to !== null && to < (entry.ruleStart ?? entry.acquiredOn))
  })

/**
 * The dependant's side of a holder who left the insurer, died, or was never a member: the quality has the days of the holder's
 * affiliation, and none when there is none; it stays claimed, and comes back with what the holder gives. When the holder left and the
 * dependant has no capacity of his or her own, the affiliation ends too: it was the holder's choice; it runs again when the departure
 * is corrected.
 */
export function followHolder(
  command: PersonCommandOf<'FollowHolder'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const { capacityId, span, ziekenfonds, leavesInsurer } = command
  const entry = person.capacities.find((capacity) => capacity.capacityId === capacityId)
  if (person.erased || !entry) return allow()
  const home = homeOf(person, entry)
  // a dependant is with the fund of the holder; another one is chosen, never followed
  if (span === null || home.ziekenfonds !== ziekenfonds) return withoutHolder(person, entry, facts)
  if (entry.holderSpan === null && !canReturn(person, entry, span, facts)) return allow()
  // a quality that began after the day on which the holder left has one day: what was granted is not taken back without a correction
  const given = span.to === null ? span : { ...span, to: maxDate(span.to, entry.from ?? span.to) }
  const bound = borneSpan(person, entry, given, facts)
  const returned = person.affiliations.includes(home)
    ? person
    : { ...person, affiliations: [...person.affiliations, home] }
  const claimed = withCapacity(returned, capacityId, { holderSpan: bound })
  const left = leavesInsurer && bound.to !== null && !runsOn(person, entry, bound.to)
  const changed =
    left && (home.leftOn === null || home.followsHolder)
      ? withAffiliation(claimed, home.affiliationId, { leftOn: bound.to, followsHolder: true })
      : home.followsHolder && !left
        ? withAffiliation(claimed, home.affiliationId, { leftOn: null, followsHolder: false })
        : claimed
  // whoever chose an insurer since stays there: what the holder gives again does not take that back, and what it takes is gone all the same
  const settled = possible(settle(person, changed, facts)) ?? possible(settle(person, claimed, facts))
  if (settled === null) return allow()
  // an affiliation is not opened again for a claim that finds no day in it
  const finds = settled.person.capacities.some((other) => other.capacityId === capacityId && other.from !== null)
  return returned === person || finds ? allow(...settled.events) : allow()
}

const possible = (settled: Settled): Settled | null => (contradiction(settled) ? null : settled)
