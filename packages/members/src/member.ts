import { type IsoDate, quarterOf, quarterStart } from '@ziv/kernel'
import type { CapacityFacts, Membership, PendingFacts } from './facts.ts'

/** One affiliation; days inclusive, `to` null while it runs. */
export interface AffiliationSpell extends Membership {
  readonly id: string
  readonly from: IsoDate
  readonly to: IsoDate | null
  /** Event ids that tell its days. */
  readonly factIds: readonly string[]
}

/** One capacity at the insurer where it was acquired; days inclusive, `to` null while it runs. */
export interface CapacitySpell extends Membership, Omit<CapacityFacts, 'capacityId'> {
  readonly id: string
  readonly to: IsoDate | null
  /** Event ids that tell its days. */
  readonly factIds: readonly string[]
}

/** One capacity that was asked for and waits for a decision of others. */
export interface PendingCapacity extends Membership, Omit<PendingFacts, 'capacityId'> {
  readonly id: string
  readonly factIds: readonly string[]
}

/** What the affiliation service told of a person, put in shape; spells in order of their first day, then of their id. */
export interface Member {
  readonly personId: string
  /** 1 July of the year of birth once the person is erased; null while it is not known. */
  readonly birthDate: IsoDate | null
  readonly diedOn: IsoDate | null
  /** Event id that tells the day of death. */
  readonly diedFactId: string | null
  readonly erased: boolean
  /** Where an affiliation was that was withdrawn since, the newest; null when none was. */
  readonly withdrawnFrom: Membership | null
  readonly affiliations: readonly AffiliationSpell[]
  readonly capacities: readonly CapacitySpell[]
  /** Capacities that wait for a decision of others, in order of their request. */
  readonly pending: readonly PendingCapacity[]
}

/** Insurer and ziekenfonds on a day: of the affiliation that covers it, until the day of death; undefined outside. */
export function memberOn(member: Member, day: IsoDate): Membership | undefined {
  if (member.diedOn !== null && member.diedOn < day) return undefined
  return membershipOf(member.affiliations.findLast((spell) => covers(spell, day)))
}

/** All that says whose member somebody is: where, and on which days, in order of the first day. */
export interface Stays {
  readonly affiliations: readonly (Membership & Pick<AffiliationSpell, 'from' | 'to'>)[]
  readonly withdrawnFrom: Membership | null
}

/**
 * Who may see a person on a day, and is to be told about the person: the affiliation that covers the day, else the last one
 * before it, else the first one after it, else the one that was withdrawn. Undefined while no affiliation is known.
 */
export function tenantOf({ affiliations, withdrawnFrom }: Stays, day: IsoDate): Membership | undefined {
  const found =
    affiliations.findLast((spell) => covers(spell, day)) ??
    lastEnded(affiliations, day) ??
    affiliations.find((spell) => spell.from > day)
  return membershipOf(found) ?? withdrawnFrom ?? undefined
}

/** Whether a spell began on a day or before it. One that ends before it begins was annulled: it never was there. */
export const began = ({ from, to }: Pick<CapacitySpell, 'from' | 'to'>, day: IsoDate): boolean =>
  from <= day && (to === null || to >= from)

/** The capacities asked for that could give a right on a day, and wait for a decision of others. */
export const pendingOn = ({ pending }: Pick<Member, 'pending'>, day: IsoDate): Member['pending'] =>
  pending.filter(({ acquiredOn }) => quarterStart(quarterOf(acquiredOn)) <= day)

/** First day of the first affiliation; undefined while none is known. */
export function registeredFrom(member: Member): IsoDate | undefined {
  return member.affiliations[0]?.from
}

type Stay = Stays['affiliations'][number]

const covers = ({ from, to }: Stay, day: IsoDate): boolean => from <= day && (to === null || to >= day)

function lastEnded(affiliations: readonly Stay[], day: IsoDate): Stay | undefined {
  let last: Stay | undefined
  let end = '' as IsoDate
  for (const spell of affiliations) {
    if (spell.to === null || spell.to >= day || spell.to < end) continue
    last = spell
    end = spell.to
  }
  return last
}

const membershipOf = (spell: Stay | undefined): Membership | undefined =>
  spell && { insurer: spell.insurer, ziekenfonds: spell.ziekenfonds }
