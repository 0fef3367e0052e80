import { type Cents, type IsoDate, type Quarter, sumCents } from '@ziv/kernel'
import { fact } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Law, ParameterRef } from '../types.ts'
import type { Finding } from './assess-reference-year.ts'
import { fillQuarters } from './fill-quarters.ts'
import { type PersonalStep, personalDue } from './personal-contribution.ts'
import { surplusGrounds } from './surplus.ts'

export interface PersonalQuarter {
  readonly quarter: Quarter
  /** Code of the capacity held in the quarter; its regime is a personal contribution. */
  readonly capacity: string
  /** Income step of a resident; full when no lower income is proven. */
  readonly step?: PersonalStep
  /** Contribution paid for the quarter, in cents. */
  readonly paidCents: Cents
  /** Events of the payments that it adds up, where they are known. */
  readonly eventIds?: readonly string[]
}

export interface PersonalYear {
  readonly regime: 'personal'
  readonly referenceYear: number
  /** Every quarter of the year in which the capacity existed. */
  readonly quarters: readonly PersonalQuarter[]
}

/** Contributions paid in the year against those due; what is paid too much for one quarter counts for another. */
export function assessPersonal(facts: PersonalYear, law: Law, until: IsoDate): Finding {
  const { referenceYear } = facts
  const quarters = [...facts.quarters].sort((a, b) => (a.quarter < b.quarter ? -1 : 1))
  const dues = quarters.map((quarter) => personalDue(quarter, law))
  const requiredCents = sumCents(dues.map((due) => due.dueCents))
  const totalCents = sumCents(quarters.map((quarter) => quarter.paidCents))
  const shortCents = Math.max(0, requiredCents - totalCents)
  const met = shortCents === 0
  const used = [
    fact('referenceYear', referenceYear),
    fact('quartersDue', quarters.length),
    fact('totalCents', totalCents),
    fact('requiredCents', requiredCents),
    fact('shortCents', shortCents),
    ...quarters.flatMap(({ quarter, eventIds = [] }) => eventIds.map((eventId) => fact('quarter', quarter, eventId))),
  ]
  const rule = 'minimum.personal'
  const { open } = fillQuarters(
    totalCents,
    quarters.map(({ quarter }, index) => ({ quarter, dueCents: dues[index]!.dueCents })),
  )
  const repairs = met
    ? []
    : [
        {
          rule,
          kind: 'payQuarters',
          params: { referenceYear, quarters: open.map(({ quarter }) => quarter).join(' '), shortCents },
          until,
        },
      ]
  const parameters = distinct(dues.flatMap((due) => due.parameters))
  const events = quarters.flatMap(({ eventIds = [] }) => eventIds)
  const surplus = surplusGrounds(referenceYear, totalCents - requiredCents, events)
  const grounds = [ground(rule, met, used, parameters), ...surplus]
  return { totalCents, requiredCents, met, shortCents, grounds, repairs }
}

function distinct(parameters: readonly ParameterRef[]): ParameterRef[] {
  return [...new Map(parameters.map((ref) => [`${ref.name} ${ref.key ?? ''} ${ref.from}`, ref])).values()]
}
