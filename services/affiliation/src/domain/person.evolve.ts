import { type IsoDate, minDate } from '@ziv/kernel'
import { weighedOn } from './dependant-admission.ts'
import type { PersonEvent, PersonEventOf } from './person.events.ts'
import { type Affiliation, type Capacity, type Dependant, nobody, type Person } from './person.ts'

type Told<T extends PersonEvent['type']> = Extract<PersonEvent, { type: T }>
type Requested = PersonEventOf<'CapacityRequested'>['data']
type Acquired = PersonEventOf<'CapacityAcquired'>['data']

const idsOf = (event: PersonEvent): readonly string[] => (event.id === undefined ? [] : [event.id])

function changeAffiliation(person: Person, id: string, change: (entry: Affiliation) => Affiliation): Person {
  const affiliations = person.affiliations.map((entry) => (entry.affiliationId === id ? change(entry) : entry))
  return { ...person, affiliations }
}

function changeCapacity(person: Person, id: string, change: (entry: Capacity) => Capacity): Person {
  const capacities = person.capacities.map((entry) => (entry.capacityId === id ? change(entry) : entry))
  return { ...person, capacities }
}

function changeDependant(person: Person, id: string, change: Partial<Dependant>): Person {
  const dependants = person.dependants.map((entry) => (entry.capacityId === id ? { ...entry, ...change } : entry))
  return { ...person, dependants }
}

function withAffiliation(person: Person, event: PersonEventOf<'AffiliationOpened'>): Person {
  const { affiliationId, insurer, ziekenfonds, from, requestedOn, claimedFrom = from } = event.data
  const opened: Affiliation = {
    ...{ affiliationId, insurer, ziekenfonds, from, to: null, reason: null, requestedOn },
    ...{ claimedFrom, leftOn: null, followsHolder: false, eventIds: idsOf(event) },
  }
  const toldTo = [...person.toldTo.filter((entry) => entry.insurer !== insurer), { insurer, ziekenfonds }]
  const withdrawnAffiliations = person.withdrawnAffiliations.filter((entry) => entry.affiliationId !== affiliationId)
  return { ...person, affiliations: [...person.affiliations, opened], withdrawnAffiliations, toldTo }
}

/** What a request and an acquisition say alike; a decision that was waited for keeps the proofs of the request. */
function claimOf(person: Person, event: PersonEvent, data: Requested | Acquired) {
  const { capacityId, affiliationId, capacity, acquiredOn, requestedOn } = data
  const before = person.capacities.find((entry) => entry.capacityId === capacityId)
  const known = new Set(before?.proofs.map((proof) => proof.evidenceId))
  const shown = data.evidence.filter((proof) => !known.has(proof.evidenceId))
  const proofs = [...(before?.proofs ?? []), ...shown.map((proof) => ({ ...proof, eventIds: idsOf(event) }))]
  const eventIds = [...(before?.eventIds ?? []), ...idsOf(event)]
  const firstAcquiredOn = before?.firstAcquiredOn ?? acquiredOn
  const asked = { capacityId, affiliationId, capacity, acquiredOn, firstAcquiredOn, requestedOn }
  return { ...asked, proofs, eventIds, endedOn: null, to: null }
}

function withCapacity(person: Person, entry: Capacity): Person {
  const others = person.capacities.filter((capacity) => capacity.capacityId !== entry.capacityId)
  return { ...person, capacities: [...others, entry] }
}

function requested(person: Person, event: PersonEventOf<'CapacityRequested'>): Person {
  return withCapacity(person, {
    ...claimOf(person, event, event.data),
    ...{ status: 'pending', verdict: 'pending', waitingFor: event.data.waitingFor, from: null, ruleStart: null },
    ...{ holderPersonId: null, holderSpan: null, provenFrom: null, relation: null, partnership: null },
    repairsYear: event.data.repairsYear ?? null,
  })
}

function acquired(person: Person, event: PersonEventOf<'CapacityAcquired'>): Person {
  const { from, ruleStart, holderPersonId, holderFrom, holderTo, repairsYear, relation, partnership } = event.data
  const entry: Capacity = {
    ...claimOf(person, event, event.data),
    provenFrom: null,
    ...{ status: 'acquired', verdict: 'acquired', waitingFor: null, from, ruleStart: ruleStart ?? from },
    ...{ holderPersonId: holderPersonId ?? null, repairsYear: repairsYear ?? null },
    ...{ relation: relation ?? null, partnership: partnership ?? null },
    holderSpan: holderPersonId === undefined ? null : { from: holderFrom ?? from, to: holderTo ?? null },
  }
  return withCapacity(person, { ...entry, provenFrom: entry.holderSpan && weighedOn(entry) })
}

function ended(entry: Capacity, event: PersonEventOf<'CapacityEnded'>): Capacity {
  const { to, endedBy } = event.data
  const eventIds = [...entry.eventIds, ...idsOf(event)]
  if (endedBy === undefined) return { ...entry, to, endedOn: to, eventIds }
  if (endedBy !== 'holder' || entry.holderSpan === null) return { ...entry, to, eventIds }
  return { ...entry, to, eventIds, holderSpan: { ...entry.holderSpan, to } }
}

function corrected(person: Person, event: PersonEventOf<'CapacityCorrected'>): Person {
  const { from, to, acquiredOn, requestedOn, ruleStart, endedOn, holderSpan } = event.data
  const status = 'acquired' as const
  return changeCapacity(person, event.data.capacityId, (entry) => {
    const told = { status, from, to, acquiredOn, requestedOn, ruleStart, endedOn, holderSpan, eventIds: idsOf(event) }
    // no decision moves a dependant to a day that the proofs do not bear; those of another claim were weighed for its days alone
    const proven = holderSpan && weighedOn(told)
    const sameClaim = acquiredOn === entry.acquiredOn && ruleStart === entry.ruleStart
    const borne = sameClaim && proven && entry.provenFrom ? minDate(proven, entry.provenFrom) : proven
    const provenFrom = borne ?? entry.provenFrom
    return { ...entry, ...told, provenFrom }
  })
}

function withdrawn(person: Person, event: PersonEventOf<'CapacityWithdrawn'>): Person {
  const { capacityId, capacity, displaced, holderSpan } = event.data
  if (displaced) {
    const none = { status: 'displaced', from: null, to: null, eventIds: idsOf(event) } as const
    const held = holderSpan === undefined ? {} : { holderSpan }
    return changeCapacity(person, capacityId, (entry) => ({ ...entry, ...none, ...held }))
  }
  const capacities = person.capacities.filter((entry) => entry.capacityId !== capacityId)
  return { ...person, capacities, withdrawnCapacities: [...person.withdrawnCapacities, { capacityId, capacity }] }
}

function evidenceCorrected(person: Person, event: PersonEventOf<'EvidenceCorrected'>): Person {
  const { capacityId, evidenceId, evidence } = event.data
  return changeCapacity(person, capacityId, (entry) => {
    const others = entry.proofs.filter((proof) => proof.evidenceId !== evidenceId)
    const proofs = evidence === null ? others : [...others, { evidenceId, evidence, eventIds: idsOf(event) }]
    // what is left was weighed for the days of now, and says nothing of those that the other one bore
    return { ...entry, proofs, provenFrom: entry.holderSpan ? weighedOn(entry) : entry.provenFrom }
  })
}

const laterOf = (known: IsoDate | null, told: IsoDate | undefined): IsoDate | null =>
  told === undefined || (known !== null && known > told) ? known : told

function affiliationChanged(
  person: Person,
  event: Told<'AffiliationClosed' | 'AffiliationCorrected' | 'AffiliationWithdrawn'>,
): Person {
  const { affiliationId } = event.data
  const affiliations = person.affiliations.filter((entry) => entry.affiliationId !== affiliationId)
  if (event.type === 'AffiliationWithdrawn') {
    const { insurer, ziekenfonds } = event.data
    const claimed = person.capacities.some((entry) => entry.affiliationId === affiliationId)
    const left = claimed ? person.affiliations.filter((entry) => !affiliations.includes(entry)) : []
    const withdrawnAffiliations = [...person.withdrawnAffiliations, ...left]
    return { ...person, affiliations, withdrawnAffiliations, withdrawnFrom: { insurer, ziekenfonds } }
  }
  return changeAffiliation(person, affiliationId, (entry) => {
    if (event.type === 'AffiliationCorrected') {
      const { from, to, reason, claimedFrom, leftOn, followsHolder } = event.data
      return { ...entry, from, to, reason, claimedFrom, leftOn, followsHolder, eventIds: idsOf(event) }
    }
    const { to, reason, followsHolder = false } = event.data
    const left = reason === 'death' ? {} : { leftOn: to, followsHolder }
    return { ...entry, to, reason, ...left, eventIds: [...entry.eventIds, ...idsOf(event)] }
  })
}

function dependantChanged(
  person: Person,
  event: Told<'DependantAdded' | 'DependantReleased' | 'DependantCorrected' | 'DependantWithdrawn'>,
): Person {
  const { capacityId, dependantPersonId } = event.data
  switch (event.type) {
    case 'DependantAdded': {
      const { capacity, from, partnership = null } = event.data
      const days = { from, to: null, displaced: false }
      const added: Dependant = { personId: dependantPersonId, capacityId, capacity, ...days, partnership }
      return { ...person, dependants: [...person.dependants, added] }
    }
    case 'DependantReleased':
      return changeDependant(person, capacityId, { to: event.data.to })
    case 'DependantCorrected':
      return changeDependant(person, capacityId, { from: event.data.from, to: event.data.to, displaced: false })
    case 'DependantWithdrawn':
      if (event.data.displaced) return changeDependant(person, capacityId, { displaced: true })
      return { ...person, dependants: person.dependants.filter((entry) => entry.capacityId !== capacityId) }
  }
}

function refused(person: Person, event: PersonEventOf<'CapacityRefused'>): Person {
  const verdict = event.data.affiliationEnded ? {} : ({ verdict: 'refused' } as const)
  return changeCapacity(person, event.data.capacityId, (entry) => ({
    ...entry,
    ...{ status: 'refused', ...verdict, eventIds: [...entry.eventIds, ...idsOf(event)] },
  }))
}

/** Folds one event into the state. Total over our own events; an unknown one throws where it is parsed. */
export function evolvePerson(person: Person, event: PersonEvent): Person {
  switch (event.type) {
    case 'PersonRegistered': {
      const { personId, inszIndex, birthDate, sex } = event.data
      return { ...nobody, personId, inszIndex, birthDate, sex, birthEventIds: idsOf(event) }
    }
    case 'IdentifierReplaced': {
      const previousInszIndexes = [...person.previousInszIndexes, event.data.previousInszIndex]
      return { ...person, inszIndex: event.data.inszIndex, previousInszIndexes }
    }
    case 'AffiliationOpened':
      return withAffiliation(person, event)
    case 'AffiliationClosed':
    case 'AffiliationCorrected':
    case 'AffiliationWithdrawn':
      return affiliationChanged({ ...person, toldUntil: laterOf(person.toldUntil, event.data.toldUntil) }, event)
    case 'CapacityRequested':
      return requested(person, event)
    case 'CapacityAcquired':
      return acquired(person, event)
    case 'CapacityRefused':
      return refused(person, event)
    case 'CapacityEnded':
      return changeCapacity(person, event.data.capacityId, (entry) => ended(entry, event))
    case 'CapacityCorrected':
      return corrected(person, event)
    case 'CapacityWithdrawn':
      return withdrawn(person, event)
    case 'EvidenceRecorded': {
      const { capacityId, evidenceId, evidence } = event.data
      const proof = { evidenceId, evidence, eventIds: idsOf(event) }
      return changeCapacity(person, capacityId, (entry) => ({ ...entry, proofs: [...entry.proofs, proof] }))
    }
    case 'EvidenceCorrected':
      return evidenceCorrected(person, event)
    case 'DependantAdded':
    case 'DependantReleased':
    case 'DependantCorrected':
    case 'DependantWithdrawn':
      return dependantChanged(person, event)
    case 'PersonCorrected': {
      const { birthDate, sex, diedOn } = event.data
      const ids = idsOf(event)
      return { ...person, birthDate, sex, diedOn, birthEventIds: ids, deathEventIds: ids }
    }
    case 'PersonDied':
      return { ...person, diedOn: event.data.diedOn, deathEventIds: idsOf(event) }
    case 'PersonErased':
      return { ...person, erased: true }
  }
}
