import type { IsoDate } from '@ziv/kernel'
import { perLaw } from '../per-law.ts'
import type { Law } from '../types.ts'
import { rankOn } from './advantage.ts'
import { loadCapacities } from './load.ts'
import { capacityRule } from './rule.ts'

/** Whether a registration in a capacity for one year alone repairs a year, as the law has it on a day. */
export function mendsYear(law: Law, code: string, day: IsoDate): boolean {
  if (capacityRule(law, code, 'regime', day).value !== 'personal') return false
  return capacityRule(law, code, 'mendsYear', day).value === 'mends'
}

const mending = perLaw((law, day: IsoDate): string | null => {
  const codes = loadCapacities().all.map(({ code }) => code)
  const [first] = codes
    .filter((code) => mendsYear(law, code, day))
    .sort((a, b) => rankOn(a, day, law) - rankOn(b, day, law))
  return first ?? null
})

/** Code of the capacity in which a registration for one year alone repairs a year, the most advantageous of several; null when none does. */
export const mendingCapacity = (law: Law, day: IsoDate): string | null => mending(law, day)
