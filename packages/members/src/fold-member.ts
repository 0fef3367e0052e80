import type { Instant, IsoDate } from '@ziv/kernel'
import { type FactOf, type FactPlace, isNewer, type MemberFact } from './facts.ts'
import type { AffiliationSpell, CapacitySpell, Member, PendingCapacity } from './member.ts'

type AffiliationState = FactOf<'opened' | 'affiliationCorrected' | 'affiliationWithdrawn'>
type CapacityState = FactOf<'requested' | 'refused' | 'acquired' | 'capacityCorrected' | 'capacityWithdrawn'>

/** The newest fact of every kind about every thing. */
interface Newest {
  readonly affiliations: Map<string, AffiliationState>
  readonly capacities: Map<string, CapacityState>
  readonly ends: Map<string, FactOf<'closed' | 'ended'>>
  readonly births: Map<string, FactPlace & { readonly birthDate: IsoDate | null }>
  readonly deaths: Map<string, FactPlace & { readonly diedOn: IsoDate | null }>
}

function keep<F extends FactPlace>(map: Map<string, F>, key: string, fact: F): void {
  const known = map.get(key)
  if (known === undefined || isNewer(fact, known)) map.set(key, fact)
}

function take(newest: Newest, fact: MemberFact): void {
  switch (fact.kind) {
    case 'opened':
      if (fact.birthDate !== null) keep(newest.births, '', fact)
      keep(newest.affiliations, fact.affiliationId, fact)
      break
    case 'affiliationCorrected':
    case 'affiliationWithdrawn':
      keep(newest.affiliations, fact.affiliationId, fact)
      break
    case 'requested':
    case 'refused':
    case 'acquired':
    case 'capacityCorrected':
    case 'capacityWithdrawn':
      keep(newest.capacities, fact.capacityId, fact)
      break
    case 'closed':
      keep(newest.ends, fact.affiliationId, fact)
      break
    case 'ended':
      keep(newest.ends, fact.capacityId, fact)
      break
    case 'died':
      keep(newest.deaths, '', fact)
      break
    case 'personCorrected':
      if (fact.birthDate !== null) keep(newest.births, '', fact)
      keep(newest.deaths, '', fact)
      break
    case 'erased':
      break
    default:
      throw new Error(`unknown fact about a person: ${JSON.stringify(fact satisfies never)}`)
  }
}

/** After an erasure the day of birth is gone; the year is kept, for the age categories of years already decided. */
export const yearOnly = (birthDate: IsoDate): IsoDate => `${birthDate.slice(0, 4)}-07-01` as IsoDate

/**
 * Folds facts into a member. With `knownAt` only facts recorded up to that moment count, except an erasure, which nothing
 * undoes. The result does not depend on the order of the facts, and a fact given twice counts once.
 */
export function foldMember(personId: string, facts: readonly MemberFact[], knownAt?: Instant): Member {
  const newest: Newest = {
    affiliations: new Map(),
    capacities: new Map(),
    ends: new Map(),
    births: new Map(),
    deaths: new Map(),
  }
  for (const fact of facts) {
    if (knownAt === undefined || fact.recordedAt <= knownAt) take(newest, fact)
  }
  const erased = facts.some((fact) => fact.kind === 'erased')
  const birthDate = newest.births.get('')?.birthDate ?? null
  const death = newest.deaths.get('')
  return {
    personId,
    birthDate: erased && birthDate !== null ? yearOnly(birthDate) : birthDate,
    diedOn: death?.diedOn ?? null,
    diedFactId: death === undefined || death.diedOn === null ? null : death.id,
    erased,
    withdrawnFrom: withdrawnFrom(newest),
    affiliations: Array.from(newest.affiliations.values(), (state) => affiliationOf(state, newest))
      .filter((spell) => spell !== null)
      .sort(byStart),
    capacities: Array.from(newest.capacities.values(), (state) => capacityOf(state, newest))
      .filter((spell) => spell !== null)
      .sort(byStart),
    pending: Array.from(newest.capacities.values(), pendingOf)
      .filter((pending) => pending !== null)
      .sort((a, b) =>
        a.requestedOn === b.requestedOn ? (a.id < b.id ? -1 : 1) : a.requestedOn < b.requestedOn ? -1 : 1,
      ),
  }
}

function withdrawnFrom({ affiliations }: Newest): Member['withdrawnFrom'] {
  let last: AffiliationState | undefined
  for (const state of affiliations.values()) {
    if (state.kind === 'affiliationWithdrawn' && (last === undefined || isNewer(state, last))) last = state
  }
  return last === undefined ? null : { insurer: last.insurer, ziekenfonds: last.ziekenfonds }
}

const byStart = (a: { from: IsoDate; id: string }, b: { from: IsoDate; id: string }): number =>
  a.from === b.from ? (a.id < b.id ? -1 : 1) : a.from < b.from ? -1 : 1

/** Last day and the events that tell it: an end counts when it was recorded after the state it ends. */
function endOf(state: FactPlace & { readonly to?: IsoDate | null }, id: string, { ends }: Newest) {
  const end = ends.get(id)
  if (end === undefined || !isNewer(end, state)) return { to: state.to ?? null, factIds: [state.id] }
  return { to: end.to, factIds: [state.id, end.id] }
}

function affiliationOf(state: AffiliationState, newest: Newest): AffiliationSpell | null {
  if (state.kind === 'affiliationWithdrawn') return null
  const { affiliationId: id, insurer, ziekenfonds, from } = state
  return { id, insurer, ziekenfonds, from, ...endOf(state, id, newest) }
}

function capacityOf(state: CapacityState, newest: Newest): CapacitySpell | null {
  if (state.kind !== 'acquired' && state.kind !== 'capacityCorrected') return null
  const { capacityId: id, insurer, ziekenfonds, capacity, role, from, acquiredOn, requestedOn, holderPersonId } = state
  const facts = { id, insurer, ziekenfonds, capacity, role, from, acquiredOn, requestedOn, holderPersonId }
  return { ...facts, ...endOf(state, id, newest) }
}

function pendingOf(state: CapacityState): PendingCapacity | null {
  if (state.kind !== 'requested') return null
  const {
    capacityId: id,
    insurer,
    ziekenfonds,
    capacity,
    role,
    acquiredOn,
    requestedOn,
    waitingFor,
    repairsYear,
  } = state
  return {
    id,
    insurer,
    ziekenfonds,
    capacity,
    role,
    acquiredOn,
    requestedOn,
    waitingFor,
    repairsYear,
    factIds: [state.id],
  }
}
