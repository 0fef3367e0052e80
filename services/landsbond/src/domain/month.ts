import { firstDayOfMonth, type IsoDate, isoDate, lastDayOfMonth } from '@ziv/kernel'

/** First and last day of a month written YYYY-MM. Throws RangeError when it is none. */
export function daysOfMonth(month: string): { readonly first: IsoDate; readonly last: IsoDate } {
  const first = isoDate(`${month}-01`)
  return { first: firstDayOfMonth(first), last: lastDayOfMonth(first) }
}

/** Stream of the returns of a ziekenfonds about a month. */
export const returnStreamId = (ziekenfonds: string, month: string): string => `return-${ziekenfonds}-${month}`
