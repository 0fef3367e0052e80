import type { Cents, IsoDate } from '@ziv/kernel'
import { fact, newYear, yearEnd } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Law } from '../types.ts'
import type { Finding } from './assess-reference-year.ts'
import { provableCapacities } from './provable-capacity.ts'
import { residentRegistration } from './resident-registration.ts'

export interface UnknownYear {
  readonly regime: 'unknown'
  readonly referenceYear: number
  /** What came in for the year, and the events that recorded it. Amounts in cents. */
  readonly came: {
    readonly wageCents: Cents
    readonly quartersAttested: number
    readonly paidCents: Cents
    readonly eventIds: readonly string[]
  }
}

/**
 * A year without a capacity that asks for contributions: nothing says in what way it would be met, so no amount is told and what came
 * in meets nothing. What is asked for is the capacity of the year (art. 131 asks for both), or a registration as resident for it.
 */
export function assessUnknown({ referenceYear, came }: UnknownYear, law: Law, until: IsoDate): Finding {
  const rule = 'minimum.unknown'
  const windowUntil = yearEnd(referenceYear)
  const capacities = provableCapacities(law, windowUntil)
  const asked = { windowFrom: newYear(referenceYear), windowUntil, capacities }
  const { eventIds, wageCents, quartersAttested, paidCents } = came
  const used = [
    ...[fact('referenceYear', referenceYear), fact('wageCents', wageCents)],
    ...[fact('quartersAttested', quartersAttested), fact('paidCents', paidCents)],
    ...eventIds.map((eventId) => fact('contribution', null, eventId)),
  ]
  return {
    ...{ totalCents: 0, requiredCents: 0, met: false, shortCents: 0 },
    grounds: [ground(rule, false, used, [])],
    repairs: [
      { rule, kind: 'proveCapacity', params: asked, until },
      ...residentRegistration(rule, referenceYear, law, until),
    ],
  }
}
