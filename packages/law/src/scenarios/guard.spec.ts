import { describe, expect, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { reformLaw } from '../parameters/reform.ts'
import type { ParameterValue, Ratio } from '../types.ts'
import { loadScenarios } from './load.ts'
import { checkScenario } from './run.ts'

const law = loadLaw()
const scenarios = loadScenarios()

/** Figures that rules decide with; a figure that no scenario would miss could change without anyone noticing. */
const guarded = [
  'affiliation/child-age-limit',
  'affiliation/dependant-income-ceiling',
  'affiliation/dependant-partners',
  'contributions/ggmmi',
  'contributions/minimum-value-adult-age',
  'contributions/minimum-value-months',
  'contributions/minimum-value-young-ratio',
  'contributions/personal-base',
  'contributions/personal-coefficient',
  'contributions/repair-years',
  'distribution/actual-weight',
  'distribution/advances-per-year',
  'distribution/borne-cap',
  'distribution/borne-part',
  'distribution/normative-weight',
  'distribution/normative-weights',
  'reimbursement/claim-lapse-years',
  'reimbursement/non-conventioned-reduction-dentist',
  'reimbursement/non-conventioned-reduction-doctor',
  'reimbursement/non-conventioned-reduction-nurse',
  'reimbursement/non-conventioned-reduction-physiotherapist',
  'reimbursement/patient-share-gp',
  'reimbursement/patient-share-specialist',
  'reimbursement/patient-share-specialist-night',
  'reimbursement/patient-share-specialist-weekend',
  'reimbursement/referral-reduction',
  'rights/capacity-window-start',
  'rights/dependant-run-out-years',
  'rights/first-opening-years',
  'rights/prolongation-from-quarter-years',
  'rights/quarters-without-capacity',
  'rights/reference-year-shift',
  'rights/waiting-period-months',
  'rights/warning-day',
]

describe('a changed figure is noticed by a scenario', () => {
  test.each(guarded)('%s', (name) => {
    const parameter = law.list().find((one) => one.name === name)!
    const changed = parameter.values.map(({ from, value }) => ({ from, value: nudge(value), source: 'a mistake' }))
    const mistaken = reformLaw(law, { [name]: changed })
    expect(scenarios.filter((scenario) => notices(scenario, mistaken)).length).toBeGreaterThan(0)
  })
})

function notices(scenario: (typeof scenarios)[number], mistaken: typeof law): boolean {
  try {
    return checkScenario(scenario, mistaken).length > 0
  } catch {
    return true
  }
}

/** The smallest mistake: one more, one percent more, a month earlier. */
function nudge(value: ParameterValue['value']): unknown {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'string') return value.replace(/^\d\d/, (month) => String(Number(month) - 1).padStart(2, '0'))
  const table = value as Record<string, unknown>
  if ('numerator' in table) {
    const { numerator, denominator } = value as Ratio
    return { numerator: numerator + 1, denominator }
  }
  return Object.fromEntries(Object.entries(table).map(([key, one]) => [key, nudge(one)]))
}
