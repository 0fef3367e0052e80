import type { Brand } from '../brand.ts'
import { err, ok, type Result } from '../result.ts'
import { padded, requireWhole, withoutSeparators } from './digits.ts'

/** Code of a health care service in the nomenclature: six digits, the last is the first five mod 7. */
export type NomenclatureCode = Brand<string, 'NomenclatureCode'>

/** Reads a nomenclature code. Refusals: `NOMENCLATURE_CODE_FORMAT`, `NOMENCLATURE_CODE_CHECK_DIGIT`. */
export function parseNomenclatureCode(text: string): Result<NomenclatureCode> {
  const digits = withoutSeparators(text)
  if (!/^\d{6}$/.test(digits)) return err('NOMENCLATURE_CODE_FORMAT', 'a nomenclature code has six digits')
  if (Number(digits[5]) !== Number(digits.slice(0, 5)) % 7) {
    return err(
      'NOMENCLATURE_CODE_CHECK_DIGIT',
      'the sixth digit of a nomenclature code is the remainder of the first five by 7',
    )
  }
  return ok(digits as NomenclatureCode)
}

/** The code of its first five digits. Throws a RangeError outside 0..99999. */
export function makeNomenclatureCode(first5: number): NomenclatureCode {
  requireWhole('the first five digits of a nomenclature code', first5, 0, 99_999)
  return `${padded(first5, 5)}${first5 % 7}` as NomenclatureCode
}
