import { type IsoDate, periodContains, yearOf } from '@ziv/kernel'
import { firstOpening } from '../rules/first-opening.ts'
import { prolongation } from '../rules/prolongation.ts'
import { startOfInsurance } from '../rules/start-of-insurance.ts'
import type { Law, LawCapacity } from '../types.ts'

export interface Career {
  readonly capacity: LawCapacity
  readonly acquiredOn: IsoDate
  readonly requestedOn?: IsoDate | undefined
  readonly endedOn?: IsoDate | undefined
  readonly unmetYears: readonly number[]
  readonly on: IsoDate
}

/** Whether a person with one capacity in a lifetime is insured on a day: first opening, else prolongation for its year. */
export function insuredOn(career: Career, law: Law): boolean {
  const { acquiredOn, on } = career
  const { from } = startOfInsurance(
    career.capacity,
    { acquiredOn, requestedOn: career.requestedOn ?? acquiredOn },
    law,
  ).result
  if (on < from) return false
  if (periodContains(firstOpening(from, law).result, on)) return true
  const year = yearOf(on)
  const met = !career.unmetYears.includes(year - 2)
  const assessment = {
    referenceYear: year - 2,
    regime: 'wage' as const,
    met,
    shortCents: met ? 0 : 1,
    confidence: 'verified' as const,
  }
  const caps = [{ from, to: career.endedOn ?? null }]
  return prolongation({ year, caps, assessment }, law).outcome === 'granted'
}
