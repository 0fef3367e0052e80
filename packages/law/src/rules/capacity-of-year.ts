import { firstDayOfYear, type IsoDate, lastDayOfYear, minDate } from '@ziv/kernel'
import { mostAdvantageous } from '../capacities/advantage.ts'
import { datedRule } from '../dated-rule.ts'
import type { Law } from '../types.ts'

interface Spell {
  readonly capacity: string
  readonly from: IsoDate
  readonly to: IsoDate | null
}

type Choice = <T extends Spell>(spells: readonly T[], year: number, law: Law) => T | undefined

/** The one that began last, or the most advantageous of those that ran with it on its last day in the year. */
const bestOfLastDay: Choice = (spells, year, law) => {
  const [firstDay, lastDay] = [firstDayOfYear(year), lastDayOfYear(year)]
  const last = spells.findLast(({ from, to }) => from <= lastDay && (to === null || to >= firstDay))
  if (last === undefined || spells.length === 1) return last
  const day = last.to === null ? lastDay : minDate(last.to, lastDay)
  const beside = spells.filter((spell) => spell !== last && spell.from <= day && (spell.to === null || spell.to >= day))
  return mostAdvantageous(last, beside, day, law)
}

const choices = datedRule<Choice>('rights/capacity-of-year', { bestOfLastDay })

/**
 * The capacity under which the right of a year is prolonged (ZIV-besluit art. 131; AGII: whoever has several is insured in the one that
 * costs least and asks least); undefined where none ran in the year. `spells` by their first day.
 */
export const capacityOfYear = <T extends Spell>(spells: readonly T[], year: number, law: Law): T | undefined =>
  choices(law, firstDayOfYear(year)).version(spells, year, law)
