import { dateOfDayNumber, dayNumber, type IsoDate } from '@ziv/kernel'
import { type Law, type LineOrder, lineOrders } from '@ziv/law'
import type { CapacitySpell, Member } from '@ziv/members'

/** Days in order, both inclusive. */
export interface InsuredDays {
  readonly from: IsoDate
  readonly to: IsoDate
}

/** Code in counts of a member whose capacity is not known: no capacity can have it. */
export const noCapacity = '-'

/** Days on which a person counts the same; `to` null: until further notice. */
export interface Segment {
  readonly ziekenfonds: string
  /** Code of the capacity, `noCapacity` when none is known. */
  readonly capacity: string
  readonly insured: boolean
  readonly from: IsoDate
  readonly to: IsoDate | null
}

interface Spell {
  readonly from: number
  /** Last day; Infinity when open. */
  readonly to: number
}

interface Claim extends Spell {
  readonly capacity: string
  readonly acquiredOn: number
}

/** Places of capacities in the law's order of advantage on a day. */
export type Places = LineOrder['places']

/** Whether two orders give every capacity the same place. */
export const samePlaces = (one: Places, other: Places): boolean => {
  const codes = Object.keys(one)
  return codes.length === Object.keys(other).length && codes.every((code) => one[code] === other[code])
}

/** The order of advantage on a day. */
export const placesOn = (law: Law, day: IsoDate): Places =>
  lineOrders(law).findLast(({ from }) => from <= day)?.places ?? {}

/** Throws an Error for a capacity without a place: which of several counts is nothing to be guessed. */
function placeOf(places: Places, capacity: string): number {
  const place = places[capacity]
  if (place !== undefined) return place
  throw new Error(
    `The law here gives ${capacity} no place among other capacities, so nobody can be counted by it: update this service, then release what stands still`,
  )
}

/**
 * How strongly a capacity claims a day, highest first: open on the day beats ended beats still to come. Among open ones the most
 * advantageous by law, one's own before that of a dependant, then the one that began last, then acquired last; of ended ones first those that ended last, of those to
 * come the first. A tie goes to the later code, so that the choice never depends on the order in which facts arrived.
 */
function strengthOf(spell: Claim, day: number, places: Places): readonly number[] {
  const advantage = -placeOf(places, spell.capacity)
  if (spell.from > day) return [1, -spell.from, advantage, spell.acquiredOn]
  if (spell.to < day) return [2, spell.to, advantage, spell.from]
  return [3, advantage, spell.from, spell.acquiredOn]
}

function stronger(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < a.length; index++) {
    const difference = a[index]! - b[index]!
    if (difference !== 0) return difference
  }
  return 0
}

function capacityOn(spells: readonly Claim[], day: number, law: Law): string {
  if (spells.length < 2) return spells[0]?.capacity ?? noCapacity
  const places = placesOn(law, dateOfDayNumber(day))
  let best: { readonly strength: readonly number[]; readonly capacity: string } | null = null
  for (const spell of spells) {
    const strength = strengthOf(spell, day, places)
    const difference = best === null ? 1 : stronger(strength, best.strength)
    if (difference > 0 || (difference === 0 && spell.capacity > best!.capacity))
      best = { strength, capacity: spell.capacity }
  }
  return best?.capacity ?? noCapacity
}

const spellOf = ({ from, to }: { from: IsoDate; to: IsoDate | null }): Spell => ({
  from: dayNumber(from),
  to: to === null ? Number.POSITIVE_INFINITY : dayNumber(to),
})

const claimOf = (spell: CapacitySpell): Claim => ({
  ...spellOf(spell),
  capacity: spell.capacity,
  acquiredOn: dayNumber(spell.acquiredOn),
})

/**
 * When a person was a member of which ziekenfonds, in which capacity, and in order or not. A member is who has an affiliation
 * that runs, until the day of death; a capacity that ended does not end the membership (the right runs out), the member counts
 * under the last one.
 */
export function segmentsOf(member: Member, insured: readonly InsuredDays[], law: Law): Segment[] {
  const death = member.diedOn === null ? Number.POSITIVE_INFINITY : dayNumber(member.diedOn)
  const days = insured.map(spellOf)
  const segments: Segment[] = []
  for (const [ziekenfonds, own] of Map.groupBy(member.affiliations, (spell) => spell.ziekenfonds)) {
    const affiliations = own.map(spellOf).map(({ from, to }) => ({ from, to: Math.min(to, death) }))
    const claims = member.capacities.filter((spell) => spell.ziekenfonds === ziekenfonds).map(claimOf)
    collect(segments, law, ziekenfonds, { affiliations, claims, insured: days })
  }
  return segments
}

function collect(
  segments: Segment[],
  law: Law,
  ziekenfonds: string,
  {
    affiliations,
    claims,
    insured,
  }: Readonly<Record<'affiliations' | 'insured', readonly Spell[]>> & {
    readonly claims: readonly Claim[]
  },
): void {
  const starts = [...affiliations, ...claims, ...insured].flatMap(({ from, to }) => [from, to + 1])
  const reforms = claims.length < 2 ? [] : lineOrders(law).map(({ from }) => dayNumber(from))
  const breaks = [...new Set([...starts, ...reforms])].filter((day) => Number.isFinite(day)).sort((a, b) => a - b)
  let open: { readonly from: number; readonly capacity: string; readonly insured: boolean } | null = null
  const close = (before: number): void => {
    if (open === null) return
    const { from, ...rest } = open
    const to = before === Number.POSITIVE_INFINITY ? null : dateOfDayNumber(before - 1)
    segments.push({ ziekenfonds, ...rest, from: dateOfDayNumber(from), to })
    open = null
  }
  const covers = (list: readonly Spell[], day: number) => list.some(({ from, to }) => from <= day && day <= to)
  for (const day of breaks) {
    if (!covers(affiliations, day)) {
      close(day)
      continue
    }
    const now: { capacity: string; insured: boolean } = {
      capacity: capacityOn(claims, day, law),
      insured: covers(insured, day),
    }
    const same: { capacity: string; insured: boolean } | null = open
    if (same !== null && same.capacity === now.capacity && same.insured === now.insured) continue
    close(day)
    open = { from: day, ...now }
  }
  close(Number.POSITIVE_INFINITY)
}
