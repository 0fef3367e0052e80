import { type IsoDate, maxDate, quarterOf } from '@ziv/kernel'
import { isDependantKind } from './capacities.ts'
import { allow, type PersonDecision, refuse, requireLiving } from './decision.ts'
import { endOf } from './end-of-capacity.ts'
import { assessEvidence } from './evidence.assess.ts'
import { lapsedAsChild } from './lapsed-as-child.ts'
import type { CapacityRequest, PersonCommandOf } from './person.commands.ts'
import { personEvent } from './person.events.ts'
import type { PersonFacts } from './person.facts.ts'
import { type Capacity, coversDay, evolvePerson, openAffiliation, type Person } from './person.ts'

/** Dates that no capacity can have. */
export function impossibleDates(
  dates: { readonly acquiredOn: IsoDate; readonly requestedOn: IsoDate },
  person: Person,
  facts: PersonFacts,
): PersonDecision | null {
  const { acquiredOn, requestedOn } = dates
  if (acquiredOn > facts.today) return refuse('dateInFuture', { field: 'acquiredOn', day: acquiredOn })
  if (requestedOn > facts.today) return refuse('dateInFuture', { field: 'requestedOn', day: requestedOn })
  if (person.birthDate !== null && acquiredOn < person.birthDate) {
    return refuse('beforeBirth', { field: 'acquiredOn', day: acquiredOn })
  }
  return null
}

const overlaps = (entry: Capacity, start: IsoDate): boolean =>
  entry.status === 'acquired' && (entry.to === null || entry.to >= start)

/** Acquires a holder capacity inside the affiliation of the person, or keeps it pending on a decision of others. */
export function acquire(command: CapacityRequest, before: Person, facts: PersonFacts): PersonDecision {
  const barred = requireLiving(before) ?? impossibleDates(command, before, facts)
  if (barred) return barred
  const ruleStart = facts.startOfInsurance(command.kind, command.acquiredOn, command.requestedOn)
  const affiliation = openAffiliation(before)
  if (!affiliation) return refuse('notAffiliated', { day: ruleStart })
  const from = maxDate(ruleStart, affiliation.from)
  const lapsed = lapsedAsChild(before, from, facts)
  const person = lapsed.reduce(evolvePerson, before)
  const running = person.capacities.filter((entry) => overlaps(entry, from))
  const same = person.capacities.find(
    (entry) => entry.capacity === command.kind && (entry.status === 'pending' || overlaps(entry, from)),
  )
  if (same) return refuse('capacityOverlaps', { capacity: command.kind })
  const other = running.find((entry) => entry.capacity !== 'RESIDENT')
  if (command.kind === 'RESIDENT' && other && !command.repair)
    return refuse('residentIsResidual', { capacity: other.capacity })
  const proofs = command.evidence.map((entry) => entry.evidence)
  const birthDate = person.birthDate as IsoDate
  const verdict = assessEvidence(proofs, { kind: command.kind, acquiredOn: command.acquiredOn, birthDate }, facts)
  if (verdict.outcome === 'refused') return { ok: false, rejection: verdict.rejection }
  const { capacityId, acquiredOn, requestedOn } = command
  const { affiliationId, insurer, ziekenfonds } = affiliation
  const common = {
    capacityId,
    affiliationId,
    capacity: command.kind,
    acquiredOn,
    requestedOn,
    evidence: command.evidence,
  }
  if (verdict.outcome === 'pending') {
    return allow(...lapsed, personEvent('CapacityRequested', { ...common, waitingFor: verdict.waitingFor }))
  }
  const repair = command.repair ? { repair: true } : {}
  return allow(...lapsed, personEvent('CapacityAcquired', { ...common, ...repair, insurer, ziekenfonds, from }))
}

/** Adds a holder capacity to a person who is affiliated already. */
export function acquireCapacity(command: CapacityRequest, person: Person, facts: PersonFacts): PersonDecision {
  const home = openAffiliation(person)
  const start = facts.startOfInsurance(command.kind, command.acquiredOn, command.requestedOn)
  // within one quarter the affiliation holds the first days; earlier quarters would be insured by nobody we know of
  if (home && quarterOf(start) < quarterOf(home.from)) {
    return requireLiving(person) ?? refuse('capacityBeforeAffiliation', { start, from: home.from })
  }
  return acquire(command, person, facts)
}

export function endCapacity(command: PersonCommandOf<'EndCapacity'>, person: Person): PersonDecision {
  const barred = requireLiving(person)
  if (barred) return barred
  const entry = person.capacities.find((capacity) => capacity.capacityId === command.capacityId)
  if (!entry || entry.status === 'refused') return refuse('capacityNotFound')
  if (entry.status === 'pending' || entry.from === null)
    return refuse('capacityPending', { waitingFor: entry.waitingFor ?? '' })
  if (entry.to !== null) return refuse('capacityAlreadyEnded', { to: entry.to })
  if (command.to < entry.from) return refuse('endBeforeStart', { from: entry.from, to: command.to })
  return allow(endOf(entry, person, command.to))
}

/** A decision a pending capacity waited for: positive makes it count from its original request, negative closes it. */
function resolve(
  command: PersonCommandOf<'RecordEvidence'>,
  entry: Capacity,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const { evidence, evidenceId, capacityId } = command
  const awaited = entry.waitingFor === 'immigrationOffice' ? 'immigrationOfficeDecision' : 'manualDecision'
  if (evidence.kind !== awaited) return refuse('otherDecisionAwaited', { awaited, evidence: evidence.kind })
  if (evidence.decidedOn > facts.today) return refuse('dateInFuture', { field: 'decidedOn', day: evidence.decidedOn })
  const recorded = personEvent('EvidenceRecorded', { evidenceId, capacityId, evidence })
  const { capacity, affiliationId, acquiredOn, requestedOn } = entry
  if (!evidence.positive) {
    return allow(recorded, personEvent('CapacityRefused', { capacityId, capacity, decidedOn: evidence.decidedOn }))
  }
  const home = person.affiliations.find((affiliation) => affiliation.affiliationId === affiliationId)
  if (!home || home.to !== null) return refuse('notAffiliated', { day: acquiredOn })
  const ruleStart = facts.startOfInsurance(capacity, acquiredOn, requestedOn)
  const from = maxDate(ruleStart, home.from)
  const { insurer, ziekenfonds } = home
  const dates = { from, acquiredOn, requestedOn }
  const acquired = {
    capacityId,
    affiliationId,
    insurer,
    ziekenfonds,
    capacity,
    ...dates,
    evidence: [{ evidenceId, evidence }],
  }
  return allow(recorded, personEvent('CapacityAcquired', acquired))
}

export function recordEvidence(
  command: PersonCommandOf<'RecordEvidence'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const barred = requireLiving(person)
  if (barred) return barred
  const entry = person.capacities.find((capacity) => capacity.capacityId === command.capacityId)
  if (!entry || entry.status === 'refused') return refuse('capacityNotFound')
  if (entry.status === 'pending') return resolve(command, entry, person, facts)
  const { evidenceId, capacityId, evidence } = command
  const claim = { kind: entry.capacity, acquiredOn: entry.acquiredOn, birthDate: person.birthDate as IsoDate }
  const verdict = assessEvidence([evidence], claim, facts)
  // one more proof need not be complete by itself, but it has to be of a kind that proves this capacity
  if (verdict.outcome === 'refused' && verdict.rejection.code === 'evidenceNotOfCapacity') {
    return { ok: false, rejection: verdict.rejection }
  }
  return allow(personEvent('EvidenceRecorded', { evidenceId, capacityId, evidence }))
}

export const isHolderOn = (person: Person, onDay: IsoDate): boolean =>
  person.capacities.some((entry) => !isDependantKind(entry.capacity) && coversDay(entry, onDay))
