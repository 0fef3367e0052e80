import type { Brand } from '../brand.ts'
import { err, ok, type Result } from '../result.ts'
import { complementOf, padded, requireWhole, withoutSeparators } from './digits.ts'

/** Number of a care provider at the RIZIV (NIHII): profession, serial and check digits (8), or with the qualification code (11). */
export type RizivNumber = Brand<string, 'RizivNumber'>

/**
 * 97 for the numbers of old; 89 since the RIZIV ran out of them (note I 2012/26: nurses and midwives from 2013, physicians
 * from April 2019). Two providers may therefore share their first six digits: eight identify one.
 */
export type RizivModulus = 97 | 89

/** Reads a number of 8 or 11 digits and keeps that length. Refusals: `RIZIV_NUMBER_FORMAT`, `RIZIV_NUMBER_CHECK_DIGITS`. */
export function parseRizivNumber(text: string): Result<RizivNumber> {
  const digits = withoutSeparators(text)
  if (!/^\d{8}(\d{3})?$/.test(digits)) {
    return err('RIZIV_NUMBER_FORMAT', 'a RIZIV number has eight digits, or eleven with the qualification code')
  }
  const base = Number(digits.slice(0, 6))
  const check = Number(digits.slice(6, 8))
  if (check !== complementOf(97, base) && check !== complementOf(89, base)) {
    return err(
      'RIZIV_NUMBER_CHECK_DIGITS',
      'digits seven and eight of this RIZIV number are wrong: probably one digit was mistyped',
    )
  }
  return ok(digits as RizivNumber)
}

/**
 * The RIZIV number of its first six digits, the first of which is the profession (1 is a physician); with a qualification
 * code 0..999 it has eleven digits. Throws a RangeError outside these.
 */
export function makeRizivNumber(base: number, qualification?: number, modulus: RizivModulus = 97): RizivNumber {
  requireWhole('the base of a RIZIV number', base, 1, 999_999)
  const core = `${padded(base, 6)}${padded(complementOf(modulus, base), 2)}`
  if (qualification === undefined) return core as RizivNumber
  requireWhole('the qualification code of a RIZIV number', qualification, 0, 999)
  return `${core}${padded(qualification, 3)}` as RizivNumber
}

/** The eight digits that identify the provider, whatever the qualification. */
export function rizivCore<N extends string>(number: N): N {
  return number.slice(0, 8) as N
}
