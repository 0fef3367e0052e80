import { type IsoDate, maxDate } from '@ziv/kernel'
import { acquire } from './decide-capacity.ts'
import {
  allow,
  impossibleDays,
  type PersonDecision,
  refuse,
  requireAlive,
  requireKnown,
  requireLiving,
  requireRole,
} from './decision.ts'
import type { PersonCommandOf } from './person.commands.ts'
import type { PersonFacts } from './person.facts.ts'
import { type Affiliation, openAffiliation, type Person } from './person.ts'
import { settle } from './settle.ts'
import { familyLeftBehind, followerTaken, transferInDisguise } from './transfer.ts'

/** Whether a request shows a kind of proof, or the record of an earlier system in its place. */
const shows = (command: PersonCommandOf<'Affiliate'>, kind: string): boolean =>
  command.capacity?.evidence.some(({ evidence }) => [kind, 'migratedRecord'].includes(evidence.kind)) ?? false

/** An affiliation as it is asked for; its days follow from what is insured within it. */
export const claimAffiliation = (
  claim: Pick<Affiliation, 'affiliationId' | 'insurer' | 'ziekenfonds' | 'requestedOn'>,
  from: IsoDate,
): Affiliation => ({
  ...claim,
  ...{ from, to: null, reason: null, claimedFrom: from, leftOn: null, followsHolder: false, eventIds: [] },
})

/** Whoever is a member already: what can be done differs with whether it is here, in another fund of the insurer, or elsewhere. */
function memberElsewhere(
  person: Person,
  insurer: string,
  ziekenfonds: string,
  facts: PersonFacts,
): PersonDecision | null {
  const open = openAffiliation(person)
  if (!open) return null
  // where it is, is not for the eyes of another insurer
  if (open.insurer !== insurer) return refuse('affiliatedElsewhere', { ...facts.freeChoice(facts.today) })
  if (open.ziekenfonds === ziekenfonds) return refuse('alreadyAffiliated')
  return refuse('affiliatedWithOtherFund', { ziekenfonds: open.ziekenfonds })
}

export function affiliate(command: PersonCommandOf<'Affiliate'>, person: Person, facts: PersonFacts): PersonDecision {
  // who died before anybody knew of an affiliation was insured until then all the same
  const barred = person.affiliations.length === 0 ? requireKnown(person) : requireLiving(person)
  if (barred) return barred
  const { affiliationId, capacity, requestedOn, ziekenfonds } = command
  const wrongRole = capacity ? requireRole(capacity.kind, 'holder', facts) : null
  if (wrongRole) return wrongRole
  const asked = capacity?.acquiredOn ?? command.from
  if (asked === undefined) return refuse('startMissing')
  const days = capacity ? { requestedOn, acquiredOn: capacity.acquiredOn } : { requestedOn }
  const impossible = impossibleDays(days, person, facts)
  if (impossible) return impossible
  // a day to come is a way to affiliate from the next quarter on; one before the law or the birth is a typing error
  if (!capacity && asked <= facts.today) {
    const early = impossibleDays({ from: asked }, person, facts)
    if (early) return early
  }
  const insurer = facts.insurerOf(ziekenfonds, facts.today)
  if (insurer === null) return refuse('ziekenfondsUnknown', { ziekenfonds })
  const statute = facts.statuteProof(insurer, asked)
  if (statute !== null && !shows(command, statute)) return refuse('railwayStaffOnly')
  const member = memberElsewhere(person, insurer, ziekenfonds, facts)
  if (member) return member
  const transfer =
    transferInDisguise(person, insurer, asked, facts) ??
    familyLeftBehind(person, { insurer, ziekenfonds }, asked, facts) ??
    (capacity ? null : followerTaken(person, ziekenfonds, asked, facts))
  if (transfer) return transfer
  const from = capacity ? facts.startOfInsurance(capacity.kind, capacity.acquiredOn, capacity.requestedOn) : asked
  const dead = requireAlive(person, maxDate(from, asked))
  if (dead) return dead
  const opened = claimAffiliation({ affiliationId, insurer, ziekenfonds, requestedOn }, from)
  const claimed = { ...person, affiliations: [...person.affiliations, opened] }
  return capacity ? acquire(capacity, person, claimed, facts) : allow(...settle(person, claimed, facts).events)
}

/** Refuses an end that would leave the affiliation, or something within it, without a day. */
export function endTooEarly(person: Person, affiliation: Affiliation, to: IsoDate): PersonDecision | null {
  if (affiliation.from > to) return refuse('endBeforeStart', { from: affiliation.from, to })
  const later = person.capacities.find(
    (entry) => entry.affiliationId === affiliation.affiliationId && entry.from !== null && entry.from > to,
  )
  return later?.from ? refuse('endBeforeCapacityStart', { capacity: later.capacity, from: later.from, to }) : null
}

/** Refuses a death that would leave an affiliation, or something within one, without a day. */
export function deathTooEarly(person: Person, diedOn: IsoDate): PersonDecision | null {
  for (const affiliation of person.affiliations) {
    const early = endTooEarly(person, affiliation, diedOn)
    if (early) return early
  }
  return null
}

/** Closes an affiliation with what depends on it: capacities that still run end on the same day, and what waits is refused. */
export function endAffiliation(
  command: PersonCommandOf<'EndAffiliation'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const barred = requireLiving(person)
  if (barred) return barred
  const { affiliationId, to } = command
  const affiliation = person.affiliations.find((entry) => entry.affiliationId === affiliationId)
  if (!affiliation) return refuse('affiliationNotFound')
  if (affiliation.to !== null) return refuse('affiliationAlreadyEnded', { to: affiliation.to })
  const early = endTooEarly(person, affiliation, to)
  if (early) return early
  return allow(...settle(person, withAffiliation(person, affiliationId, { leftOn: to }), facts).events)
}

/** The person with one affiliation claimed otherwise. */
export const withAffiliation = (person: Person, affiliationId: string, change: Partial<Affiliation>): Person => ({
  ...person,
  affiliations: person.affiliations.map((entry) =>
    entry.affiliationId === affiliationId ? { ...entry, ...change } : entry,
  ),
})
