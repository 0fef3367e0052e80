import type { IsoDate } from './iso-date.ts'

/**
 * The first of the named days that has not come on the business date; null when all have. What was received, shown, decided or born
 * has happened: every service holds such a day to this one rule, whichever way it comes in.
 */
export function dayToCome(
  days: Readonly<Record<string, IsoDate | null | undefined>>,
  today: IsoDate,
): { readonly field: string; readonly day: IsoDate } | null {
  for (const [field, day] of Object.entries(days)) {
    if (day && day > today) return { field, day }
  }
  return null
}
