import { isDependant } from './capacities.ts'
import { askedTwice, contradiction } from './contradiction.ts'
import { deathTooEarly, endTooEarly, withAffiliation } from './decide-affiliation.ts'
import { claimOf, weighPending, withCapacity } from './decide-capacity.ts'
import {
  allow,
  beforeCapacity,
  closedCapacity,
  impossibleDays,
  inFuture,
  noSuchCapacity,
  type PersonDecision,
  refuse,
  requireAlive,
  requireKnown,
} from './decision.ts'
import { disagreement, sameEmployer } from './evidence.agree.ts'
import type { Evidence } from './evidence.ts'
import type { PersonCommandOf } from './person.commands.ts'
import { personEvent } from './person.events.ts'
import type { PersonFacts } from './person.facts.ts'
import { bearing, type Capacity, homeOf, type Person, type Proof } from './person.ts'
import { beforeProven, provenSpan, unproven } from './proven-days.ts'
import { beyondYear, claimedDays } from './repair-year.ts'
import { type Settled, settle } from './settle.ts'
import { followerByReach, nextTooSoon, transferByReach } from './transfer.ts'

const answer = (settled: Settled): PersonDecision => contradiction(settled) ?? allow(...settled.events)

/**
 * Where the holder of a dependant is given, the days on which the holder gives the quality are those of today's knowledge: of the
 * affiliation that bears it, also when the holder left it and is a member again since.
 */
function spanOf({ from, holderSpan }: Capacity, { holder }: PersonFacts): Capacity['holderSpan'] {
  const home = holder && holderSpan && bearing(holder, from ?? holderSpan.from)
  return home ? { from: home.from, to: home.to } : holderSpan
}

/**
 * Stored proofs that say another day than a corrected claim, where one of their kind is given with the correction in their place: of work,
 * one of the same employer, as that of another is an employment beside it.
 */
const replacedBy = (
  given: readonly Evidence[],
  person: Person,
  claim: Capacity,
  facts: PersonFacts,
): readonly Proof[] =>
  claim.proofs.filter(
    ({ evidence }) =>
      given.some((proof) => proof.kind === evidence.kind && sameEmployer(proof, evidence)) &&
      disagreement(evidence, claimOf(person, claim), facts) !== null,
  )

interface Weighed {
  readonly claim: Capacity
  /** Proofs in whose place others were given. */
  readonly replaced: readonly Proof[]
  readonly weak: PersonDecision | null
}

/** A corrected claim, weighed with the proofs that it has then when they have to bear other days than before. */
function weigh(
  asked: Capacity,
  { evidence }: PersonCommandOf<'CorrectCapacity'>,
  person: Person,
  entry: Capacity,
  facts: PersonFacts,
): Weighed {
  const given = evidence.map((proof) => proof.evidence)
  const replaced = replacedBy(given, person, asked, facts)
  const kept = entry.proofs.filter((proof) => !replaced.includes(proof))
  const moved = asked.acquiredOn !== entry.acquiredOn || evidence.length > 0 || beforeProven(asked)
  const known = kept.map((proof) => proof.evidence)
  return { claim: asked, replaced, weak: moved ? unproven(known, given, person, asked, facts) : null }
}

/** The same on the days that the proofs bore before, when it is the holder alone who gives earlier ones; null when it is not. */
function ownDays(
  asked: Capacity,
  command: PersonCommandOf<'CorrectCapacity'>,
  person: Person,
  entry: Capacity,
  facts: PersonFacts,
): Weighed | null {
  const { holderSpan } = asked
  if (holderSpan === null || !beforeProven(asked) || beforeProven({ ...asked, holderSpan: entry.holderSpan }))
    return null
  const own = weigh({ ...asked, holderSpan: provenSpan(holderSpan, entry) }, command, person, entry, facts)
  return own.weak ? null : own
}

/** First and last day of a capacity, put right; the proofs have to bear the day on which it is now said to be acquired. */
export function correctCapacity(
  command: PersonCommandOf<'CorrectCapacity'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const barred = requireKnown(person)
  if (barred) return barred
  const entry = person.capacities.find((capacity) => capacity.capacityId === command.capacityId)
  if (!entry) return noSuchCapacity(person, command.capacityId)
  const closed = closedCapacity(entry)
  if (closed) return closed
  if (entry.verdict === 'pending') return refuse('capacityPending', { waitingFor: entry.waitingFor ?? '' })
  const { acquiredOn = entry.acquiredOn, requestedOn = entry.requestedOn, to: endedOn = entry.endedOn } = command
  const changed = { acquiredOn: command.acquiredOn, requestedOn: command.requestedOn }
  const impossible =
    requireAlive(person, acquiredOn) ??
    impossibleDays(changed, person, facts) ??
    beforeCapacity(entry.capacity, acquiredOn, facts) ??
    beyondYear({ ...entry, endedOn })
  if (impossible) return impossible
  const home = homeOf(person, entry)
  const transfer =
    isDependant(entry) || acquiredOn >= entry.acquiredOn ? null : transferByReach(person, home, acquiredOn, facts)
  if (transfer) return transfer
  const { ruleStart } = claimedDays({ ...entry, acquiredOn, requestedOn }, home, facts)
  const asked: Capacity = { ...entry, acquiredOn, requestedOn, endedOn, ruleStart, holderSpan: spanOf(entry, facts) }
  const whole = weigh(asked, command, person, entry, facts)
  const { claim, replaced, weak } = whole.weak ? (ownDays(asked, command, person, entry, facts) ?? whole) : whole
  const claimed = withCapacity(person, entry.capacityId, claim)
  const barredBy = weak ?? askedTwice(claimed, entry.capacityId, facts)
  if (barredBy) return barredBy
  const settled = settle(person, claimed, facts, command.because)
  const outcome = settled.person.capacities.find(({ capacityId }) => capacityId === entry.capacityId)
  if (!outcome || outcome.from === null) return refuse('correctionLeavesNoDay', { capacity: entry.capacity })
  if (settled.events.length === 0) return whole.weak ?? refuse('correctionChangesNothing')
  const { capacityId } = entry
  const shown = command.evidence.map(({ evidenceId, evidence }) =>
    personEvent('EvidenceRecorded', { evidenceId, capacityId, evidence }),
  )
  const gone = replaced.map(({ evidenceId, eventIds }) => {
    const { because } = command
    return personEvent('EvidenceCorrected', {
      evidenceId,
      capacityId,
      evidence: null,
      because,
      corrects: [...eventIds],
    })
  })
  const decided = answer(settled)
  return decided.ok ? allow(...shown, ...gone, ...decided.events) : decided
}

/** A capacity that never was. */
export function withdrawCapacity(
  command: PersonCommandOf<'WithdrawCapacity'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const barred = requireKnown(person)
  if (barred) return barred
  const entry = person.capacities.find((capacity) => capacity.capacityId === command.capacityId)
  if (!entry) return noSuchCapacity(person, command.capacityId)
  // one that lapsed can still come back with its affiliation, so it can be withdrawn
  if (entry.verdict === 'refused') return closedCapacity(entry) as PersonDecision
  const capacities = person.capacities.filter((capacity) => capacity !== entry)
  return answer(settle(person, { ...person, capacities }, facts, command.because))
}

/** First and last day of an affiliation, put right; a departure that never was is a last day of null. */
export function correctAffiliation(
  command: PersonCommandOf<'CorrectAffiliation'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const barred = requireKnown(person)
  if (barred) return barred
  const { affiliationId, because } = command
  const entry = person.affiliations.find((affiliation) => affiliation.affiliationId === affiliationId)
  if (!entry) return refuse('affiliationNotFound')
  const impossible = impossibleDays({ from: command.from }, person, facts)
  if (impossible) return impossible
  const transfer =
    command.from === undefined
      ? null
      : (transferByReach(person, entry, command.from, facts) ?? followerByReach(person, entry, command.from, facts))
  if (transfer) return transfer
  const { from: claimedFrom = entry.claimedFrom, to: leftOn = entry.leftOn } = command
  const early = leftOn === null ? null : endTooEarly(person, { ...entry, from: claimedFrom }, leftOn)
  if (early) return early
  const followsHolder = entry.followsHolder && leftOn === entry.leftOn
  const settled = settle(
    person,
    withAffiliation(person, affiliationId, { claimedFrom, leftOn, followsHolder }),
    facts,
    because,
  )
  const outcome = settled.person.affiliations.find((affiliation) => affiliation.affiliationId === affiliationId)
  if (command.from !== undefined && outcome && outcome.from < command.from) {
    return refuse('capacityBeforeAffiliation', { start: outcome.from, from: command.from })
  }
  if (settled.events.length === 0) return refuse('correctionChangesNothing')
  const tooSoon = leftOn === null ? null : nextTooSoon(person, entry, leftOn, facts)
  return contradiction(settled) ?? tooSoon ?? allow(...settled.events)
}

/** An affiliation that never was, with every capacity in it. */
export function withdrawAffiliation(
  command: PersonCommandOf<'WithdrawAffiliation'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const barred = requireKnown(person)
  if (barred) return barred
  const { affiliationId, because } = command
  if (person.affiliations.every((entry) => entry.affiliationId !== affiliationId)) return refuse('affiliationNotFound')
  const affiliations = person.affiliations.filter((entry) => entry.affiliationId !== affiliationId)
  const capacities = person.capacities.filter((entry) => entry.affiliationId !== affiliationId)
  return answer(settle(person, { ...person, affiliations, capacities }, facts, because))
}

/**
 * A proof that is not what it was taken for: the others, or the one given in its place, have to bear the capacity. One that waits is
 * weighed anew with them.
 */
export function correctEvidence(
  command: PersonCommandOf<'CorrectEvidence'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const barred = requireKnown(person)
  if (barred) return barred
  const { evidenceId, evidence, because } = command
  const entry = person.capacities.find(({ proofs }) => proofs.some((proof) => proof.evidenceId === evidenceId))
  const proof = entry?.proofs.find((one) => one.evidenceId === evidenceId)
  if (!entry || !proof) return refuse('evidenceNotFound')
  const closed = closedCapacity(entry)
  if (closed) return closed
  const others = entry.proofs.filter((one) => one !== proof)
  const { capacityId } = entry
  const corrects = [...proof.eventIds]
  const told = personEvent('EvidenceCorrected', { evidenceId, capacityId, evidence, because, corrects })
  if (entry.status === 'pending') {
    const proofs = evidence === null ? others : [...others, { evidenceId, evidence, eventIds: [] }]
    return weighPending(told, proofs, entry, person, facts)
  }
  const known = others.map((one) => one.evidence)
  return unproven(known, evidence === null ? [] : [evidence], person, entry, facts) ?? allow(told)
}

/** Date of birth, sex or day of death, put right; the rules of age and everything that ended with the death follow. */
export function correctPerson(
  command: PersonCommandOf<'CorrectPerson'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const barred = requireKnown(person)
  if (barred) return barred
  const { because, birthDate = person.birthDate, sex = person.sex, diedOn = person.diedOn } = command
  if (birthDate === null || sex === null) throw new Error('a registered person has a date of birth and a sex')
  const ahead = inFuture({ birthDate }, facts)
  if (ahead) return ahead
  const corrected = { ...person, birthDate, sex, diedOn }
  const acquired = Object.fromEntries(
    person.capacities
      .map(({ acquiredOn }) => ['acquiredOn', acquiredOn] as const)
      .sort(byDay)
      .slice(0, 1),
  )
  const impossible = impossibleDays({ diedOn: command.diedOn, ...acquired }, corrected, facts)
  if (impossible) return impossible
  const same = birthDate === person.birthDate && sex === person.sex && diedOn === person.diedOn
  if (same) return refuse('correctionChangesNothing')
  const early = diedOn === null ? null : deathTooEarly(person, diedOn)
  if (early) return early
  // nobody told a death yet: what is put right is the registration, which told of a living person
  const deathTold = person.deathEventIds.length > 0 ? person.deathEventIds : person.birthEventIds
  const corrects = [
    ...(birthDate === person.birthDate && sex === person.sex ? [] : person.birthEventIds),
    ...(diedOn === person.diedOn ? [] : deathTold),
  ]
  const decided = answer(settle(person, corrected, facts, because))
  if (!decided.ok) return decided
  return allow(
    ...decided.events,
    personEvent('PersonCorrected', { birthDate, sex, diedOn, because, corrects: [...new Set(corrects)] }),
  )
}

const byDay = (a: readonly [string, string], b: readonly [string, string]): number => (a[1] < b[1] ? -1 : 1)
