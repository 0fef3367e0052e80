import type { Brand } from '../brand.ts'
import { err, ok, type Result } from '../result.ts'
import { complementOf97, padded, requireWhole, withoutSeparators } from './digits.ts'

/** Enterprise number (KBO, BCE): ten digits of which the first is 0 or 1; the last two are 97 minus the rest mod 97. */
export type KboNumber = Brand<string, 'KboNumber'>

/** Reads an enterprise number, also with `BE` or in the old form of nine digits. Refusals: `KBO_NUMBER_FORMAT`, `KBO_NUMBER_CHECK_DIGITS`. */
export function parseKboNumber(text: string): Result<KboNumber> {
  const digits = withoutSeparators(text)
    .replace(/^BE/i, '')
    .replace(/^(?=\d{9}$)/, '0')
  if (!/^(?!0{8})[01]\d{9}$/.test(digits)) {
    return err('KBO_NUMBER_FORMAT', 'an enterprise number has ten digits and begins with 0 or 1')
  }
  if (Number(digits.slice(8)) !== complementOf97(Number(digits.slice(0, 8)))) {
    return err(
      'KBO_NUMBER_CHECK_DIGITS',
      'the check digits of this enterprise number are wrong: probably one digit was mistyped',
    )
  }
  return ok(digits as KboNumber)
}

/** The enterprise number of its first eight digits (1..19999999). Throws a RangeError outside it. */
export function makeKboNumber(base: number): KboNumber {
  requireWhole('the base of an enterprise number', base, 1, 19_999_999)
  return `${padded(base, 8)}${padded(complementOf97(base), 2)}` as KboNumber
}
