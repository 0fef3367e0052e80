import type { IsoDate } from '@ziv/kernel'
import type { CapacityKind, DependantKind } from './capacities.ts'
import type { PersonEvent, PersonEventOf } from './person.events.ts'

export interface Affiliation {
  readonly affiliationId: string
  readonly insurer: string
  readonly ziekenfonds: string
  readonly from: IsoDate
  readonly to: IsoDate | null
  readonly reason: 'death' | 'transfer' | 'departure' | null
}

export interface Capacity {
  readonly capacityId: string
  readonly affiliationId: string
  readonly capacity: CapacityKind
  readonly status: 'pending' | 'acquired' | 'refused'
  readonly waitingFor: 'immigrationOffice' | 'manualDecision' | null
  readonly acquiredOn: IsoDate
  readonly requestedOn: IsoDate
  readonly from: IsoDate | null
  readonly to: IsoDate | null
  readonly holderPersonId: string | null
}

export interface Dependant {
  readonly personId: string
  readonly capacityId: string
  readonly capacity: DependantKind
  readonly partnership: 'married' | 'cohabiting' | null
  readonly from: IsoDate
  readonly to: IsoDate | null
}

export interface Person {
  readonly personId: string | null
  readonly inszIndex: string | null
  readonly previousInszIndexes: readonly string[]
  readonly birthDate: IsoDate | null
  readonly sex: 'M' | 'F' | 'X' | null
  readonly diedOn: IsoDate | null
  readonly erased: boolean
  readonly affiliations: readonly Affiliation[]
  readonly capacities: readonly Capacity[]
  readonly dependants: readonly Dependant[]
}

export const nobody: Person = {
  personId: null,
  inszIndex: null,
  previousInszIndexes: [],
  birthDate: null,
  sex: null,
  diedOn: null,
  erased: false,
  affiliations: [],
  capacities: [],
  dependants: [],
}

type CapacityData = PersonEventOf<'CapacityAcquired'>['data'] | PersonEventOf<'CapacityRequested'>['data']

function withCapacity(person: Person, data: CapacityData, status: 'pending' | 'acquired'): Person {
  const entry: Capacity = {
    capacityId: data.capacityId,
    affiliationId: data.affiliationId,
    capacity: data.capacity,
    status,
    waitingFor: 'waitingFor' in data ? data.waitingFor : null,
    acquiredOn: data.acquiredOn,
    requestedOn: data.requestedOn,
    from: 'from' in data ? data.from : null,
    to: null,
    holderPersonId: 'holderPersonId' in data ? (data.holderPersonId ?? null) : null,
  }
  const others = person.capacities.filter((capacity) => capacity.capacityId !== data.capacityId)
  return { ...person, capacities: [...others, entry] }
}

const changeCapacity = (person: Person, capacityId: string, change: Partial<Capacity>): Person => ({
  ...person,
  capacities: person.capacities.map((entry) => (entry.capacityId === capacityId ? { ...entry, ...change } : entry)),
})

function registered(data: PersonEventOf<'PersonRegistered'>['data']): Person {
  const { personId, inszIndex, birthDate, sex } = data
  return { ...nobody, personId, inszIndex, birthDate, sex }
}

/** Folds one event into the state. Total over our own events; an unknown one throws where it is parsed. */
export function evolvePerson(person: Person, event: PersonEvent): Person {
  switch (event.type) {
    case 'PersonRegistered':
      return registered(event.data)
    case 'IdentifierReplaced': {
      const previousInszIndexes = [...person.previousInszIndexes, event.data.previousInszIndex]
      return { ...person, inszIndex: event.data.inszIndex, previousInszIndexes }
    }
    case 'AffiliationOpened': {
      const { affiliationId, insurer, ziekenfonds, from } = event.data
      const opened: Affiliation = { affiliationId, insurer, ziekenfonds, from, to: null, reason: null }
      return { ...person, affiliations: [...person.affiliations, opened] }
    }
    case 'AffiliationClosed': {
      const { affiliationId, to, reason } = event.data
      const close = (entry: Affiliation) => (entry.affiliationId === affiliationId ? { ...entry, to, reason } : entry)
      return { ...person, affiliations: person.affiliations.map(close) }
    }
    case 'CapacityRequested':
      return withCapacity(person, event.data, 'pending')
    case 'CapacityAcquired':
      return withCapacity(person, event.data, 'acquired')
    case 'CapacityRefused':
      return changeCapacity(person, event.data.capacityId, { status: 'refused', waitingFor: null })
    case 'CapacityEnded':
      return changeCapacity(person, event.data.capacityId, { to: event.data.to })
    case 'EvidenceRecorded':
      return person
    case 'DependantAdded': {
      const { dependantPersonId, capacityId, capacity, from, partnership } = event.data
      const added = {
        personId: dependantPersonId,
        capacityId,
        capacity,
        from,
        to: null,
        partnership: partnership ?? null,
      }
      return { ...person, dependants: [...person.dependants, added] }
    }
    case 'DependantReleased': {
      const { capacityId, to } = event.data
      const release = (entry: Dependant) => (entry.capacityId === capacityId ? { ...entry, to } : entry)
      return { ...person, dependants: person.dependants.map(release) }
    }
    case 'PersonDied':
      return { ...person, diedOn: event.data.diedOn }
    case 'PersonErased':
      return { ...person, erased: true }
  }
}

export const coversDay = (entry: { from: IsoDate | null; to: IsoDate | null }, onDay: IsoDate): boolean =>
  entry.from !== null && entry.from <= onDay && (entry.to === null || entry.to >= onDay)

export const openAffiliation = (person: Person): Affiliation | undefined =>
  person.affiliations.find((entry) => entry.to === null)
