import type { IsoDate } from '@ziv/kernel'
import type { Law, Ratio } from '../types.ts'

/** Whether more lines of a billing file are in error than the share up to which the others are settled. */
export function tooManyErrors(
  { lines, errorLines }: { readonly lines: number; readonly errorLines: number },
  today: IsoDate,
  law: Law,
): boolean {
  const { numerator, denominator } = law.at<Ratio>('reimbursement/efact-error-limit', today).value
  return errorLines * denominator > lines * numerator
}
