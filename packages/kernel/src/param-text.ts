import { formatAmount } from './amount-text.ts'
import { daysInWords } from './day-text.ts'
import { quartersInWords } from './quarter-text.ts'
import type { Language } from './rejection.ts'

/**
 * A param of a sentence as people read it: names ending in `Cents` are amounts, and days and quarters are written as the language
 * does. Whoever calls by program reads the param itself.
 */
export function paramInWords(name: string, value: string | number | boolean, language: Language): string {
  // an amount is refused too because it is no whole number of cents
  if (name.endsWith('Cents') && typeof value === 'number' && Number.isSafeInteger(value))
    return formatAmount(value, language)
  return quartersInWords(daysInWords(String(value), language), language)
}
