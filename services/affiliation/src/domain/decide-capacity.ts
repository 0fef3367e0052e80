import type { IsoDate } from '@ziv/kernel'
import { isDependant, isResidual } from './capacities.ts'
import { askedTwice, contradiction } from './contradiction.ts'
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
  requireLiving,
  requireRole,
} from './decision.ts'
import { notAdmitted, weighedOn } from './dependant-admission.ts'
import { disagreementAmong } from './evidence.agree.ts'
import { assessEvidence } from './evidence.assess.ts'
import type { Evidence, EvidenceKind } from './evidence.ts'
import type { CapacityRequest, PersonCommandOf } from './person.commands.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import type { PersonFacts } from './person.facts.ts'
import { type Capacity, coversDay, openAffiliation, type Person, type Proof, placeOn } from './person.ts'
import type { Claim } from './proofs.define.ts'
import { barredRepair, claimedDays } from './repair-year.ts'
import { requestOf, settle } from './settle.ts'
import { transferByReach } from './transfer.ts'

/** The person with one capacity claimed otherwise. */
export const withCapacity = (person: Person, capacityId: string, change: Partial<Capacity>): Person => ({
  ...person,
  capacities: person.capacities.map((entry) => (entry.capacityId === capacityId ? { ...entry, ...change } : entry)),
})

/** What the proofs of a capacity are weighed against. */
export const claimOf = (
  person: Person,
  entry: Pick<Capacity, 'capacity' | 'acquiredOn' | 'requestedOn'> & Partial<Capacity>,
): Claim => ({
  ...{ kind: entry.capacity, acquiredOn: entry.acquiredOn, requestedOn: entry.requestedOn },
  // work, study and residence are shown for the day on which they began
  weighedOn: isDependant(entry) ? weighedOn(entry) : entry.acquiredOn,
  birthDate: person.birthDate as IsoDate,
  relation: entry.relation ?? undefined,
  partnership: entry.partnership ?? undefined,
})

const newClaim = {
  ...{ from: null, to: null, endedOn: null, holderPersonId: null, holderSpan: null, ruleStart: null, eventIds: [] },
  ...{ provenFrom: null, repairsYear: null, relation: null, partnership: null, waitingFor: null },
} as const

/** A capacity as it is claimed, acquired from the first day that its start rule gives. */
export const claimCapacity = (
  claim: Pick<Capacity, 'capacityId' | 'affiliationId' | 'capacity' | 'acquiredOn' | 'requestedOn' | 'ruleStart'> &
    Partial<Capacity>,
  evidence: CapacityRequest['evidence'],
): Capacity => ({
  ...newClaim,
  ...{ status: 'acquired', verdict: 'acquired' },
  firstAcquiredOn: claim.acquiredOn,
  ...claim,
  proofs: evidence.map((proof) => ({ ...proof, eventIds: [] })),
})

/** The capacity that leaves a residual one no day. */
const displacing = (person: Person, facts: PersonFacts): string =>
  person.capacities.find((entry) => entry.status === 'acquired' && !isResidual(entry, facts))?.capacity ?? ''

/**
 * Acquires a holder capacity, or keeps it pending on a decision of others: inside the open affiliation, or, for what becomes known when
 * none is open any more, inside the one that has ended and holds its first day.
 */
export function acquire(command: CapacityRequest, before: Person, person: Person, facts: PersonFacts): PersonDecision {
  const { capacityId, kind, acquiredOn, requestedOn, evidence, repairsYear = null } = command
  const barred =
    requireRole(kind, 'holder', facts) ??
    requireAlive(person, acquiredOn) ??
    impossibleDays({ acquiredOn, requestedOn }, person, facts) ??
    beforeCapacity(kind, acquiredOn, facts)
  if (barred) return barred
  const start = facts.startOfInsurance(kind, acquiredOn, requestedOn)
  // a registration that repairs a year is asked of the insurer of today, and lies in the affiliation that runs (decision 0030)
  const affiliation = repairsYear === null ? placeOn(person, start) : openAffiliation(person)
  if (!affiliation) return requireLiving(person) ?? refuse('notAffiliated', { day: start })
  const transfer =
    before === person && repairsYear === null ? transferByReach(person, affiliation, acquiredOn, facts) : null
  if (transfer) return transfer
  const { affiliationId } = affiliation
  const asked = { capacityId, affiliationId, capacity: kind, acquiredOn, requestedOn, repairsYear }
  const closed = barredRepair(asked, affiliation, facts)
  if (closed) return closed
  const claim = { ...asked, ...claimedDays(asked, affiliation, facts) }
  const withClaim = (entry: Capacity): Person => ({ ...person, capacities: [...person.capacities, entry] })
  const claimed = withClaim(claimCapacity(claim, evidence))
  const twice = askedTwice(claimed, capacityId, facts)
  if (twice) return twice
  const granted = settle(before, claimed, facts)
  if (granted.person.capacities.at(-1)?.status === 'displaced')
    return refuse('residentIsResidual', { capacity: displacing(granted.person, facts) })
  const proofs = evidence.map((proof) => proof.evidence)
  const verdict = assessEvidence(proofs, claimOf(person, claim), facts)
  if (verdict.verdict === 'refused') return { ok: false, rejection: verdict.rejection }
  if (verdict.verdict !== 'pending') return contradiction(granted) ?? allow(...granted.events)
  const { waitingFor } = verdict
  if (affiliation.to !== null) return refuse('affiliationEndedWaiting', { to: affiliation.to, waitingFor })
  const waits = { verdict: 'pending', ruleStart: null, endedOn: null, waitingFor } as const
  // what waits has no days yet to tell it from another: it is one question with it all the same
  const waiting = withClaim(claimCapacity({ ...claim, ...waits }, evidence))
  return askedTwice(waiting, capacityId, facts) ?? allow(...settle(before, waiting, facts).events)
}

/** Adds a holder capacity to a person who is affiliated already; the affiliation reaches back when the capacity begins earlier. */
export const acquireCapacity = (command: CapacityRequest, person: Person, facts: PersonFacts): PersonDecision =>
  acquire(command, person, person, facts)

export function endCapacity(
  command: PersonCommandOf<'EndCapacity'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const barred = requireLiving(person)
  if (barred) return barred
  const entry = person.capacities.find((capacity) => capacity.capacityId === command.capacityId)
  if (!entry) return noSuchCapacity(person, command.capacityId)
  const closed = closedCapacity(entry)
  if (closed) return closed
  if (entry.status === 'pending') return refuse('capacityPending', { waitingFor: entry.waitingFor ?? '' })
  if (entry.from === null) return refuse('capacityWithoutDay', { capacity: entry.capacity })
  const { endedOn, from, to } = entry
  if (endedOn !== null || (to !== null && to <= command.to)) return refuse('capacityAlreadyEnded', { to: to ?? '' })
  if (command.to < from) return refuse('endBeforeStart', { from, to: command.to })
  const ended = withCapacity(person, entry.capacityId, { endedOn: command.to })
  // another that waits behind it would go on in its place
  return askedTwice(ended, entry.capacityId, facts) ?? allow(...settle(person, ended, facts).events)
}

/** Refuses a decision on the residence that lies before the documents it could be about. */
function beforeDocument(
  evidence: Evidence,
  entry: Capacity,
  person: Person,
  facts: PersonFacts,
): PersonDecision | null {
  const proofs = [...entry.proofs.map((proof) => proof.evidence), evidence]
  const verdict = assessEvidence(proofs, claimOf(person, entry), facts)
  const early = verdict.verdict === 'refused' && verdict.rejection.code === 'decisionBeforeDocument'
  return early ? { ok: false, rejection: verdict.rejection } : null
}

/**
 * A pending capacity by the proofs that it has now, and what told the last of them: enough make it count from its original request, a
 * negative decision closes it, and what still waits may wait for another decision.
 */
export function weighPending(
  told: PersonEvent,
  proofs: readonly Proof[],
  entry: Capacity,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const { capacityId, capacity, affiliationId, acquiredOn } = entry
  const home = person.affiliations.find((affiliation) => affiliation.affiliationId === affiliationId)
  if (!home || home.to !== null) return refuse('notAffiliated', { day: acquiredOn })
  const all = proofs.map((proof) => proof.evidence)
  const verdict = assessEvidence(all, claimOf(person, entry), facts)
  if (verdict.verdict === 'refused') {
    const { rejection } = verdict
    if (rejection.code !== 'decisionNegative') return { ok: false, rejection }
    const { insurer, ziekenfonds } = home
    const decidedOn = rejection.params?.decidedOn as IsoDate
    return allow(told, personEvent('CapacityRefused', { capacityId, insurer, ziekenfonds, capacity, decidedOn }))
  }
  // a contested document may need the decision of the Immigration Office beside that of the official
  if (verdict.verdict === 'pending') {
    const { waitingFor } = verdict
    return waitingFor === entry.waitingFor
      ? allow(told)
      : allow(told, requestOf({ ...entry, waitingFor, proofs }, home))
  }
  const decided = { verdict: 'acquired', waitingFor: null, ...claimedDays(entry, home, facts), proofs } as const
  const settled = settle(person, withCapacity(person, capacityId, decided), facts)
  const outcome = settled.person.capacities.find((other) => other.capacityId === capacityId)
  if (outcome?.status === 'displaced')
    return refuse('residentIsResidual', { capacity: displacing(settled.person, facts) })
  return contradiction(settled) ?? allow(told, ...settled.events)
}

/** A proof for a pending capacity: the decision it waits for, or another proof, which may be enough without a decision. */
function resolve(
  command: PersonCommandOf<'RecordEvidence'>,
  entry: Capacity,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const { evidence, evidenceId, capacityId } = command
  if (evidence.kind === 'immigrationOfficeDecision' || evidence.kind === 'manualDecision') {
    const awaited = entry.waitingFor === 'immigrationOffice' ? 'immigrationOfficeDecision' : 'manualDecision'
    if (evidence.kind !== awaited) return refuse('otherDecisionAwaited', { awaited, evidence: evidence.kind })
    const ahead = inFuture({ decidedOn: evidence.decidedOn }, facts)
    if (ahead) return ahead
  }
  const recorded = personEvent('EvidenceRecorded', { evidenceId, capacityId, evidence })
  return weighPending(recorded, [...entry.proofs, { evidenceId, evidence, eventIds: [] }], entry, person, facts)
}

export function recordEvidence(
  command: PersonCommandOf<'RecordEvidence'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const barred = requireLiving(person)
  if (barred) return barred
  const entry = person.capacities.find((capacity) => capacity.capacityId === command.capacityId)
  if (!entry) return noSuchCapacity(person, command.capacityId)
  const closed = closedCapacity(entry)
  if (closed) return closed
  if (entry.status === 'pending') return resolve(command, entry, person, facts)
  const { evidenceId, capacityId, evidence } = command
  const shown = [...entry.proofs.map((proof) => proof.evidence), evidence]
  const verdict = assessEvidence([evidence], claimOf(person, entry), facts)
  // one more proof need not be complete by itself, but it has to be of a kind that proves this capacity, and to agree with it
  if (verdict.verdict === 'refused') {
    const { rejection } = verdict
    const differs = (): boolean => disagreementAmong(evidence, shown, claimOf(person, entry), facts) !== null
    if (rejection.code === 'evidenceNotOfCapacity' || (rejection.code === 'evidenceDisagrees' && differs()))
      return { ok: false, rejection }
  }
  const early = beforeDocument(evidence, entry, person, facts)
  if (early) return early
  const against = assessEvidence(shown, claimOf(person, entry), facts)
  if (against.verdict === 'refused' && against.rejection.code === 'decisionNegative')
    return refuse('decisionTakesAway', { ...against.rejection.params, capacity: entry.capacity })
  const barredBy = isDependant(entry) && admits.has(evidence.kind) ? contradicted(entry, evidence, person, facts) : null
  return barredBy ?? allow(personEvent('EvidenceRecorded', { evidenceId, capacityId, evidence }))
}

/** Proofs on which the admission of a dependant rests. */
const admits: ReadonlySet<EvidenceKind> = new Set(['incomeProof', 'householdComposition'])

/** Refuses a proof by which the quality could not be there: it is withdrawn or ended, not kept beside a proof that it cannot be. */
const contradicted = (entry: Capacity, evidence: Evidence, person: Person, facts: PersonFacts): PersonDecision | null =>
  notAdmitted(
    { ...entry, on: weighedOn(entry) },
    person,
    [...entry.proofs.map((proof) => proof.evidence), evidence],
    facts,
  )

/** Insured by an own quality on a day, or in the run-out that follows it: whoever depends on a holder depends on the holder's right. */
export const isHolderOn = (person: Person, onDay: IsoDate, facts: PersonFacts): boolean =>
  person.capacities.some((entry) => {
    if (isDependant(entry) || entry.from === null) return false
    const to = entry.to === null ? null : facts.lastDayOfRunOut(entry.to, entry.from)
    return coversDay({ from: entry.from, to }, onDay)
  })
