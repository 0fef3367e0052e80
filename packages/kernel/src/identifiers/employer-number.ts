import { err, type Result } from '../result.ts'
import { withoutSeparators } from './digits.ts'
import { type KboNumber, parseKboNumber } from './kbo-number.ts'
import { parseRszNumber, type RszNumber } from './rsz-number.ts'

const RSZ_IN_FRONT = /^(RSZ|ONSS|LSS)/i

/**
 * Reads the number of an employer in a field that takes both kinds: ten digits are an enterprise number, nine an RSZ number. A
 * spreadsheet drops the zero an enterprise number begins with, and one in fifty of what is left would pass for the RSZ number of
 * somebody else: nine digits that fit both are refused with `EMPLOYER_NUMBER_AMBIGUOUS`, nine that only fit an enterprise number
 * are read as one. `RSZ`, `ONSS`, `LSS` or `BE` in front says which is meant. Other refusals: those of `parseKboNumber` and
 * `parseRszNumber`.
 */
export function parseEmployerNumber(text: string): Result<KboNumber | RszNumber> {
  const number = withoutSeparators(text)
  const rsz = parseRszNumber(number.replace(RSZ_IN_FRONT, ''))
  if (RSZ_IN_FRONT.test(number)) return rsz
  const kbo = parseKboNumber(number)
  // the register numbers enterprises from 0200: what lost its zero begins with 2 to 9
  if (/^[2-9]/.test(number) && kbo.ok) return rsz.ok ? AMBIGUOUS : kbo
  const meansEnterprise = /^BE/i.test(number) || (number.length === 10 && (kbo.ok || number.startsWith('0')))
  return meansEnterprise ? kbo : rsz
}

const AMBIGUOUS = err(
  'EMPLOYER_NUMBER_AMBIGUOUS',
  'nine digits that fit an RSZ number and an enterprise number without its zero: write the ten digits, or RSZ in front',
)
