import { dateOf, type Instant, instantOfMillis, MS_PER_DAY, millisOf } from './instant.ts'
import { dayNumber, type IsoDate } from './iso-date.ts'

/** The only source of time: everything that needs a moment or a day is given one of these. */
export interface Clock {
  /** The present moment. */
  now(): Instant
  /** The present business day. */
  today(): IsoDate
}

/** A clock whose business day somebody moves forward. */
export interface MovableClock extends Clock {
  /** Makes this the business day. The same day is fine; throws a RangeError for an earlier one. */
  moveTo(date: IsoDate): void
}

/**
 * The clock of the machine, in Belgian days. Never goes back, also when the machine's clock is set back; with `newest`, the newest
 * moment that was given before the process started, also not behind that.
 */
export function systemClock(wallMillis: () => number = Date.now, newest: Instant | null = null): Clock {
  let latest = newest === null ? Number.NEGATIVE_INFINITY : millisOf(newest)
  const now = () => {
    latest = Math.max(latest, wallMillis())
    return instantOfMillis(latest)
  }
  return { now, today: () => dateOf(now()) }
}

/**
 * The clock of the sandbox and of tests: `today()` is the business day, `now()` is that day at the machine's time of day in UTC.
 * `now()` is strictly monotone: where the time of day falls back (midnight, or two calls in one millisecond) it adds a
 * millisecond to its last answer, so two facts never share a moment of recording. `newest` is the last answer of the process before
 * this one, as its store knows it: the first answer comes after it.
 */
export function movableClock(
  start: IsoDate,
  wallMillis: () => number = Date.now,
  newest: Instant | null = null,
): MovableClock {
  let date = start
  let latest = newest === null ? Number.NEGATIVE_INFINITY : millisOf(newest)
  return {
    now() {
      const wall = wallMillis()
      const timeOfDay = wall - Math.floor(wall / MS_PER_DAY) * MS_PER_DAY
      latest = Math.max(latest + 1, dayNumber(date) * MS_PER_DAY + timeOfDay)
      return instantOfMillis(latest)
    },
    today: () => date,
    moveTo(next) {
      if (next < date) throw new RangeError(`the business date is ${date} and cannot go back to ${next}`)
      date = next
    },
  }
}

/** A clock that stands still, for specs. Today is the Belgian day of that moment. */
export function fixedClock(moment: Instant): Clock {
  const today = dateOf(instantOfMillis(millisOf(moment)))
  return { now: () => moment, today: () => today }
}
