import type { IsoDate } from '@ziv/kernel'
import type { Law } from '../types.ts'
import { capacityRule } from './rule.ts'

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
  const rank = ({ capacity }: T): number => capacityRule(law, capacity, 'rank', day).value
  return others.reduce((best, next) => (rank(next) < rank(best) ? next : best), first)
}
