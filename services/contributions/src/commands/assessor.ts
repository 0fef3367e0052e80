import type { IsoDate } from '@ziv/kernel'
import { type AssessmentPerson, assessYear, type Law } from '@ziv/law'
import type { Member } from '@ziv/members'
import type { YearState } from '../domain/contribution-year.ts'
import { outcomeOf } from '../domain/year-assessment.ts'

/** What the law needs to know of a person. */
export function assessmentPerson(person: Member): AssessmentPerson {
  const { personId, birthDate, diedOn, capacities, pending } = person
  if (birthDate === null) throw new Error(`person ${personId} has no birth date: nobody can assess a year`)
  return { birthDate, diedOn, registered: person.affiliations, capacities, pending }
}

/** Assesses states of one year of one person; the facts of the person are read once. */
export function assessorFor(
  law: Law,
  person: Member,
  year: number,
  today: IsoDate,
): (state: YearState) => ReturnType<typeof outcomeOf> {
  const question = { year, person: assessmentPerson(person), law, today }
  return (state) => outcomeOf(assessYear(question, { ...state, payments: paidByQuarter(state) }))
}

/** The law counts what was paid by quarter, many times over in one assessment: of somebody with thousands of payments it adds them up once. */
function paidByQuarter({ payments }: YearState): Parameters<typeof assessYear>[1]['payments'] {
  const paid: Record<string, { readonly quarter: string; amountCents: number }> = {}
  for (const key in payments) {
    const { quarter, amountCents } = payments[key]!
    paid[quarter] ??= { quarter, amountCents: 0 }
    paid[quarter].amountCents += amountCents
  }
  return paid
}
