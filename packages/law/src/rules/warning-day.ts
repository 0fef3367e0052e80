import type { IsoDate } from '@ziv/kernel'
import { dayInYear, newYear } from '../decision.ts'
import type { Law } from '../types.ts'

/** Day by which a holder is warned that the right of `year` will not be prolonged: 1 December before (ZIV-besluit art. 254). */
export function warningDay(year: number, law: Law): IsoDate {
  return dayInYear(year - 1, law.at<string>('rights/warning-day', newYear(year - 1)).value)
}
