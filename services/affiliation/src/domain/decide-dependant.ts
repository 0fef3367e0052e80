import { type IsoDate, maxDate } from '@ziv/kernel'
import { isDependant } from './capacities.ts'
import { contradiction } from './contradiction.ts'
import { claimAffiliation } from './decide-affiliation.ts'
import { claimCapacity, claimOf, isHolderOn } from './decide-capacity.ts'
import {
  allow,
  beforeCapacity,
  impossibleDays,
  type PersonDecision,
  refuse,
  requireAlive,
  requireKnown,
  requireRole,
} from './decision.ts'
import { type AdmissionClaim, notAdmitted, partnersOf } from './dependant-admission.ts'
import { assessEvidence } from './evidence.assess.ts'
import type { Evidence } from './evidence.ts'
import type { PersonCommandOf } from './person.commands.ts'
import { personEvent } from './person.events.ts'
import type { PersonFacts } from './person.facts.ts'
import { type Affiliation, coversDay, type Dependant, type Person, placeOn } from './person.ts'
import { claimedDays } from './repair-year.ts'
import { type Settled, settle } from './settle.ts'

/** The holder must be insured by an own quality, or run out from one, on the first day of the dependant. */
function unfitHolder(
  holder: Person | undefined,
  home: Affiliation | undefined,
  from: IsoDate,
  facts: PersonFacts,
): PersonDecision | null {
  if (!holder || holder.personId === null || holder.erased) return refuse('holderNotFound')
  if (holder.diedOn !== null && from > holder.diedOn) return refuse('holderDied')
  if (!home) return refuse('holderNotAffiliated')
  if (isHolderOn(holder, from, facts)) return null
  const waiting = awaitedOn(holder, home, from, facts)
  if (!waiting) return refuse('holderHasNoCapacity', { day: from })
  return refuse('holderCapacityWaits', { ...waiting, day: from })
}

/** A capacity of the holder that would insure on a day, and waits for a decision of others. */
function awaitedOn(holder: Person, home: Affiliation, onDay: IsoDate, facts: PersonFacts) {
  for (const entry of holder.capacities) {
    if (entry.status !== 'pending' || entry.waitingFor === null) continue
    const { ruleStart, endedOn } = claimedDays(entry, home, facts)
    if (coversDay({ from: ruleStart, to: endedOn }, onDay))
      return { capacity: entry.capacity, waitingFor: entry.waitingFor }
  }
  return null
}

interface Placed {
  readonly person: Person
  readonly affiliationId: string
}

/**
 * Where a dependant is insured: with the insurer of the holder (art. 118 ZIV-wet). Of an affiliation of the holder that has ended,
 * what the dependant was then counts, and an affiliation of the days of the holder is opened beside what came after it.
 */
function placeWith(
  home: Affiliation,
  person: Person,
  command: PersonCommandOf<'BecomeDependant'>,
  from: IsoDate,
): Placed | null {
  const until = home.to
  const own = person.affiliations.find((entry) =>
    until === null ? entry.to === null : entry.from <= until && (entry.to === null || entry.to >= from),
  )
  if (own) return own.ziekenfonds === home.ziekenfonds ? { person, affiliationId: own.affiliationId } : null
  const { affiliationId, requestedOn } = command
  const { insurer, ziekenfonds } = home
  const opened = claimAffiliation({ affiliationId, insurer, ziekenfonds, requestedOn }, from)
  const follows = home.reason === 'departure'
  // after the death of the holder the dependant stays a member, unless another affiliation followed
  const ends = follows || (until !== null && person.affiliations.some((entry) => entry.from > until))
  const placed = ends ? { ...opened, leftOn: until, followsHolder: follows } : opened
  return { person: { ...person, affiliations: [...person.affiliations, placed] }, affiliationId }
}

/** Whether a person depends on a holder on one of the days on which another would give the quality. */
const depends = (person: Person, start: IsoDate, until: IsoDate | null, facts: PersonFacts): boolean =>
  person.capacities.some((entry) => {
    if (!isDependant(entry) || entry.from === null) return false
    const last = facts.lastDayOf(entry, person.birthDate)
    return (last === null || last >= start) && (until === null || entry.from <= until)
  })

/**
 * Decides for the dependant: insured with the insurer of the holder from the exact day the quality is acquired, and no longer than the
 * affiliation of the holder, also when that has ended before the quality becomes known.
 */
export function becomeDependant(
  command: PersonCommandOf<'BecomeDependant'>,
  before: Person,
  facts: PersonFacts,
): PersonDecision {
  const { kind, acquiredOn, requestedOn, relation = null, partnership = null, capacityId, evidence } = command
  const barred =
    requireKnown(before) ??
    requireRole(kind, 'dependant', facts) ??
    impossibleDays({ acquiredOn, requestedOn }, before, facts) ??
    beforeCapacity(kind, acquiredOn, facts)
  if (barred) return barred
  const { holder } = facts
  const ruleStart = facts.startOfInsurance(kind, acquiredOn, requestedOn)
  const home = holder && placeOn(holder, ruleStart)
  const start = home ? maxDate(home.from, ruleStart) : ruleStart
  const unfit = requireAlive(before, start) ?? unfitHolder(holder, home, start, facts)
  if (unfit) return unfit
  if (!holder?.personId || !home) return refuse('holderNotFound')
  if (holder.personId === before.personId) return refuse('dependantIsHolder')
  if (depends(before, start, home.to, facts)) return refuse('alreadyDependant')
  const holding = { holderPersonId: holder.personId, holderSpan: { from: home.from, to: home.to } }
  const claim = { capacityId, capacity: kind, acquiredOn, requestedOn, ruleStart, relation, partnership, ...holding }
  const proofs = evidence.map((entry) => entry.evidence)
  const verdict = assessEvidence(proofs, claimOf(before, claim), facts)
  if (verdict.verdict === 'refused') return { ok: false, rejection: verdict.rejection }
  const asked = { capacityId, capacity: kind, partnership, on: start, until: home.to }
  const excluded = notAdmitted(asked, before, proofs, facts)
  if (excluded) return excluded
  const placed = placeWith(home, before, command, start)
  if (!placed) return refuse('dependantInsuredElsewhere')
  const { person, affiliationId } = placed
  const entry = claimCapacity({ ...claim, affiliationId }, evidence)
  const settled = settle(before, { ...person, capacities: [...person.capacities, entry] }, facts)
  return contradiction(settled) ?? daylessIn(settled, affiliationId, asked, proofs, facts) ?? allow(...settled.events)
}

/** Refuses a quality without a day: the affiliation begins later than it, on a day that a right of one's own has. */
function daylessIn(
  { before, person }: Settled,
  affiliationId: string,
  asked: AdmissionClaim,
  proofs: readonly Evidence[],
  facts: PersonFacts,
): PersonDecision | null {
  const home = person.affiliations.find((entry) => entry.affiliationId === affiliationId)
  const entry = person.capacities.find(({ capacityId }) => capacityId === asked.capacityId)
  if (!home || entry?.from !== null) return null
  return notAdmitted({ ...asked, on: maxDate(asked.on, home.from) }, before, proofs, facts)
}

/** Whether one more dependant would be a partner beyond those who can depend on a holder at a time. */
function tooManyPartners(
  holder: Person,
  { capacityId, capacity, from, to = null }: Pick<Dependant, 'capacityId' | 'capacity' | 'from'> & Partial<Dependant>,
  facts: PersonFacts,
): boolean {
  if (facts.capacityRule(capacity, 'partner', from) === 'noPartner') return false
  const others = partnersOf(holder, from, capacityId, facts).filter((other) => to === null || other.from <= to)
  return others.length >= facts.dependantPartners(from)
}

/** Decides for the holder: at most one adult partner depends on a holder at a time. */
export function addDependant(
  command: PersonCommandOf<'AddDependant'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const { dependantPersonId, capacityId, kind, partnership, from, until = null } = command
  const barred = requireAlive(person, from)
  if (barred) return barred
  // the admission counted them too, as long ago as the holder was read
  if (tooManyPartners(person, { capacityId, capacity: kind, from, to: until }, facts))
    return refuse('partnerAlreadyDependant')
  const depends = person.capacities.some(
    (entry) =>
      isDependant(entry) && coversDay({ from: entry.from, to: facts.lastDayOf(entry, person.birthDate) }, from),
  )
  if (depends) return refuse('holderIsDependant')
  const added = { dependantPersonId, capacityId, capacity: kind, from, ...(partnership ? { partnership } : {}) }
  return allow(personEvent('DependantAdded', added))
}

/** The holder's side of a dependant whose days changed. */
export function alignDependant(
  command: PersonCommandOf<'AlignDependant'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const { dependantPersonId, capacityId, from, to, claimed } = command
  const entry = person.dependants.find((dependant) => dependant.capacityId === capacityId)
  if (person.erased || (!entry && from === null)) return allow()
  if (!entry) return refuse('dependantNotFound')
  if (from === null) {
    if (claimed && entry.displaced) return allow()
    const displaced = claimed ? { displaced: true as const } : {}
    return allow(personEvent('DependantWithdrawn', { dependantPersonId, capacityId, ...displaced }))
  }
  if (entry.from === from && entry.to === to && !entry.displaced) return allow()
  if (entry.from === from && !entry.displaced && to !== null && (entry.to === null || to < entry.to)) {
    return allow(personEvent('DependantReleased', { dependantPersonId, capacityId, to }))
  }
  if (tooManyPartners(person, { ...entry, from, to }, facts)) return refuse('partnerAlreadyDependant')
  return allow(personEvent('DependantCorrected', { dependantPersonId, capacityId, from, to }))
}
