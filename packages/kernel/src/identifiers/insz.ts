import type { Brand } from '../brand.ts'
import { daysInMonth } from '../civil.ts'
import { dateOfParts, dayOfMonth, type IsoDate, monthOf, yearOf } from '../iso-date.ts'
import { err, ok, type Result } from '../result.ts'
import { complementOf97, padded, requireWhole, withoutSeparators } from './digits.ts'

/** Identification number of the social security (INSZ, NISS): eleven digits, national register number or bisnummer. */
export type Insz = Brand<string, 'Insz'>

/** What the date of a regular number lacks: the registers use substitute days when the date is unknown or its serials are used up. */
export type InszWarning = 'monthUnknown' | 'dayUnknown' | 'dayWithoutMonth' | 'dayImpossible'

export interface InszFacts {
  /** Eleven digits, no separators. */
  insz: Insz
  /** Whether the month is raised by 20 or 40: a number given by the Kruispuntbank, which a national number may replace. */
  bis: boolean
  /** Null when the number does not hold a whole, existing date. */
  birthDate: IsoDate | null
  /** What the number holds of the date of birth: the whole of it, or its year and month, or its year. */
  born: string
  /** The century, which only the check digits tell. */
  bornFrom2000: boolean
  /** From the parity of the serial number; null when the number was made without knowing it. Not updated after a legal change. */
  sex: 'M' | 'F' | null
  warnings: InszWarning[]
}

const PREFIX_FROM_2000 = 2_000_000_000

/**
 * Reads an INSZ, with or without separators: the one reading of every API and file, so that nobody is known in one place and
 * refused in another. A substitute day is a warning, because the registers give such numbers; a month that no register gives, and
 * a serial that no person has, are refused. Refusals: `INSZ_FORMAT`, `INSZ_CHECK_DIGITS`, `INSZ_DATE`, `INSZ_SERIAL`.
 */
export function parseInsz(text: string): Result<InszFacts> {
  const insz = withoutSeparators(text)
  if (!/^\d{11}$/.test(insz)) return err('INSZ_FORMAT', 'an INSZ has eleven digits, with or without separators')
  const base = Number(insz.slice(0, 9))
  const check = Number(insz.slice(9))
  const bornFrom2000 = check === complementOf97(PREFIX_FROM_2000 + base)
  if (!bornFrom2000 && check !== complementOf97(base)) {
    return err('INSZ_CHECK_DIGITS', 'the check digits of this INSZ are wrong: probably one digit was mistyped')
  }
  const monthField = Number(insz.slice(2, 4))
  const bis = monthField >= 20 && monthField < 60
  const month = bis ? monthField % 20 : monthField
  if (month > 12) return err('INSZ_DATE', 'digits three and four of this INSZ are no month: check its first six digits')
  const serial = Number(insz.slice(6, 9))
  // the registers number men 001 to 997 and women 002 to 998; the Kruispuntbank also gives 999
  if (serial === 0 || (serial === 999 && !bis)) {
    return err('INSZ_SERIAL', 'digits seven to nine of this INSZ are no serial number of a person: check them')
  }
  // raised by 20: made while the sex was not known, so the parity says nothing; 999 is beyond the last serial of men
  const sexKnown = !(bis && monthField < 40) && serial !== 999
  return ok({
    insz: insz as Insz,
    bis,
    ...readDate(insz, bornFrom2000, month),
    bornFrom2000,
    sex: sexKnown ? (serial % 2 === 1 ? 'M' : 'F') : null,
  })
}

function readDate(
  insz: string,
  bornFrom2000: boolean,
  month: number,
): Pick<InszFacts, 'birthDate' | 'born' | 'warnings'> {
  const year = (bornFrom2000 ? 2000 : 1900) + Number(insz.slice(0, 2))
  const day = Number(insz.slice(4, 6))
  if (month === 0) {
    return { birthDate: null, born: `${year}`, warnings: [day === 0 ? 'monthUnknown' : 'dayWithoutMonth'] }
  }
  const born = `${year}-${padded(month, 2)}`
  if (day === 0) return { birthDate: null, born, warnings: ['dayUnknown'] }
  if (day > daysInMonth(year, month)) return { birthDate: null, born, warnings: ['dayImpossible'] }
  const birthDate = dateOfParts(year, month, day)
  return { birthDate, born: birthDate, warnings: [] }
}

/**
 * The INSZ of a birth date and the serial of that day (1..998, odd for men, even for women); `bis` raises the month by 20
 * (sex unknown) or 40. Throws a RangeError for a birth outside 1900..2099 or another serial.
 */
export function makeInsz(birthDate: IsoDate, serial: number, options: { readonly bis?: 20 | 40 } = {}): Insz {
  const year = yearOf(birthDate)
  requireWhole('the year of birth', year, 1900, 2099)
  requireWhole('the serial of an INSZ', serial, 1, 998)
  const month = monthOf(birthDate) + (options.bis ?? 0)
  const head = `${padded(year % 100, 2)}${padded(month, 2)}${padded(dayOfMonth(birthDate), 2)}${padded(serial, 3)}`
  const base = Number(head) + (year >= 2000 ? PREFIX_FROM_2000 : 0)
  return `${head}${padded(complementOf97(base), 2)}` as Insz
}
