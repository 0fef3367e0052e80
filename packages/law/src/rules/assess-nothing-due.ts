import { capacityRule } from '../capacities/rule.ts'
import { cite, fact, newYear } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Law } from '../types.ts'
import type { Finding } from './assess-reference-year.ts'

export interface NothingDueYear {
  readonly regime: 'none'
  readonly referenceYear: number
  /** Codes of the capacities of the year, each of which asks for no contribution. */
  readonly capacities: readonly string[]
}

/** A year in which the capacities ask for no contribution is met; the ground names each of them and the rule that frees it. */
export function assessNothingDue({ referenceYear, capacities }: NothingDueYear, law: Law): Finding {
  const used = [fact('referenceYear', referenceYear), ...capacities.map((code) => fact('capacity', code))]
  const rules = capacities.map((code) => cite(capacityRule(law, code, 'regime', newYear(referenceYear))))
  const grounds = [ground('minimum.none', true, used, rules)]
  return { totalCents: 0, requiredCents: 0, met: true, shortCents: 0, grounds, repairs: [] }
}
