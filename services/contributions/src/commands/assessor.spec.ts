import { isoDate } from '@ziv/kernel'
import { assessYear, loadLaw } from '@ziv/law'
import type { Member } from '@ziv/members'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { initialState, type YearState } from '../domain/contribution-year.ts'
import { outcomeOf } from '../domain/year-assessment.ts'
import { assessmentPerson, assessorFor } from './assessor.ts'

const law = loadLaw()
const today = isoDate('2026-02-16')
const memberOf = (capacity: string, to: string | null) =>
  ({
    ...{ personId: 'spec', birthDate: '1975-05-05', diedOn: null, pending: [] },
    affiliations: [{ insurer: '300', ziekenfonds: '306', from: '2010-01-01', to: null }],
    capacities: [{ capacityId: 'spec', capacity, from: '2010-01-01', to }],
  }) as unknown as Member

it('a year is assessed alike by its payments one by one and by what they add up to', () => {
  const payment = fc.record({ quarter: fc.constantFrom(1, 2, 3, 4), amountCents: fc.integer({ min: 1, max: 90_000 }) })
  const capacity = fc.constantFrom('STUDENT', 'EMPLOYEE', 'SELF_EMPLOYED')
  const until = fc.constantFrom(null, '2025-06-30')
  fc.assert(
    fc.property(fc.array(payment, { maxLength: 20 }), capacity, until, (paid, held, to) => {
      const member = memberOf(held, to)
      const payments = Object.fromEntries(
        paid.map(({ quarter, amountCents }, n) => [`P${n}`, { quarter: `2025Q${quarter}`, amountCents }]),
      )
      const state = { ...initialState(), payments } as unknown as YearState
      const question = { year: 2025, person: assessmentPerson(member), law, today }
      expect(assessorFor(law, member, 2025, today)(state)).toEqual(outcomeOf(assessYear(question, state)))
    }),
  )
})
