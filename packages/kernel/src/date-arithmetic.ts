import { daysInMonth } from './civil.ts'
import { dateOfDayNumber, dateOfParts, dayNumber, dayOfMonth, type IsoDate, monthOf, yearOf } from './iso-date.ts'

/** The date `days` later, earlier when negative. Throws a RangeError outside the years 1 to 9999. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return dateOfDayNumber(dayNumber(date) + days)
}

/** Same day `months` later; the last day of the month where that day does not exist (31 January + 1 = 28 or 29 February). */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const index = yearOf(date) * 12 + monthOf(date) - 1 + months
  const year = Math.floor(index / 12)
  const month = index - year * 12 + 1
  return dateOfParts(year, month, Math.min(dayOfMonth(date), daysInMonth(year, month)))
}

/** Same day `years` later; 29 February becomes 28 February in a common year. */
export function addYears(date: IsoDate, years: number): IsoDate {
  return addMonths(date, years * 12)
}

/** 1 January of the year. */
export function firstDayOfYear(year: number): IsoDate {
  return dateOfParts(year, 1, 1)
}

/** 31 December of the year. */
export function lastDayOfYear(year: number): IsoDate {
  return dateOfParts(year, 12, 31)
}

/** First day of the month the date is in. */
export function firstDayOfMonth(date: IsoDate): IsoDate {
  return `${date.slice(0, 8)}01` as IsoDate
}

/** Last day of the month the date is in. */
export function lastDayOfMonth(date: IsoDate): IsoDate {
  return `${date.slice(0, 8)}${daysInMonth(yearOf(date), monthOf(date))}` as IsoDate
}

/** Completed years of life on a day, negative before birth. Who was born on 29 February ages on 1 March in a common year. */
export function ageOn(birth: IsoDate, day: IsoDate): number {
  const hadBirthday = day.slice(5) >= birth.slice(5)
  return yearOf(day) - yearOf(birth) - (hadBirthday ? 0 : 1)
}

/** The earliest of the dates. */
export function minDate(first: IsoDate, ...others: readonly IsoDate[]): IsoDate {
  let earliest = first
  for (const date of others) if (date < earliest) earliest = date
  return earliest
}

/** The latest of the dates. */
export function maxDate(first: IsoDate, ...others: readonly IsoDate[]): IsoDate {
  let latest = first
  for (const date of others) if (date > latest) latest = date
  return latest
}
