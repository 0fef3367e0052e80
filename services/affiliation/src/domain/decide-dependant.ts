import { type IsoDate, maxDate } from '@ziv/kernel'
import { isDependant } from './capacities.ts'
import { claimAffiliation } from './decide-affiliation.ts'
import { claimCapacity, claimOf, isHolderOn } from './decide-capacity.ts'
import {
  allow,
  beforeCapacity,
  impossibleDays,
  type PersonDecision,
  refuse,
  requireLiving,
  requireRole,
} from './decision.ts'
import { notAdmitted, partnersOf } from './dependant-admission.ts'
import { assessEvidence } from './evidence.assess.ts'
import type { PersonCommandOf } from './person.commands.ts'
import { personEvent } from './person.events.ts'
import type { PersonFacts } from './person.facts.ts'
import { type Affiliation, coversDay, type Dependant, openAffiliation, type Person } from './person.ts'
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
    if (!isDependant(entry) || entry.status !== 'acquired') return false
    const last = facts.lastDayOf(entry, person.birthDate)
    return last === null || last >= start
  })

/** Decides for the dependant: insured with the insurer of the holder from the exact day the quality is acquired. */
export function becomeDependant(
  command: PersonCommandOf<'BecomeDependant'>,
  before: Person,
  facts: PersonFacts,
): PersonDecision {
  const { kind, acquiredOn, requestedOn, relation = null, partnership = null, capacityId, evidence } = command
  const barred =
    requireLiving(before) ??
    requireRole(kind, 'dependant', facts) ??
    impossibleDays({ acquiredOn, requestedOn }, before, facts) ??
    beforeCapacity(kind, acquiredOn, facts)
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
  const claim = { capacityId, capacity: kind, acquiredOn, requestedOn, ruleStart, relation, partnership }
  const proofs = evidence.map((entry) => entry.evidence)
  const verdict = assessEvidence(proofs, claimOf(before, claim), facts)
  if (verdict.verdict === 'refused') return { ok: false, rejection: verdict.rejection }
  const excluded = notAdmitted({ capacityId, capacity: kind, partnership, on: start }, before, proofs, facts)
  if (excluded) return excluded
  const placed = placeWith(home, before, command, start)
  const affiliationId = placed && openAffiliation(placed)?.affiliationId
  if (!placed || !affiliationId) return refuse('dependantInsuredElsewhere')
  const holding = { holderPersonId: holder.personId, holderSpan: { from: home.from, to: null } }
  const entry = claimCapacity({ ...claim, ...holding, affiliationId }, evidence)
  const settled = settle(before, { ...placed, capacities: [...placed.capacities, entry] }, facts)
  return allow(...settled.events)
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
  const barred = requireLiving(person)
  if (barred) return barred
  const { dependantPersonId, capacityId, kind, partnership, from } = command
  // the admission counted them too, as long ago as the holder was read
  if (tooManyPartners(person, { capacityId, capacity: kind, from }, facts)) return refuse('partnerAlreadyDependant')
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
