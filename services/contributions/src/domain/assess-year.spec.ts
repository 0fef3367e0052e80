import { isoDate } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import { expect, it } from 'vitest'
import { type AssessmentPerson, assessYear } from './assess-year.ts'
import { initialState, type YearState } from './contribution-year.ts'

const law = loadLaw()
const today = isoDate('2024-06-03')
const nobody: AssessmentPerson = { birthDate: isoDate('1980-05-05'), registered: [], capacities: [] }
const kindsOf = (person: AssessmentPerson, state: YearState) =>
  assessYear({ year: 2022, person, law, today }, state).repairs.map(({ kind }) => kind)

it('who had no capacity in a year, and for whom nothing came in, cannot mend it with a payment', () => {
  // a payment would open the personal regime, with another amount: the one that was told would not do
  expect(kindsOf(nobody, initialState())).toEqual(['residentRegistration'])
})

it('who had no capacity, but a slip came in, or was an employee, is told the complement', () => {
  const slip = {
    ...{ slipId: 's', source: 'rsz' as const, employerNumber: '1', quarter: '2022Q1', amountCents: 100 },
    ...{ createdAt: 1, arrival: 1, parts: [1] },
  }
  expect(kindsOf(nobody, { ...initialState(), slips: { '1|2022Q1': slip } })).toContain('payComplement')
  const capacity = { capacity: 'EMPLOYEE' as const, from: isoDate('2022-01-01'), to: null }
  expect(kindsOf({ ...nobody, capacities: [capacity] }, initialState())).toContain('payComplement')
})
