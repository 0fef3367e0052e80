import type { Instant, IsoDate } from '@ziv/kernel'
import { isNewer } from '@ziv/members'

/** A period in which care is reimbursed, as rights published it. */
export interface InsuredPeriod {
  readonly from: IsoDate
  readonly to: IsoDate
  readonly insurer: string
  readonly ziekenfonds: string
  readonly decisionId: string
}

/** A whole timeline with its place among the others of the person. */
export interface InsurabilityState {
  readonly personId: string
  readonly recordedAt: Instant
  readonly sequence: number
  readonly eventId: string
  readonly periods: readonly InsuredPeriod[]
}

/** Which of two timelines counts: the one recorded last, in whatever order they arrive from whichever topic. */
export function newerInsurability(a: InsurabilityState, b: InsurabilityState): InsurabilityState {
  return isNewer({ ...b, id: b.eventId }, { ...a, id: a.eventId }) ? b : a
}

/** The period that covers a day; undefined when the person is not in order. */
export function insuredOn(periods: readonly InsuredPeriod[], day: IsoDate): InsuredPeriod | undefined {
  return periods.find((period) => period.from <= day && day <= period.to)
}
