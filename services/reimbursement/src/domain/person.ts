import type { Instant, IsoDate } from '@ziv/kernel'

export interface Affiliation {
  readonly insurer: string
  readonly ziekenfonds: string
  readonly from?: IsoDate
  readonly openedAt?: Instant
  readonly to?: IsoDate
  readonly closedAt?: Instant
}

/** What affiliation events told of a person. */
export interface Person {
  readonly personId: string
  readonly birthDate: IsoDate | null
  readonly diedOn: IsoDate | null
  readonly diedAt: Instant | null
  readonly erased: boolean
  readonly affiliations: Readonly<Record<string, Affiliation>>
}

type Member = { readonly insurer: string; readonly ziekenfonds: string; readonly recordedAt: Instant }

export type PersonFact = Member &
  (
    | { readonly type: 'opened'; readonly affiliationId: string; readonly from: IsoDate; readonly birthDate: IsoDate }
    | { readonly type: 'closed'; readonly affiliationId: string; readonly to: IsoDate }
    | { readonly type: 'died'; readonly diedOn: IsoDate }
    | { readonly type: 'erased' }
  )

export function unknownPerson(personId: string): Person {
  return { personId, birthDate: null, diedOn: null, diedAt: null, erased: false, affiliations: {} }
}

const later = (known: Instant | null | undefined, news: Instant): boolean => !known || known <= news

/** The person after one more fact. Facts may come in any order: of two about the same thing the one recorded last counts. */
export function foldPerson(person: Person, fact: PersonFact): Person {
  switch (fact.type) {
    case 'opened': {
      const known = person.affiliations[fact.affiliationId]
      const opened = later(known?.openedAt, fact.recordedAt)
      const birthDate = person.erased ? person.birthDate : fact.birthDate
      if (!opened) return person
      return {
        ...withAffiliation(person, fact.affiliationId, fact, { from: fact.from, openedAt: fact.recordedAt }),
        birthDate,
      }
    }
    case 'closed': {
      const known = person.affiliations[fact.affiliationId]
      if (!later(known?.closedAt, fact.recordedAt)) return person
      return withAffiliation(person, fact.affiliationId, fact, { to: fact.to, closedAt: fact.recordedAt })
    }
    case 'died':
      return later(person.diedAt, fact.recordedAt)
        ? { ...person, diedOn: fact.diedOn, diedAt: fact.recordedAt }
        : person
    case 'erased':
      return { ...person, erased: true, birthDate: null }
    default:
      throw new Error(`unknown fact about a person: ${JSON.stringify(fact satisfies never)}`)
  }
}

function withAffiliation(person: Person, id: string, member: Member, news: Partial<Affiliation>): Person {
  const { insurer, ziekenfonds } = member
  const known = person.affiliations[id] ?? { insurer, ziekenfonds }
  return { ...person, affiliations: { ...person.affiliations, [id]: { ...known, ...news } } }
}

export interface Membership {
  readonly insurer: string
  readonly ziekenfonds: string
}

/** Insurer and ziekenfonds on a day; undefined when there is none. */
export function membershipOn(person: Person, day: IsoDate): Membership | undefined {
  let found: Affiliation | undefined
  for (const affiliation of Object.values(person.affiliations)) {
    const { from, to } = affiliation
    if (from === undefined || from > day || (to !== undefined && to < day)) continue
    if (found?.from === undefined || found.from < from) found = affiliation
  }
  return found && { insurer: found.insurer, ziekenfonds: found.ziekenfonds }
}

/** Whose the person is when the day does not matter: the insurer of the affiliation that began last. */
export function latestMembership(person: Person): Membership | undefined {
  const found = Object.values(person.affiliations)
    .filter((affiliation) => affiliation.from !== undefined)
    .sort((a, b) => (a.from! < b.from! ? -1 : 1))
    .at(-1)
  return found && { insurer: found.insurer, ziekenfonds: found.ziekenfonds }
}
