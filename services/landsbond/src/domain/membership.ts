import { dateOfDayNumber, dayNumber, type IsoDate } from '@ziv/kernel'

/** One fact about a membership, from one event. `offset` orders the facts of a person: they share a partition. */
export interface MemberFact {
  readonly kind: 'opened' | 'closed' | 'acquired' | 'ended' | 'died'
  readonly offset: number
  readonly ziekenfonds: string
  /** The affiliation or the capacity; null for a death. */
  readonly spellId: string | null
  readonly capacity: number | null
  readonly from: IsoDate | null
  readonly to: IsoDate | null
  readonly acquiredOn: IsoDate | null
}

/** Days in order, both inclusive. */
export interface InsuredDays {
  readonly from: IsoDate
  readonly to: IsoDate
}

/** Days on which a person counts the same; `to` null: until further notice. */
export interface Segment {
  readonly ziekenfonds: string
  /** Number of the capacity, 0 when none is known. */
  readonly capacity: number
  readonly insured: boolean
  readonly from: IsoDate
  readonly to: IsoDate | null
}

interface Spell {
  readonly from: number
  /** Last day; Infinity when open. */
  readonly to: number
}

interface CapacitySpell extends Spell {
  readonly capacity: number
  readonly acquiredOn: number
}

/**
 * How strongly a capacity claims a day, highest first: open on the day beats ended beats still to come; among open ones the
 * one that began last, then acquired last; among ended ones the one that ended last, then began last; among those to come
 * the first. A tie goes to the higher number, so that the choice never depends on the order in which facts arrived.
 */
function claim(spell: CapacitySpell, day: number): readonly number[] {
  if (spell.from > day) return [1, -spell.from, 0, spell.capacity]
  if (spell.to < day) return [2, spell.to, spell.from, spell.capacity]
  return [3, spell.from, spell.acquiredOn, spell.capacity]
}

function stronger(a: readonly number[], b: readonly number[]): boolean {
  for (let index = 0; index < a.length; index++) {
    const difference = a[index]! - b[index]!
    if (difference !== 0) return difference > 0
  }
  return false
}

function capacityOn(spells: readonly CapacitySpell[], day: number): number {
  let best: readonly number[] | null = null
  for (const spell of spells) {
    const own = claim(spell, day)
    if (best === null || stronger(own, best)) best = own
  }
  return best?.[3] ?? 0
}

/** The newest end of every spell and the newest day of death. */
function endsOf(facts: readonly MemberFact[]): { ends: ReadonlyMap<string, number>; death: number } {
  const ends = new Map<string, number>()
  let death = Number.POSITIVE_INFINITY
  for (const fact of facts.toSorted((a, b) => a.offset - b.offset)) {
    if (fact.to === null) continue
    if (fact.kind === 'died') death = dayNumber(fact.to)
    else if (fact.spellId !== null) ends.set(fact.spellId, dayNumber(fact.to))
  }
  return { ends, death }
}

/**
 * When a person was a member of which ziekenfonds of one insurer, in which capacity, and in order or not. A member is who has
 * an affiliation that runs, until the day of death; a capacity that ended does not end the membership (the right runs out),
 * the member counts under the last one. The result does not depend on the order of the facts.
 */
export function segmentsOf(facts: readonly MemberFact[], insured: readonly InsuredDays[]): Segment[] {
  const { ends, death } = endsOf(facts)
  const days = insured.map((period) => ({ from: dayNumber(period.from), to: dayNumber(period.to) }))
  const segments: Segment[] = []
  for (const [ziekenfonds, own] of Map.groupBy(facts, (fact) => fact.ziekenfonds)) {
    const affiliations: Spell[] = []
    const spells: CapacitySpell[] = []
    for (const fact of own) {
      if (fact.from === null || fact.spellId === null) continue
      const from = dayNumber(fact.from)
      const to = ends.get(fact.spellId) ?? Number.POSITIVE_INFINITY
      if (fact.kind === 'opened') affiliations.push({ from, to: Math.min(to, death) })
      else if (fact.kind === 'acquired') {
        const acquiredOn = fact.acquiredOn === null ? from : dayNumber(fact.acquiredOn)
        spells.push({ from, to, capacity: fact.capacity ?? 0, acquiredOn })
      }
    }
    collect(segments, ziekenfonds, affiliations, spells, days)
  }
  return segments
}

function collect(
  segments: Segment[],
  ziekenfonds: string,
  affiliations: readonly Spell[],
  spells: readonly CapacitySpell[],
  insured: readonly Spell[],
): void {
  const starts = [...affiliations, ...spells, ...insured].flatMap(({ from, to }) => [from, to + 1])
  const breaks = [...new Set(starts)].filter((day) => Number.isFinite(day)).sort((a, b) => a - b)
  let open: { readonly from: number; readonly capacity: number; readonly insured: boolean } | null = null
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
    const now: { capacity: number; insured: boolean } = {
      capacity: capacityOn(spells, day),
      insured: covers(insured, day),
    }
    const same: { capacity: number; insured: boolean } | null = open
    if (same !== null && same.capacity === now.capacity && same.insured === now.insured) continue
    close(day)
    open = { from: day, ...now }
  }
  close(Number.POSITIVE_INFINITY)
}
