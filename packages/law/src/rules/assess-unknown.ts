import type { IsoDate } from '@ziv/kernel'
import { fact, newYear, yearEnd } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Finding } from './assess-reference-year.ts'

export interface UnknownYear {
  readonly regime: 'unknown'
  readonly referenceYear: number
}

/**
 * A year without a capacity and without a contribution: nothing says in what way it would be met, so no amount is told. What is
 * asked for is the capacity of the year; the registration as resident for that year stays open to everybody.
 */
export function assessUnknown({ referenceYear }: UnknownYear, until: IsoDate): Finding {
  const rule = 'minimum.unknown'
  const days = { windowFrom: newYear(referenceYear), windowUntil: yearEnd(referenceYear) }
  return {
    ...{ totalCents: 0, requiredCents: 0, met: false, shortCents: 0 },
    grounds: [ground(rule, false, [fact('referenceYear', referenceYear)], [])],
    repairs: [
      { rule, kind: 'proveCapacity', params: days, until },
      { rule, kind: 'residentRegistration', params: { referenceYear }, until },
    ],
  }
}
