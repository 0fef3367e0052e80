import { addDays, type IsoDate, yearOf } from '@ziv/kernel'
import { datedRule } from '../dated-rule.ts'
import type { Law } from '../types.ts'

/**
 * How a year stands that the capacities of an earlier registration could have opened: what is unpaid of its reference year, null when it
 * was open or closed for another reason, undefined when there was no capacity that could have opened it.
 */
export type OpenableYear<Unpaid> = Unpaid | null | undefined

/** An earlier registration, and the one that begins anew. */
export interface LapseFacts<Unpaid> {
  /** First day of the new registration as holder. */
  readonly registeredOn: IsoDate
  /** Last day of the openings of the earlier one, which no contribution can close; null when it had none. */
  readonly openedUntil: IsoDate | null
  readonly stateOf: (year: number) => OpenableYear<Unpaid>
}

type LapseReading = <Unpaid>(facts: LapseFacts<Unpaid>) => Unpaid | null

/** The last year that the earlier capacities could have opened tells: when it was open, the registration ended for another reason. */
const lastYear: LapseReading = ({ registeredOn, openedUntil, stateOf }) => {
  if (openedUntil === null) return null
  for (let year = yearOf(registeredOn); year > yearOf(openedUntil); year -= 1) {
    const state = stateOf(year)
    if (state !== undefined) return state
  }
  return null
}

/** Which year tells that an earlier registration lapsed for unpaid personal contributions (ZIV-besluit art. 130; decision 0020). */
export const lapseReading = datedRule<LapseReading>('rights/lapse', { lastYear })

/**
 * What is unpaid of the year that made an earlier registration lapse, so that a new one begins with a stage (ZIV-besluit art. 130); null
 * when it ended for another reason.
 */
export const unpaidLapse = <Unpaid>(facts: LapseFacts<Unpaid>, law: Law): Unpaid | null =>
  lapseReading(law, facts.registeredOn).version(facts)

/** First day that an opening adds beside an earlier one, by the day on which the capacity begins and the last day of the earlier one. */
type Overlap = (from: IsoDate, earlierUntil: IsoDate | null) => IsoDate

const overlaps = datedRule<Overlap>('rights/opening-overlap', {
  daysAfter: (from, earlierUntil) => (earlierUntil === null || earlierUntil < from ? from : addDays(earlierUntil, 1)),
})

/**
 * First day that an opening adds when a capacity is acquired anew while an earlier opening runs (ZIV-besluit art. 129, 131): a day is
 * opened once.
 */
export const openingAdds = (from: IsoDate, earlierUntil: IsoDate | null, law: Law): IsoDate =>
  overlaps(law, from).version(from, earlierUntil)
