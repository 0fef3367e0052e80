import type { Brand } from './brand.ts'
import { civilOfDay } from './civil.ts'
import { dateOfDayNumber, dayNumber, type IsoDate, isIsoDate } from './iso-date.ts'

/** A moment in UTC with milliseconds, `2026-11-22T04:31:00.000Z`. One form only, so text order is time order. */
export type Instant = Brand<string, 'Instant'>

const MS_PER_MINUTE = 60_000
const MS_PER_HOUR = 60 * MS_PER_MINUTE
/** Milliseconds of a day of 24 hours. */
export const MS_PER_DAY = 24 * MS_PER_HOUR
const FIRST_MS = dayNumber('0001-01-01' as IsoDate) * MS_PER_DAY
const LAST_MS = (dayNumber('9999-12-31' as IsoDate) + 1) * MS_PER_DAY - 1

const RFC3339 =
  /^(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d+))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/

/**
 * Reads an RFC 3339 date-time with `Z` or an offset and writes it in UTC; digits beyond milliseconds are cut off.
 * Throws a RangeError for anything else: a time without offset is no moment, and a blank for the T is no `date-time` of JSON Schema, by which
 * clients check what they send.
 */
export function instant(text: string): Instant {
  const [, date, hour, minute, second, fraction = '', sign, offsetHour = 0, offsetMinute = 0] = RFC3339.exec(text) ?? []
  if (!isIsoDate(date)) throw noInstant(text)
  const offset = Number(offsetHour) * MS_PER_HOUR + Number(offsetMinute) * MS_PER_MINUTE
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'))
  const time = Number(hour) * MS_PER_HOUR + Number(minute) * MS_PER_MINUTE + Number(second) * 1000 + ms
  return instantOfMillis(dayNumber(date) * MS_PER_DAY + time - (sign === '-' ? -offset : offset))
}

function noInstant(text: string): RangeError {
  return new RangeError(
    `'${text}' is not a moment: write it as 2026-01-31T09:30:00.000Z or with an offset such as +01:00`,
  )
}

/** The moment of a number of milliseconds since 1970-01-01T00:00Z. Throws a RangeError outside the years 1 to 9999. */
export function instantOfMillis(ms: number): Instant {
  if (!(ms >= FIRST_MS && ms <= LAST_MS)) throw new RangeError(`${ms} ms is a moment outside the years 1 to 9999`)
  return new Date(ms).toISOString() as Instant
}

/** Milliseconds since 1970-01-01T00:00Z. */
export function millisOf(moment: Instant): number {
  const time =
    Number(moment.slice(11, 13)) * MS_PER_HOUR +
    Number(moment.slice(14, 16)) * MS_PER_MINUTE +
    Number(moment.slice(17, 19)) * 1000 +
    Number(moment.slice(20, 23))
  return dayNumber(moment.slice(0, 10) as IsoDate) * MS_PER_DAY + time
}

/** The calendar day in Belgium (Europe/Brussels) at a moment. */
export function dateOf(moment: Instant): IsoDate {
  const ms = millisOf(moment)
  // the present rule of summer time holds since 1996; older moments are rare and ask the time-zone tables
  if (moment < '1996') {
    const zoned = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO('Europe/Brussels')
    return zoned.toPlainDate().toString() as IsoDate
  }
  return dateOfDayNumber(Math.floor((ms + (isSummerTime(ms) ? 2 : 1) * MS_PER_HOUR) / MS_PER_DAY))
}

/** From the last Sunday of March to the last Sunday of October, both at 01:00 UTC (directive 2000/84/EC). */
function isSummerTime(ms: number): boolean {
  const { year } = civilOfDay(Math.floor(ms / MS_PER_DAY))
  const year4 = String(year).padStart(4, '0')
  return ms >= lastSundayAtOne(`${year4}-03-31`) && ms < lastSundayAtOne(`${year4}-10-31`)
}

function lastSundayAtOne(lastDayOfMonth: string): number {
  const last = dayNumber(lastDayOfMonth as IsoDate)
  // day 3 (1970-01-04) was a Sunday
  const daysAfterSunday = (((last - 3) % 7) + 7) % 7
  return (last - daysAfterSunday) * MS_PER_DAY + MS_PER_HOUR
}
