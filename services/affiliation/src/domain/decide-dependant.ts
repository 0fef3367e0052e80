import { type IsoDate, maxDate } from '@ziv/kernel'
import { isDependantKind } from './capacities.ts'
import { closeAffiliation, placeInAffiliation } from './decide-affiliation.ts'
import { impossibleDates, isHolderOn } from './decide-capacity.ts'
import { allow, type PersonDecision, refuse, requireLiving } from './decision.ts'
import { endOf } from './end-of-capacity.ts'
import { assessEvidence } from './evidence.assess.ts'
import { lapsedAsChild, lastDayOf } from './lapsed-as-child.ts'
import type { PersonCommandOf } from './person.commands.ts'
import { personEvent } from './person.events.ts'
import type { PersonFacts } from './person.facts.ts'
import { coversDay, evolvePerson, openAffiliation, type Person } from './person.ts'

/** The holder must be insured with an own capacity on the first day of the dependant. */
function unfitHolder(holder: Person | undefined, from: IsoDate): PersonDecision | null {
  if (!holder || holder.personId === null || holder.erased) return refuse('holderNotFound')
  if (holder.diedOn !== null) return refuse('holderDied')
  if (!openAffiliation(holder)) return refuse('holderNotAffiliated')
  return isHolderOn(holder, from) ? null : refuse('holderHasNoCapacity', { day: from })
}

/** Decides for the dependant: insured with the insurer of the holder from the exact day the quality is acquired. */
export function becomeDependant(
  command: PersonCommandOf<'BecomeDependant'>,
  before: Person,
  facts: PersonFacts,
): PersonDecision {
  const barred = requireLiving(before) ?? impossibleDates(command, before, facts)
  if (barred) return barred
  const holder = facts.holder
  const home = holder && openAffiliation(holder)
  const ruleStart = facts.startOfInsurance(command.kind, command.acquiredOn, command.requestedOn)
  const start = home ? maxDate(home.from, ruleStart) : ruleStart
  const unfit = unfitHolder(holder, start)
  if (unfit) return unfit
  if (!holder?.personId || !home) return refuse('holderNotFound')
  if (holder.personId === before.personId) return refuse('dependantIsHolder')
  const lapsed = lapsedAsChild(before, start, facts)
  const person = lapsed.reduce(evolvePerson, before)
  const depends = person.capacities.some(
    (entry) =>
      isDependantKind(entry.capacity) && entry.status === 'acquired' && (entry.to === null || entry.to >= start),
  )
  if (depends) return refuse('alreadyDependant')
  const { kind, acquiredOn, requestedOn, relation, partnership, capacityId, evidence } = command
  const claim = { kind, acquiredOn, birthDate: person.birthDate as IsoDate, relation, partnership }
  const proofs = evidence.map((entry) => entry.evidence)
  const verdict = assessEvidence(proofs, claim, facts)
  if (verdict.outcome === 'refused') return { ok: false, rejection: verdict.rejection }
  const place = placeInAffiliation(person, home.ziekenfonds, start)
  if (place.kind === 'elsewhere') return refuse('dependantInsuredElsewhere')
  const tooOld = kind === 'DEPENDANT_CHILD' && facts.lastDayAsChild(claim.birthDate) < place.from
  // also where the proof was accepted elsewhere: it tells who the parents are, not that the child is young
  if (tooOld) return refuse('childTooOld', { limit: facts.childAgeLimit(place.from), from: place.from })
  const { insurer, ziekenfonds } = home
  const affiliationId = place.kind === 'existing' ? place.affiliationId : command.affiliationId
  const acquired = personEvent('CapacityAcquired', {
    ...{ capacityId, affiliationId, insurer, ziekenfonds, capacity: kind, from: place.from, acquiredOn, requestedOn },
    holderPersonId: holder.personId,
    ...(relation ? { relation } : {}),
    ...(partnership ? { partnership } : {}),
    evidence,
  })
  if (place.kind === 'existing') return allow(...lapsed, acquired)
  return allow(
    ...lapsed,
    personEvent('AffiliationOpened', { affiliationId, insurer, ziekenfonds, from: place.from, requestedOn }),
    acquired,
  )
}

/** Decides for the holder: at most one adult partner depends on a holder at a time. */
export function addDependant(
  command: PersonCommandOf<'AddDependant'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const barred = requireLiving(person)
  if (barred) return barred
  const { dependantPersonId, capacityId, kind, partnership, from } = command
  if (kind === 'DEPENDANT_SPOUSE') {
    const partner = person.dependants.find(
      (entry) => entry.capacity === 'DEPENDANT_SPOUSE' && (entry.to === null || entry.to >= from),
    )
    if (partner) return refuse('partnerAlreadyDependant')
    if (partnership === 'cohabiting' && command.holderSpouseInHousehold) return refuse('cohabitantExcludedBySpouse')
  }
  const depends = person.capacities.some(
    (entry) =>
      isDependantKind(entry.capacity) &&
      coversDay({ from: entry.from, to: lastDayOf(entry, person.birthDate, facts) }, from),
  )
  if (depends) return refuse('holderIsDependant')
  const added = { dependantPersonId, capacityId, capacity: kind, from, ...(partnership ? { partnership } : {}) }
  return allow(personEvent('DependantAdded', added))
}

/** The holder's side of a dependant whose capacity ended. */
export function releaseDependant(command: PersonCommandOf<'ReleaseDependant'>, person: Person): PersonDecision {
  const entry = person.dependants.find((dependant) => dependant.capacityId === command.capacityId)
  if (!entry) return refuse('dependantNotFound')
  if (person.erased || (entry.to !== null && entry.to <= command.to)) return allow()
  const { dependantPersonId, capacityId, to } = command
  return allow(personEvent('DependantReleased', { dependantPersonId, capacityId, to }))
}

/**
 * The dependant's side of a holder who left the insurer or died: the quality is lost that day. When the holder left the
 * insurer and the dependant has no capacity of his or her own, the affiliation ends too: it was the holder's choice.
 */
export function loseHolder(command: PersonCommandOf<'LoseHolder'>, person: Person): PersonDecision {
  const entry = person.capacities.find((capacity) => capacity.capacityId === command.capacityId)
  if (!entry || entry.from === null) return refuse('capacityNotFound')
  if (person.erased || (entry.to !== null && entry.to <= command.to)) return allow()
  const to = maxDate(command.to, entry.from)
  const home = person.affiliations.find((affiliation) => affiliation.affiliationId === entry.affiliationId)
  const hasOwn = person.capacities.some(
    (other) =>
      other.capacityId !== entry.capacityId && other.status === 'acquired' && (other.to === null || other.to > to),
  )
  if (command.leavesInsurer && !hasOwn && home?.to === null) {
    return closeAffiliation(person, home.affiliationId, to, 'departure')
  }
  return allow(endOf(entry, person, to))
}
