import type { IsoDate } from '@ziv/kernel'
import { began, type Member, type Membership, memberOn, pendingOn } from '@ziv/members'
import { type InsuredPeriod, insuredOn } from './insurability.ts'

/** Whose decision a capacity waits for that was asked for, and since when. */
export interface Awaited {
  readonly waitingFor: Member['pending'][number]['waitingFor']
  /** Day from which it was asked. */
  readonly acquiredOn: IsoDate
  readonly requestedOn: IsoDate
}

/** Why the care of a day is not paid for want of a right, as far as this service knows. */
export type Standing =
  | { readonly reason: 'deceased'; readonly diedOn: IsoDate }
  | { readonly reason: 'capacityPending'; readonly awaited: readonly Awaited[] }
  | { readonly reason: 'notAffiliated' | 'otherInsurer' | 'noCapacity' | 'noRightKnown' | 'rightNotOpen' }

interface Known {
  readonly person: Member
  /** Whose claim it is. */
  readonly membership: Membership
  /** Undefined while nothing was told of the rights of the person. */
  readonly periods: readonly InsuredPeriod[] | undefined
}

/**
 * Why somebody cannot claim the care of a day; undefined when in order with the insurer of the claim. Rights knows its refusals, and this
 * service does not: that a capacity waits, or that there is none, is told only of days on which no right can have been refused, since none
 * was ever held.
 */
export function standingOn(day: IsoDate, { person, membership, periods }: Known): Standing | undefined {
  if (person.diedOn !== null && day > person.diedOn) return { reason: 'deceased', diedOn: person.diedOn }
  const member = memberOn(person, day)
  if (member === undefined) return { reason: 'notAffiliated' }
  if (member.insurer !== membership.insurer) return { reason: 'otherInsurer' }
  if (insuredOn(periods ?? [], day) !== undefined) return undefined
  const held = person.capacities.some((spell) => began(spell, day)) || periods?.some(({ from }) => from <= day) === true
  if (held) return { reason: periods === undefined ? 'noRightKnown' : 'rightNotOpen' }
  const awaited = pendingOn(person, day).map(({ waitingFor, acquiredOn, requestedOn }) => ({
    ...{ waitingFor, acquiredOn, requestedOn },
  }))
  return awaited.length > 0 ? { reason: 'capacityPending', awaited } : { reason: 'noCapacity' }
}
