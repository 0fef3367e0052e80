import { dateOf, type Instant, instantOfMillis, MS_PER_DAY, millisOf } from './instant.ts'
import { dayNumber, type IsoDate } from './iso-date.ts'

/** The only source of time: everything that needs a moment or a day is given one of these. */
export interface Clock {
  /** The present moment. */
  now(): Instant
  /** The present business day. */
  today(): IsoDate
  /**
   * Milliseconds of the machine since it was this moment by this clock. Rather too few than too many: a clock that somebody moves may
   * not know how many, and 0 says that it could have been a moment ago.
   */
  millisSince(moment: Instant): number
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
  return { now, today: () => dateOf(now()), millisSince: (moment) => Math.max(0, wallMillis() - millisOf(moment)) }
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
  let movedAtWall = wallMillis()
  /** The business date at the time of day of the machine; `now()` is that or later. */
  const plain = (wall: number): number =>
    dayNumber(date) * MS_PER_DAY + wall - Math.floor(wall / MS_PER_DAY) * MS_PER_DAY
  let movedAt = plain(movedAtWall)
  return {
    now() {
      latest = Math.max(latest + 1, plain(wallMillis()))
      return instantOfMillis(latest)
    },
    today: () => date,
    // a moment before the last move was there before it, and nothing else is known of it
    millisSince: (moment) => {
      const wall = wallMillis()
      return Math.max(0, millisOf(moment) < movedAt ? wall - movedAtWall : plain(wall) - millisOf(moment))
    },
    moveTo(next) {
      if (next < date) throw new RangeError(`the business date is ${date} and cannot go back to ${next}`)
      if (next === date) return
      date = next
      movedAtWall = wallMillis()
      movedAt = plain(movedAtWall)
    },
  }
}

/** A clock that stands still, for specs. Today is the Belgian day of that moment. */
export function fixedClock(moment: Instant): Clock {
  const today = dateOf(instantOfMillis(millisOf(moment)))
  return { now: () => moment, today: () => today, millisSince: () => 0 }
}
