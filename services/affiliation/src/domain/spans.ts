import { type IsoDate, minDate } from '@ziv/kernel'
import type { Capacity, Span } from './person.ts'

/** A claim to which no day is left. */
export const none = { status: 'displaced', from: null, to: null } as const

/** The claim with the days that are left to it. */
export const within = (entry: Capacity, { from, to }: Span): Capacity =>
  to !== null && to < from ? { ...entry, ...none } : { ...entry, status: 'acquired', from, to }

/** The first of the days that are known; null when none is. */
export const earliest = (...days: readonly (IsoDate | null)[]): IsoDate | null => {
  const [first, ...others] = days.filter((day) => day !== null)
  return first === undefined ? null : minDate(first, ...others)
}
