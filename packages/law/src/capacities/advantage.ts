import type { IsoDate } from '@ziv/kernel'
import { perLaw } from '../per-law.ts'
import type { Law } from '../types.ts'
import { loadCapacities } from './load.ts'
import { capacityRule, parameterNameOf } from './rule.ts'

/** The order of advantage of the lines of a return, as it stands from a day on. */
export interface LineOrder {
  readonly from: IsoDate
  /**
   * Place of every line: that of the most advantageous capacity counted on it, the most advantageous first. Those of dependants come
   * behind every quality of one's own, as the right does: nobody is holder and dependant on one day.
   */
  readonly places: Readonly<Record<string, number>>
}

/**
 * The most advantageous of several capacities held on one day, by their places in the order of advantage; of equal ones the first
 * given. Whoever has several is insured in the one that costs least and asks least (AGII; the order itself is derived).
 */
export function mostAdvantageous<T extends { readonly capacity: string }>(
  first: T,
  others: readonly T[],
  day: IsoDate,
  law: Law,
): T {
  const rank = ({ capacity }: T): number => rankOn(capacity, day, law)
  return others.reduce((best, next) => (rank(next) < rank(best) ? next : best), first)
}

/** Place of a capacity in the order of advantage of a day: the lower, the more advantageous. */
export const rankOn = (capacity: string, day: IsoDate, law: Law): number =>
  capacityRule(law, capacity, 'rank', day).value

/**
 * Periods in the order of their first day, of those of one day the most advantageous first: which one is told never hangs on an
 * identifier. `periods` by their first day.
 */
export function inOrderOfAdvantage<T extends { readonly capacity: string; readonly from: IsoDate }>(
  periods: readonly T[],
  law: Law,
): readonly T[] {
  if (!periods.some(({ from }, index) => from === periods[index - 1]?.from)) return periods
  const rank = ({ capacity, from }: T): number => rankOn(capacity, from, law)
  return periods.toSorted((a, b) => (a.from === b.from ? rank(a) - rank(b) : a.from < b.from ? -1 : 1))
}

const orders = perLaw((law, _: 'lines'): readonly LineOrder[] => {
  const ranks = loadCapacities().all.map(({ code, countedAs, role }) => {
    return { name: parameterNameOf(code, 'rank'), countedAs, role }
  })
  const names = new Set(ranks.map(({ name }) => name))
  const days = law.list().flatMap(({ name, values }) => (names.has(name) ? values.map(({ from }) => from) : []))
  return [...new Set(days)].sort().map((from) => {
    const known = ranks.flatMap(({ name, ...line }) => {
      const rank = law.find<number>(name, from)?.value
      return rank === undefined ? [] : [{ ...line, rank }]
    })
    const behindOwn = Math.max(0, ...known.filter(({ role }) => role === 'holder').map(({ rank }) => rank + 1))
    const places: Record<string, number> = {}
    for (const { countedAs, role, rank } of known) {
      const place = role === 'holder' ? rank : behindOwn + rank
      places[countedAs] = Math.min(place, places[countedAs] ?? place)
    }
    return { from, places }
  })
})

/** The orders of advantage the law had, oldest first: for who counts members by the line of a return they stand on. */
export const lineOrders = (law: Law): readonly LineOrder[] => orders(law, 'lines')
