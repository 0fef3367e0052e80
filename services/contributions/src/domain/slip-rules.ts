import { dayToCome, type IsoDate, type Quarter, quarterOf, type Rejection, yearOfQuarter } from '@ziv/kernel'
import { isAssessable, type Law } from '@ziv/law'

/** Highest amount that one slip or attest may carry, in cents: above it a comma was lost. A guard of ours, not a figure of the law. */
export const amountCentsMax = 100_000_000_00

interface SlipContent {
  /** Only a social insurance fund attests; everybody else sends what an employer paid. */
  readonly source: 'rsz' | 'paper' | 'selfEmployedFund'
  readonly sender: string
  readonly quarter: Quarter
  readonly amountCents: number
  /** Day on which the form it stands in was made, where the form says: the newest by creation wins. */
  readonly createdOn?: IsoDate
}

/**
 * Why a slip or an attest cannot be recorded, whichever way it comes: a quarter is declared after it ended, in a form
 * that was made by now, in a year that can be
 * assessed, by an employer who has a number, with an amount that is possible.
 */
export function refuseSlip(
  { source, sender, quarter, amountCents, createdOn }: SlipContent,
  today: IsoDate,
  law: Law,
): Rejection | undefined {
  // the readers check the number; what is staged must be safe as part of a page whatever they let through
  if (source !== 'selfEmployedFund' && !/^\d{9,10}(\+\d{10})?$/.test(sender)) {
    return { code: 'lineUnreadable', params: { fields: 'employerNumber' } }
  }
  if (quarter >= quarterOf(today)) return { code: 'quarterNotOver', params: { quarter } }
  const ahead = dayToCome({ createdOn }, today)
  if (ahead) return { code: 'formInFuture', params: { createdOn: ahead.day } }
  const year = yearOfQuarter(quarter)
  if (!isAssessable(law, year)) return { code: 'yearUnknownToLaw', params: { year } }
  const isPossible = Number.isSafeInteger(amountCents) && amountCents >= 0 && amountCents <= amountCentsMax
  return isPossible ? undefined : { code: 'amountImpossible', params: { amountCents } }
}
