import type { Brand } from '../brand.ts'
import { err, ok, type Result } from '../result.ts'
import { padded, requireWhole } from './digits.ts'

/** Structured communication of a payment (OGM, VCS): twelve digits, the last two are the first ten mod 97, 0 becomes 97. */
export type Ogm = Brand<string, 'Ogm'>

function checkOf(base: number): number {
  return base % 97 || 97
}

/** Reads `+++123/4567/89002+++`, with stars or bare. Refusals: `OGM_FORMAT`, `OGM_CHECK_DIGITS`. */
export function parseOgm(text: string): Result<Ogm> {
  const digits = text.replace(/[\s+*/.-]/g, '')
  if (!/^\d{12}$/.test(digits))
    return err('OGM_FORMAT', 'a structured communication has twelve digits, as in +++123/4567/89002+++')
  if (Number(digits.slice(10)) !== checkOf(Number(digits.slice(0, 10)))) {
    return err(
      'OGM_CHECK_DIGITS',
      'the check digits of this structured communication are wrong: probably one digit was mistyped',
    )
  }
  return ok(digits as Ogm)
}

/** The structured communication of a number 0..9999999999. Throws a RangeError outside it. */
export function makeOgm(n: number): Ogm {
  requireWhole('the number of a structured communication', n, 0, 9_999_999_999)
  return `${padded(n, 10)}${padded(checkOf(n), 2)}` as Ogm
}

/** The form on paper: `+++123/4567/89002+++`. */
export function formatOgm(ogm: Ogm): string {
  return `+++${ogm.slice(0, 3)}/${ogm.slice(3, 7)}/${ogm.slice(7)}+++`
}
