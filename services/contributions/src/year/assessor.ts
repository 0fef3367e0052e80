import type { IsoDate } from '@ziv/kernel'
import type { Law } from '@ziv/law'
import { type AssessmentPerson, assessYear, outcomeOf } from '../domain/assess-year.ts'
import type { YearState } from '../domain/contribution-year.ts'
import { capacityPeriods, type Person, registeredFrom } from '../domain/person.ts'
import type { YearAssessment } from '../domain/year-assessment.ts'

/** What the law needs to know of a person, as it was known at a moment (all that is known, without one). */
export function assessmentPerson(person: Person, knownAt?: string): AssessmentPerson {
  if (person.birthDate === null)
    throw new Error(`person ${person.personId} has no birth date: nobody can assess a year`)
  return {
    birthDate: person.birthDate as IsoDate,
    registeredFrom: registeredFrom(person) as IsoDate | undefined,
    capacities: capacityPeriods(person, knownAt),
  }
}

/** Assesses states of one year of one person; the facts of the person are read once. */
export function assessorFor(
  law: Law,
  person: Person,
  year: number,
  today: IsoDate,
): (state: YearState) => YearAssessment {
  const question = { year, person: assessmentPerson(person), law, today }
  return (state) => outcomeOf(assessYear(question, state))
}
