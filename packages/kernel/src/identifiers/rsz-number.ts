import type { Brand } from '../brand.ts'
import { err, ok, type Result } from '../result.ts'
import { padded, requireWhole, withoutSeparators } from './digits.ts'

/** Employer number of the RSZ: nine digits with leading zeros, ten for a provisional number. The last two are check digits. */
export type RszNumber = Brand<string, 'RszNumber'>

/** 96 minus the remainder of the base followed by two zeros; 0 becomes 97. */
function checkOf(base: number): number {
  return 96 - ((base * 100) % 97) || 97
}

/** Numbers that local authorities brought along when the RSZPPO merged into the RSZ: the plain remainder. */
function checkOfLocalAuthority(base: number): number {
  return base % 97 || 97
}

/** Reads an employer number; leading zeros may be missing. Refusals: `RSZ_NUMBER_FORMAT`, `RSZ_NUMBER_CHECK_DIGITS`. */
export function parseRszNumber(text: string): Result<RszNumber> {
  const digits = withoutSeparators(text).replace(/^0+/, '')
  // belgif: an employer id lies between 197 and 5999999999
  if (!/^(\d{3,9}|[1-5]\d{9})$/.test(digits)) {
    return err(
      'RSZ_NUMBER_FORMAT',
      'an RSZ employer number has nine digits (ten for a provisional number, from 1 to 5)',
    )
  }
  const base = Number(digits.slice(0, -2))
  const check = Number(digits.slice(-2))
  if (check !== checkOf(base) && check !== checkOfLocalAuthority(base)) {
    return err(
      'RSZ_NUMBER_CHECK_DIGITS',
      'the check digits of this RSZ employer number are wrong: probably one digit was mistyped',
    )
  }
  return ok(digits.padStart(9, '0') as RszNumber)
}

/** The employer number of a base 1..59999999. Throws a RangeError outside it. */
export function makeRszNumber(base: number): RszNumber {
  requireWhole('the base of an RSZ employer number', base, 1, 59_999_999)
  return `${padded(base, 7)}${padded(checkOf(base), 2)}` as RszNumber
}
