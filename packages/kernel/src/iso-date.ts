import type { Brand } from './brand.ts'
import { civilOfDay, dayOfCivil, daysInMonth } from './civil.ts'

/** A calendar day `YYYY-MM-DD` between 0001-01-01 and 9999-12-31. Compares with `<` and `>` as text. */
export type IsoDate = Brand<string, 'IsoDate'>

const DASH = 45

/** Number that the digits from `start` up to `end` spell, NaN when one of them is no digit. */
function digits(text: string, start: number, end: number): number {
  let value = 0
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

/** Whether the text is an existing day written `YYYY-MM-DD`. */
export function isIsoDate(text: unknown): text is IsoDate {
  if (typeof text !== 'string' || text.length !== 10) return false
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return false
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 7)
  const day = digits(text, 8, 10)
  // a comparison with NaN is false, so letters are refused here too
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** The text as a date. Throws a RangeError when it is no existing day. */
export function isoDate(text: string): IsoDate {
  if (isIsoDate(text)) return text
  throw new RangeError(`'${text}' is not a date: write an existing day as YYYY-MM-DD`)
}

/** Date of year, month 1..12 and day. Throws a RangeError when that day does not exist. */
export function dateOfParts(year: number, month: number, day: number): IsoDate {
  return isoDate(write(year, month, day))
}

function write(year: number, month: number, day: number): string {
  const y = year < 1000 ? String(year).padStart(4, '0') : String(year)
  return `${y}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`
}

/** Year of the date. */
export function yearOf(date: IsoDate): number {
  return digits(date, 0, 4)
}

/** Month of the date, 1..12. */
export function monthOf(date: IsoDate): number {
  return digits(date, 5, 7)
}

/** Day of the month, 1..31. */
export function dayOfMonth(date: IsoDate): number {
  return digits(date, 8, 10)
}

/** Days since 1970-01-01, negative before. Loops over millions of days hold these numbers instead of text. */
export function dayNumber(date: IsoDate): number {
  return dayOfCivil(yearOf(date), monthOf(date), dayOfMonth(date))
}

/** The date of a day number. Throws a RangeError outside the years 1 to 9999. */
export function dateOfDayNumber(day: number): IsoDate {
  const civil = civilOfDay(day)
  if (!Number.isInteger(day) || civil.year < 1 || civil.year > 9999) {
    throw new RangeError(`day number ${day} is outside the years 1 to 9999`)
  }
  return write(civil.year, civil.month, civil.day) as IsoDate
}
