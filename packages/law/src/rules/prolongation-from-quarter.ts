import { addMonths, type IsoDate, quarterOf, quarterStart, yearOf } from '@ziv/kernel'
import { cite, decision, fact, yearEnd } from '../decision.ts'
import { ground } from '../ground.ts'
import { perLaw } from '../per-law.ts'
import type { Law, LawDecision } from '../types.ts'

const MONTHS_OF_A_QUARTER = 3

/**
 * First day of the whole quarters without any capacity as holder that have to lie before one that begins on a day: it is acquired
 * anew when every earlier one ended before this day (ZIV-besluit art. 131, derogation).
 */
const lastEndBeforeNew: (law: Law, from: IsoDate) => IsoDate = perLaw((law, from: IsoDate) => {
  const quarters = law.at<number>('rights/quarters-without-capacity', from).value
  const start = quarterStart(quarterOf(from))
  return quarterStart(quarterOf(addMonths(start, -MONTHS_OF_A_QUARTER * quarters)))
})

/**
 * Whether a capacity as holder opens the right: it is the first, or acquired anew, with whole quarters without any capacity as
 * holder before it (ZIV-besluit art. 129, and 131, derogation). Whoever stayed a holder goes on by prolongation, and repairs unpaid years
 * instead of starting afresh. Contributions play no part here, so a paid year never costs a day. `spells` by their first day.
 */
export function opensAnew(
  spells: readonly { readonly from: IsoDate; readonly to: IsoDate | null }[],
  index: number,
  law: Law,
): boolean {
  const spell = spells[index]
  if (spell === undefined) throw new RangeError(`there is no capacity ${index} among ${spells.length}`)
  if (index === 0) return true
  const limit = lastEndBeforeNew(law, spell.from)
  for (let earlier = 0; earlier < index; earlier += 1) {
    const to = spells[earlier]?.to ?? null
    if (to === null || to >= limit) return false
  }
  return true
}

/**
 * Prolongation in derogation of the rule by years (ZIV-besluit art. 131): whoever acquires a capacity as holder anew while the
 * registration stands is insured from the first day of its quarter, whatever was paid for the years before. `from` is the
 * first day of insurance in the capacity, by its start rule.
 */
export function prolongationFromQuarter(
  from: IsoDate,
  law: Law,
): LawDecision<{ readonly from: IsoDate; readonly to: IsoDate }> {
  const quarters = law.at<number>('rights/quarters-without-capacity', from)
  const years = law.at<number>('rights/prolongation-from-quarter-years', from)
  const to = yearEnd(yearOf(from) + years.value)
  const used = [fact('from', from), fact('until', to)]
  const parameters = [cite(quarters), cite(years)]
  return decision('granted', { from, to }, [ground('prolongation.fromQuarter', true, used, parameters)])
}
