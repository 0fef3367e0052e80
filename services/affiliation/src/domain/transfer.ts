import { addMonths, type IsoDate } from '@ziv/kernel'
import { isDependant } from './capacities.ts'
import { type PersonDecision, refuse } from './decision.ts'
import type { PersonFacts } from './person.facts.ts'
import type { Affiliation, Person } from './person.ts'

/** The affiliation that began last: what became known last may lie before it. */
const lastOf = ({ affiliations }: Pick<Person, 'affiliations'>): Affiliation | undefined =>
  affiliations.toSorted((a, b) => (a.from < b.from ? -1 : 1)).at(-1)

/** Last day on which only a transfer leads to another insurer, with how sure that term is. */
function freeAfter(leftOn: IsoDate, facts: PersonFacts) {
  const { months, confidence } = facts.freeChoice(leftOn)
  return { leftOn, free: addMonths(leftOn, months), confidence }
}

/**
 * A departure that another insurer follows within months is a transfer, which has its own conditions and moves the dependants too
 * (art. 255 to 268 ZIV-besluit). A staff statute that makes the members of an insurer overrides the choice (art. 118 ZIV-wet).
 */
export function transferInDisguise(
  person: Pick<Person, 'affiliations'>,
  insurer: string,
  asked: IsoDate,
  facts: PersonFacts,
): PersonDecision | null {
  const last = lastOf(person)
  if (!last || last.insurer === insurer || last.leftOn === null || last.followsHolder) return null
  if (facts.statuteProof(insurer, asked) !== null || facts.statuteProof(last.insurer, last.leftOn) !== null) return null
  const term = freeAfter(last.leftOn, facts)
  return asked > term.free ? null : refuse('transferNeeded', { insurer: last.insurer, ...term })
}

/**
 * Another fund of the same insurer moves the dependants too: until that procedure exists, who would leave dependants behind without
 * insurance is refused as long as between insurers.
 */
export function familyLeftBehind(
  person: Pick<Person, 'affiliations' | 'dependants'>,
  { insurer, ziekenfonds }: Pick<Affiliation, 'insurer' | 'ziekenfonds'>,
  asked: IsoDate,
  facts: PersonFacts,
): PersonDecision | null {
  const last = lastOf(person)
  if (!last || last.ziekenfonds === ziekenfonds || last.leftOn === null || last.followsHolder) return null
  const { leftOn } = last
  if (insurer !== last.insurer) return null
  const behind = person.dependants.some(({ to, displaced }) => !displaced && (to === null || to >= leftOn))
  const term = freeAfter(leftOn, facts)
  return behind && asked <= term.free ? refuse('familyLeftBehind', { ziekenfonds: last.ziekenfonds, ...term }) : null
}

/**
 * Whoever left with the holder chose nothing, and chooses a fund as a member in his or her own right. Without a quality nobody would
 * insure there, and the holder who comes back could not take the dependant along again: there is one fund on a day.
 */
export function followerTaken(
  person: Pick<Person, 'affiliations'>,
  ziekenfonds: string,
  asked: IsoDate,
  facts: PersonFacts,
): PersonDecision | null {
  const last = lastOf(person)
  if (!last || last.ziekenfonds === ziekenfonds || last.leftOn === null || !last.followsHolder) return null
  const term = freeAfter(last.leftOn, facts)
  return asked > term.free ? null : refuse('ownCapacityNeeded', { insurer: last.insurer, ...term })
}

const before = (person: Person, home: Affiliation) => ({
  affiliations: person.affiliations.filter((entry) => entry.from < home.from),
})

/** The same of an affiliation that exists, when something of it is said to begin on a day before it: what lies before it counts. */
export function transferByReach(
  person: Person,
  home: Affiliation,
  asked: IsoDate,
  facts: PersonFacts,
): PersonDecision | null {
  return asked >= home.from ? null : transferInDisguise(before(person, home), home.insurer, asked, facts)
}

/** The same of days before every quality in it. */
export function followerByReach(
  person: Person,
  home: Affiliation,
  asked: IsoDate,
  facts: PersonFacts,
): PersonDecision | null {
  return asked >= home.from ? null : followerTaken(before(person, home), home.ziekenfonds, asked, facts)
}

/** The day for which an affiliation was asked, which may lie in the quarter that it begins with; null when a holder brought it. */
function askedFor(person: Person, { affiliationId, from }: Affiliation): IsoDate | null {
  const first = person.capacities.filter((entry) => entry.affiliationId === affiliationId && entry.from === from)
  if (first.some(isDependant)) return null
  return first.map(({ acquiredOn }) => acquiredOn).toSorted()[0] ?? from
}

/**
 * The same seen from the fund that the person left: a last day that is put right to a later one comes no nearer to the fund that was
 * chosen since than a choice may come to a departure.
 */
export function nextTooSoon(
  person: Person,
  entry: Affiliation,
  leftOn: IsoDate,
  facts: PersonFacts,
): PersonDecision | null {
  if (entry.leftOn !== null && leftOn <= entry.leftOn) return null
  const next = person.affiliations
    .filter(({ from }) => from > entry.from)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))[0]
  const asked = next && askedFor(person, next)
  if (!next || !asked) return null
  const moved = { affiliations: [{ ...entry, leftOn, followsHolder: false }], dependants: person.dependants }
  const near = transferInDisguise(moved, next.insurer, asked, facts) ?? familyLeftBehind(moved, next, asked, facts)
  return near && refuse('nextInsurerTooSoon', { to: leftOn, ...facts.freeChoice(leftOn) })
}
