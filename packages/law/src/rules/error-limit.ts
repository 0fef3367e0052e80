import type { IsoDate } from '@ziv/kernel'
import type { Law, Ratio } from '../types.ts'

/** The share of lines in error up to which the other lines of a billing file are settled, when it has more of them; else null. */
export function exceededErrorLimit(
  { lines, errorLines }: { readonly lines: number; readonly errorLines: number },
  today: IsoDate,
  law: Law,
): Ratio | null {
  const limit = law.at<Ratio>('reimbursement/efact-error-limit', today).value
  return errorLines * limit.denominator > lines * limit.numerator ? limit : null
}
