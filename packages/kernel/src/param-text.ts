import { formatAmount } from './amount-text.ts'
import { daysInWords, formatMonth } from './day-text.ts'
import { quartersInWords } from './quarter-text.ts'
import type { Language } from './rejection.ts'

/** A month as a code: `2025-06`. */
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

/**
 * A param of a sentence as people read it: names ending in `Cents` are amounts, and days, quarters and a `month` are written as the
 * language does. Whoever calls by program reads the param itself.
 */
export function paramInWords(name: string, value: string | number | boolean, language: Language): string {
  // an amount is refused too because it is no whole number of cents
  if (name.endsWith('Cents') && typeof value === 'number' && Number.isSafeInteger(value))
    return formatAmount(value, language)
  if (name === 'month' && MONTH.test(String(value))) return formatMonth(String(value), language)
  return quartersInWords(daysInWords(String(value), language), language)
}
