import type { Brand } from '../brand.ts'
import { daysInMonth } from '../civil.ts'
import { dateOfParts, dayOfMonth, type IsoDate, monthOf, yearOf } from '../iso-date.ts'
import { err, ok, type Result } from '../result.ts'
import { complementOf97, padded, requireWhole, withoutSeparators } from './digits.ts'

/** Identification number of the social security (INSZ, NISS): eleven digits, national register number or bisnummer. */
export type Insz = Brand<string, 'Insz'>

/** Oddities of a number whose check digits are right. `monthUnknown` and `dayUnknown` are regular, the rest is not. */
export type InszWarning =
  | 'monthUnknown'
  | 'dayUnknown'
  | 'dayWithoutMonth'
  | 'monthImpossible'
  | 'dayImpossible'
  | 'serialReserved'

export interface InszFacts {
  /** Eleven digits, no separators. */
  insz: Insz
  /** Whether the month is raised by 20 or 40: a number given by the Kruispuntbank, which a national number may replace. */
  bis: boolean
  /** Null when the number does not hold a whole, existing date. */
  birthDate: IsoDate | null
  /** The century, which only the check digits tell. */
  bornFrom2000: boolean
  /** From the parity of the serial number; null when the number was made without knowing it. Not updated after a legal change. */
  sex: 'M' | 'F' | null
  warnings: InszWarning[]
}

const PREFIX_FROM_2000 = 2_000_000_000

/**
 * Reads an INSZ, with or without separators. Strict on the check digits, lenient on the date, because the authorities use
 * unknown and substitute dates: what is odd comes back as a warning. Refusals: `INSZ_FORMAT`, `INSZ_CHECK_DIGITS`.
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
  const date = readDate(insz, bornFrom2000, bis ? monthField % 20 : monthField)
  const serial = Number(insz.slice(6, 9))
  const reserved = serial === 0 || serial === 999
  // raised by 20: made while the sex was not known, so the parity says nothing
  const sexKnown = !reserved && !(bis && monthField < 40)
  return ok({
    insz: insz as Insz,
    bis,
    birthDate: date.birthDate,
    bornFrom2000,
    sex: sexKnown ? (serial % 2 === 1 ? 'M' : 'F') : null,
    warnings: reserved ? [...date.warnings, 'serialReserved'] : date.warnings,
  })
}

function readDate(insz: string, bornFrom2000: boolean, month: number): Pick<InszFacts, 'birthDate' | 'warnings'> {
  const year = (bornFrom2000 ? 2000 : 1900) + Number(insz.slice(0, 2))
  const day = Number(insz.slice(4, 6))
  if (month > 12) return { birthDate: null, warnings: ['monthImpossible'] }
  if (month === 0) return { birthDate: null, warnings: [day === 0 ? 'monthUnknown' : 'dayWithoutMonth'] }
  if (day === 0) return { birthDate: null, warnings: ['dayUnknown'] }
  if (day > daysInMonth(year, month)) return { birthDate: null, warnings: ['dayImpossible'] }
  return { birthDate: dateOfParts(year, month, day), warnings: [] }
}

const REGULAR: readonly InszWarning[] = ['monthUnknown', 'dayUnknown']

/** As `parseInsz`, for our own API: refuses with `INSZ_DATE` also the odd dates and serials that files may carry. */
export function parseInszStrict(text: string): Result<InszFacts> {
  const parsed = parseInsz(text)
  if (!parsed.ok || parsed.value.warnings.every((warning) => REGULAR.includes(warning))) return parsed
  return err('INSZ_DATE', `this INSZ is irregular (${parsed.value.warnings.join(', ')}): check its first nine digits`)
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

/** The form people read, as on the identity card: `93.05.18-223.61`. */
export function formatInsz(insz: Insz): string {
  return `${insz.slice(0, 2)}.${insz.slice(2, 4)}.${insz.slice(4, 6)}-${insz.slice(6, 9)}.${insz.slice(9)}`
}
