import { type IsoDate, maxDate } from '@ziv/kernel'
import { isDependantKind } from './capacities.ts'
import { claimAffiliation, withAffiliation } from './decide-affiliation.ts'
import { claimCapacity, claimOf, isHolderOn, withCapacity } from './decide-capacity.ts'
import { allow, impossibleDays, type PersonDecision, refuse, requireLiving } from './decision.ts'
import { assessEvidence } from './evidence.assess.ts'
import { lastDayOf } from './last-day-as-child.ts'
import type { PersonCommandOf } from './person.commands.ts'
import { personEvent } from './person.events.ts'
import type { PersonFacts } from './person.facts.ts'
import { type Affiliation, type Capacity, coversDay, openAffiliation, type Person } from './person.ts'
import { settle } from './settle.ts'

/** The holder must be insured by an own quality, or run out from one, on the first day of the dependant. */
function unfitHolder(holder: Person | undefined, from: IsoDate, facts: PersonFacts): PersonDecision | null {
  if (!holder || holder.personId === null || holder.erased) return refuse('holderNotFound')
  if (holder.diedOn !== null) return refuse('holderDied')
  if (!openAffiliation(holder)) return refuse('holderNotAffiliated')
  return isHolderOn(holder, from, facts) ? null : refuse('holderHasNoCapacity', { day: from })
}

/** Where a dependant is insured: with the insurer of the holder (art. 118 ZIV-wet). */
function placeWith(
  home: Affiliation,
  person: Person,
  command: PersonCommandOf<'BecomeDependant'>,
  from: IsoDate,
): Person | null {
  const open = openAffiliation(person)
  if (open) return open.ziekenfonds === home.ziekenfonds ? person : null
  const { affiliationId, requestedOn } = command
  const { insurer, ziekenfonds } = home
  const opened = claimAffiliation({ affiliationId, insurer, ziekenfonds, requestedOn }, from)
  return { ...person, affiliations: [...person.affiliations, opened] }
}

const depends = (person: Person, start: IsoDate, facts: PersonFacts): boolean =>
  person.capacities.some((entry) => {
    if (!isDependantKind(entry.capacity) || entry.status !== 'acquired') return false
    const last = lastDayOf(entry, person.birthDate, facts)
    return last === null || last >= start
  })

/** A right of one's own that costs nothing stands before the quality of dependant, for a child as for a partner (art. 124). */
const hasFreeOwnRight = (person: Person, onDay: IsoDate, facts: PersonFacts): boolean =>
  person.capacities.some(
    (entry) => entry.status === 'acquired' && facts.freeOwnRight(entry.capacity) && coversDay(entry, onDay),
  )

/** Decides for the dependant: insured with the insurer of the holder from the exact day the quality is acquired. */
export function becomeDependant(
  command: PersonCommandOf<'BecomeDependant'>,
  before: Person,
  facts: PersonFacts,
): PersonDecision {
  const { kind, acquiredOn, requestedOn, relation = null, partnership = null, capacityId, evidence } = command
  const barred = requireLiving(before) ?? impossibleDays({ acquiredOn, requestedOn }, before, facts)
  if (barred) return barred
  const { holder } = facts
  const home = holder && openAffiliation(holder)
  const ruleStart = facts.startOfInsurance(kind, acquiredOn, requestedOn)
  const start = home ? maxDate(home.from, ruleStart) : ruleStart
  const unfit = unfitHolder(holder, start, facts)
  if (unfit) return unfit
  if (!holder?.personId || !home) return refuse('holderNotFound')
  if (holder.personId === before.personId) return refuse('dependantIsHolder')
  if (depends(before, start, facts)) return refuse('alreadyDependant')
  if (hasFreeOwnRight(before, start, facts)) return refuse('ownFreeRight')
  const claim = { capacityId, capacity: kind, acquiredOn, requestedOn, ruleStart, relation, partnership }
  const verdict = assessEvidence(
    evidence.map((entry) => entry.evidence),
    claimOf(before, claim),
    facts,
  )
  if (verdict.outcome === 'refused') return { ok: false, rejection: verdict.rejection }
  const placed = placeWith(home, before, command, start)
  const affiliationId = placed && openAffiliation(placed)?.affiliationId
  if (!placed || !affiliationId) return refuse('dependantInsuredElsewhere')
  const holding = { holderPersonId: holder.personId, holderSpan: { from: home.from, to: null } }
  const entry = claimCapacity({ ...claim, ...holding, affiliationId }, evidence)
  const settled = settle(before, { ...placed, capacities: [...placed.capacities, entry] }, facts)
  // also where the proof was accepted elsewhere: it tells who the parents are, not that the child is young
  if (settled.person.capacities.at(-1)?.status === 'displaced') {
    return refuse('childTooOld', { limit: facts.childAgeLimit(start), from: start })
  }
  return allow(...settled.events)
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
  const isDependant = person.capacities.some(
    (entry) =>
      isDependantKind(entry.capacity) &&
      coversDay({ from: entry.from, to: lastDayOf(entry, person.birthDate, facts) }, from),
  )
  if (isDependant) return refuse('holderIsDependant')
  const added = { dependantPersonId, capacityId, capacity: kind, from, ...(partnership ? { partnership } : {}) }
  return allow(personEvent('DependantAdded', added))
}

/** The holder's side of a dependant whose days changed. */
export function alignDependant(command: PersonCommandOf<'AlignDependant'>, person: Person): PersonDecision {
  const { dependantPersonId, capacityId, from, to } = command
  const entry = person.dependants.find((dependant) => dependant.capacityId === capacityId)
  if (person.erased || (!entry && from === null)) return allow()
  if (!entry) return refuse('dependantNotFound')
  if (from === null) return allow(personEvent('DependantWithdrawn', { dependantPersonId, capacityId }))
  if (entry.from === from && entry.to === to) return allow()
  if (entry.from === from && to !== null && (entry.to === null || to < entry.to)) {
    return allow(personEvent('DependantReleased', { dependantPersonId, capacityId, to }))
  }
  const partner = person.dependants.some(
    (other) =>
      other !== entry &&
      other.capacity === 'DEPENDANT_SPOUSE' &&
      other.capacity === entry.capacity &&
      (to === null || other.from <= to) &&
      (other.to === null || other.to >= from),
  )
  if (partner) return refuse('partnerAlreadyDependant')
  return allow(personEvent('DependantCorrected', { dependantPersonId, capacityId, from, to }))
}

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
 * The dependant's side of a holder who left the insurer, died, or was never a member: the quality has the days of the holder's
 * affiliation. When the holder left and the dependant has no capacity of his or her own, the affiliation ends too: it was the holder's
 * choice; it runs again when the departure is corrected.
 */
export function followHolder(
  { capacityId, span, leavesInsurer }: PersonCommandOf<'FollowHolder'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const entry = person.capacities.find((capacity) => capacity.capacityId === capacityId)
  if (person.erased || !entry) return allow()
  const home = person.affiliations.find((affiliation) => affiliation.affiliationId === entry.affiliationId)
  if (span === null) {
    const capacities = person.capacities.filter((other) => other !== entry)
    const alone = capacities.every((other) => other.affiliationId !== entry.affiliationId)
    const affiliations = person.affiliations.filter((other) => !alone || other !== home)
    return allow(...settle(person, { ...person, capacities, affiliations }, facts).events)
  }
  // a quality that began after the day on which the holder left has one day: what was granted is not taken back without a correction
  const bound = entry.from === null || span.to === null ? span : { ...span, to: maxDate(span.to, entry.from) }
  const claimed = withCapacity(person, capacityId, { holderSpan: bound })
  if (!home) throw new Error(`capacity ${capacityId} has no affiliation`)
  const left = leavesInsurer && bound.to !== null && !runsOn(person, entry, bound.to)
  const changed =
    left && (home.leftOn === null || home.followsHolder)
      ? withAffiliation(claimed, home.affiliationId, { leftOn: bound.to, followsHolder: true })
      : home.followsHolder && !left
        ? withAffiliation(claimed, home.affiliationId, { leftOn: null, followsHolder: false })
        : claimed
  return allow(...settle(person, changed, facts).events)
}
