import type { Brand } from './brand.ts'
import { type IsoDate, monthOf } from './iso-date.ts'

/** A calendar quarter, `2026Q1`. Compares with `<` and `>` as text. */
export type Quarter = Brand<string, 'Quarter'>

const QUARTER = /^(?!0000)\d{4}Q[1-4]$/

/** Whether the text is a quarter written `2026Q1`, of whatever year. */
export function isQuarter(text: unknown): text is Quarter {
  return typeof text === 'string' && QUARTER.test(text)
}

/** How a quarter is written that somebody states: of a year since the social security of 1945, until 2199. */
export const STATED_QUARTER = /^(194[5-9]|19[5-9]\d|2[01]\d\d)Q[1-4]$/

/** Whether somebody can mean this quarter; one of another year is a typo. */
export function isStatedQuarter(text: string): text is Quarter {
  return STATED_QUARTER.test(text)
}

/** The text as a quarter. Throws a RangeError when it is none. */
export function quarter(text: string): Quarter {
  if (isQuarter(text)) return text
  throw new RangeError(`'${text}' is not a quarter: write the year, Q and 1 to 4, as in 2026Q1`)
}

/** Quarter of a year and a number 1..4. Throws a RangeError when there is no such quarter. */
export function quarterOfParts(year: number, number: number): Quarter {
  return quarter(`${String(year).padStart(4, '0')}Q${number}`)
}

/** The quarter a day is in. */
export function quarterOf(date: IsoDate): Quarter {
  return `${date.slice(0, 4)}Q${Math.ceil(monthOf(date) / 3)}` as Quarter
}

/** Year of the quarter. */
export function yearOfQuarter(q: Quarter): number {
  return Number(q.slice(0, 4))
}

/** Place of the quarter in its year, 1..4. */
export function numberOfQuarter(q: Quarter): 1 | 2 | 3 | 4 {
  return Number(q.slice(5)) as 1 | 2 | 3 | 4
}

const FIRST_DAYS = ['01-01', '04-01', '07-01', '10-01'] as const
const LAST_DAYS = ['03-31', '06-30', '09-30', '12-31'] as const

/** First day of the quarter. */
export function quarterStart(q: Quarter): IsoDate {
  return `${q.slice(0, 4)}-${FIRST_DAYS[numberOfQuarter(q) - 1]}` as IsoDate
}

/** Last day of the quarter. */
export function quarterEnd(q: Quarter): IsoDate {
  return `${q.slice(0, 4)}-${LAST_DAYS[numberOfQuarter(q) - 1]}` as IsoDate
}

/** The quarter `count` later, earlier when negative. */
export function addQuarters(q: Quarter, count: number): Quarter {
  const index = yearOfQuarter(q) * 4 + numberOfQuarter(q) - 1 + count
  const year = Math.floor(index / 4)
  return quarterOfParts(year, index - year * 4 + 1)
}

/** The quarter after. */
export function nextQuarter(q: Quarter): Quarter {
  return addQuarters(q, 1)
}

/** The quarter before. */
export function previousQuarter(q: Quarter): Quarter {
  return addQuarters(q, -1)
}

type QuartersOfYear = readonly [Quarter, Quarter, Quarter, Quarter]
const known = new Map<number, QuartersOfYear>()

/** The four quarters of a year, in order. Throws a RangeError when the year is none of four digits. */
export function quartersOfYear(year: number): QuartersOfYear {
  const before = known.get(year)
  if (before !== undefined) return before
  const quarters: QuartersOfYear = [
    quarterOfParts(year, 1),
    quarterOfParts(year, 2),
    quarterOfParts(year, 3),
    quarterOfParts(year, 4),
  ]
  known.set(year, quarters)
  return quarters
}
