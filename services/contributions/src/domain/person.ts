/** What this service knows of a person: a fold of affiliation events that gives the same answer in any order of arrival. */
export type Capacity = 'EMPLOYEE' | 'SELF_EMPLOYED' | 'STUDENT' | 'RESIDENT' | 'DEPENDANT_CHILD' | 'DEPENDANT_SPOUSE'

export interface AffiliationSpan {
  readonly insurer: string
  readonly ziekenfonds: string
  /** Absent while only the end has arrived. */
  readonly from?: string
  readonly openedAt?: string
  readonly to?: string
  readonly closedAt?: string
}

export interface CapacitySpan {
  readonly capacity: Capacity
  readonly from?: string
  readonly acquiredAt?: string
  readonly to?: string
  readonly endedAt?: string
}

export interface Person {
  readonly personId: string
  readonly birthDate: string | null
  readonly affiliations: Readonly<Record<string, AffiliationSpan>>
  readonly capacities: Readonly<Record<string, CapacitySpan>>
  readonly erased: boolean
}

interface Member {
  readonly insurer: string
  readonly ziekenfonds: string
  /** Moment at which the affiliation service recorded the fact. */
  readonly recordedAt: string
}
export type PersonFact = Member &
  (
    | { readonly type: 'opened'; readonly affiliationId: string; readonly from: string; readonly birthDate: string }
    | { readonly type: 'closed'; readonly affiliationId: string; readonly to: string }
    | { readonly type: 'acquired'; readonly capacityId: string; readonly capacity: Capacity; readonly from: string }
    | { readonly type: 'ended'; readonly capacityId: string; readonly capacity: Capacity; readonly to: string }
    | { readonly type: 'erased' }
  )

export const unknownPerson = (personId: string): Person => ({
  personId,
  birthDate: null,
  affiliations: {},
  capacities: {},
  erased: false,
})

/** After an erasure only the year of birth is kept: the age category on 1 January rests on it. */
const coarseBirthDate = (birthDate: string): string => `${birthDate.slice(0, 4)}-07-01`

const later = (known: string | undefined, recordedAt: string): boolean => known === undefined || known <= recordedAt

function withAffiliation(
  person: Person,
  id: string,
  change: (known: AffiliationSpan) => AffiliationSpan,
  fact: Member,
) {
  const known = person.affiliations[id] ?? { insurer: fact.insurer, ziekenfonds: fact.ziekenfonds }
  return { ...person, affiliations: { ...person.affiliations, [id]: change(known) } }
}

function withCapacity(person: Person, id: string, capacity: Capacity, change: (known: CapacitySpan) => CapacitySpan) {
  const known = person.capacities[id] ?? { capacity }
  return { ...person, capacities: { ...person.capacities, [id]: change(known) } }
}

/** Folds one fact about a person. Two facts of the same kind: the one recorded last by its owner counts. */
export function foldPerson(person: Person, fact: PersonFact): Person {
  switch (fact.type) {
    case 'opened': {
      const opened = withAffiliation(
        person,
        fact.affiliationId,
        (known) =>
          later(known.openedAt, fact.recordedAt) ? { ...known, from: fact.from, openedAt: fact.recordedAt } : known,
        fact,
      )
      return { ...opened, birthDate: person.erased ? coarseBirthDate(fact.birthDate) : fact.birthDate }
    }
    case 'closed':
      return withAffiliation(
        person,
        fact.affiliationId,
        (known) =>
          later(known.closedAt, fact.recordedAt) ? { ...known, to: fact.to, closedAt: fact.recordedAt } : known,
        fact,
      )
    case 'acquired':
      return withCapacity(person, fact.capacityId, fact.capacity, (known) =>
        later(known.acquiredAt, fact.recordedAt) ? { ...known, from: fact.from, acquiredAt: fact.recordedAt } : known,
      )
    case 'ended':
      return withCapacity(person, fact.capacityId, fact.capacity, (known) =>
        later(known.endedAt, fact.recordedAt) ? { ...known, to: fact.to, endedAt: fact.recordedAt } : known,
      )
    case 'erased':
      return {
        ...person,
        erased: true,
        birthDate: person.birthDate === null ? null : coarseBirthDate(person.birthDate),
      }
    default:
      throw new Error(`unknown fact about a person: ${JSON.stringify(fact satisfies never)}`)
  }
}

export interface Membership {
  readonly insurer: string
  readonly ziekenfonds: string
}

/** The insurer on a day; else the last one before it; else the first one after it. Undefined while none has opened. */
export function membershipOn(person: Person, day: string): Membership | undefined {
  let first: Opening | undefined
  let last: Opening | undefined
  for (const id in person.affiliations) {
    const { from, insurer, ziekenfonds } = person.affiliations[id]!
    if (from === undefined) continue
    const opening = { id, from, insurer, ziekenfonds }
    if (first === undefined || isBefore(opening, first)) first = opening
    if (from <= day && (last === undefined || isBefore(last, opening))) last = opening
  }
  const found = last ?? first
  return found === undefined ? undefined : { insurer: found.insurer, ziekenfonds: found.ziekenfonds }
}

interface Opening extends Membership {
  readonly id: string
  readonly from: string
}

const isBefore = (a: Opening, b: Opening): boolean => a.from < b.from || (a.from === b.from && a.id < b.id)

export interface CapacityPeriod {
  readonly capacity: Capacity
  readonly from: string
  readonly to: string | null
}

/** Capacities as they were known at a moment (all that is known, without one). */
export function capacityPeriods(person: Person, knownAt?: string): CapacityPeriod[] {
  const known = (moment: string | undefined) => moment !== undefined && (knownAt === undefined || moment <= knownAt)
  return Object.values(person.capacities)
    .filter((span) => known(span.acquiredAt))
    .map((span) => ({
      capacity: span.capacity,
      from: span.from!,
      to: known(span.endedAt) ? span.to! : null,
    }))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.capacity < b.capacity ? -1 : 1))
}

/** First day of the first affiliation: the age category of the minimum is that of 1 January, or of this day if later. */
export function registeredFrom(person: Person): string | undefined {
  let first: string | undefined
  for (const id in person.affiliations) {
    const { from } = person.affiliations[id]!
    if (from !== undefined && (first === undefined || from < first)) first = from
  }
  return first
}
