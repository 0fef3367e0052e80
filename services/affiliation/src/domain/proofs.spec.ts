import { describe, expect, it } from 'vitest'
import { assessEvidence } from './evidence.assess.ts'
import { type Evidence, evidence } from './evidence.ts'
import { day, employer, factsOn } from './testing-facts.ts'

const facts = factsOn('2026-03-20')
/** What a proof says that a claim of a day does not, as a clerk is told it; null when they agree. */
const disagreement = (kind: string, proof: Evidence, acquiredOn = '2026-03-15') => {
  const days = { acquiredOn: day(acquiredOn), weighedOn: day(acquiredOn), requestedOn: day('2026-03-18') }
  const claim = { kind, ...days, birthDate: day('2010-01-01') }
  const verdict = assessEvidence([proof], claim, facts)
  if (verdict.verdict !== 'refused' || verdict.rejection.code !== 'evidenceDisagrees') return null
  const { field, stated, claimed } = verdict.rejection.params ?? {}
  return `${field} ${stated} for ${claimed}`
}
const enrolled = (academicYear: string): Evidence => ({
  ...{ kind: 'enrolmentCertificate', institution: 'H', recognised: true, academicYear, issuedOn: day('2025-09-15') },
})
const income = (quarter: string): Evidence => ({
  ...{ kind: 'incomeProof', quarter, grossCents: 0, source: 'wageSlips', ownFreeRight: false },
})
const married = (on: string): Evidence => ({ kind: 'marriageCertificate', marriedOn: day(on), foreign: false })
const born = (issuedOn: string): Evidence => ({ kind: 'birthAct', issuedOn: day(issuedOn) })
const attest = (issuedOn: string): Evidence => ({ ...employer, issuedOn: day(issuedOn) }) as Evidence

describe('a proof agrees with the claim to the day', () => {
  it('a marriage of the first day of the quality, an act of the day of birth', () => {
    expect(disagreement('DEPENDANT_SPOUSE', married('2026-03-15'))).toBeNull()
    expect(disagreement('DEPENDANT_SPOUSE', married('2026-03-16'))).toBe('marriedOn 2026-03-16 for <= 2026-03-15')
    expect(disagreement('DEPENDANT_CHILD', born('2010-01-01'))).toBeNull()
    expect(disagreement('DEPENDANT_CHILD', born('2009-12-31'))).toBe('issuedOn 2009-12-31 for >= 2010-01-01')
  })

  it('an attest of today, and of months before the quality', () => {
    const { attestMonths } = facts.proofRules(day('2026-03-15'))
    expect(attestMonths).toBe(12)
    expect(disagreement('EMPLOYEE', attest('2025-03-15'))).toBeNull()
    expect(disagreement('EMPLOYEE', attest('2025-03-14'))).toBe('issuedOn 2025-03-14 for >= 2025-03-15')
    expect(disagreement('EMPLOYEE', attest('2026-03-20'))).toBeNull()
    expect(disagreement('EMPLOYEE', attest('2026-03-21'))).toBe('issuedOn 2026-03-21 for <= 2026-03-20')
  })

  it('an income of the quarter of the quality or of the one before, also over the turn of the year', () => {
    const told = (quarter: string) => disagreement('DEPENDANT_SPOUSE', income(quarter))
    expect([told('2026Q1'), told('2025Q4')]).toEqual([null, null])
    expect(told('2025Q3')).toBe('quarter 2025Q3 for 2025Q4, 2026Q1')
    expect(told('2026Q2')).toBe('quarter 2026Q2 for 2025Q4, 2026Q1')
  })

  it('a slip of the quarter of the quality', () => {
    const slip = (quarter: string): Evidence => ({ kind: 'contributionSlip', rszNumber: '102077173', quarter })
    expect(disagreement('EMPLOYEE', slip('2026Q1'))).toBeNull()
    expect(disagreement('EMPLOYEE', slip('2025Q4'))).toBe('quarter 2025Q4 for 2026Q1')
  })

  it('an academic year from the summer before it to the summer in which it ends', () => {
    const told = (on: string) => disagreement('STUDENT', enrolled('2024-2025'), on)
    expect([told('2024-07-01'), told('2025-09-30')]).toEqual([null, null])
    expect(told('2024-06-30')).toBe('academicYear 2024-2025 for 2023-2024')
    expect(told('2025-10-01')).toBe('academicYear 2024-2025 for 2025-2026')
    // in the summer a day belongs to two of them
    expect(told('2023-09-30')).toBe('academicYear 2024-2025 for 2022-2023, 2023-2024')
    for (const month of Array.from({ length: 12 }, (_, n) => String(n + 1).padStart(2, '0')))
      expect(disagreement('STUDENT', enrolled('2010-2011'), `2024-${month}-15`)).toMatch(/for 20\d\d-20\d\d/)
    expect(disagreement('STUDENT', enrolled('2024-2026'), '2025-01-01')).toBe('academicYear 2024-2026 for 2024-2025')
    expect(disagreement('STUDENT', enrolled('2025-2024'), '2025-01-01')).toBe('academicYear 2025-2024 for 2025-2026')
  })
})

describe('the number in a proof of work', () => {
  const read = (proof: object) => evidence.safeParse(proof)
  const contract = { kind: 'employmentContract', startsOn: '2026-03-15' }
  const fund = { kind: 'socialInsuranceFundAttest', activity: 'helper', issuedOn: '2026-03-15' }

  it('is kept in one spelling', () => {
    expect(read({ ...contract, rszNumber: 'RSZ 1020771-73' }).data).toEqual({ ...contract, rszNumber: '102077173' })
    expect(read({ ...fund, fundNumber: '0409.084.236' }).data).toEqual({ ...fund, fundNumber: '0409084236' })
  })

  it('is refused when its check digits are wrong', () => {
    expect(read({ ...contract, rszNumber: '102077174' }).success).toBe(false)
    expect(read({ ...fund, fundNumber: '0409084237' }).success).toBe(false)
  })
})

it('a line of text in a proof says something, and is kept without the blanks around it', () => {
  const enrolment = {
    kind: 'enrolmentCertificate',
    recognised: true,
    academicYear: '2025-2026',
    issuedOn: '2026-03-15',
  }
  for (const [proof, field] of [
    [enrolment, 'institution'],
    [{ kind: 'migratedRecord' }, 'source'],
  ] as const) {
    expect(evidence.safeParse({ ...proof, [field]: '  ' }).success).toBe(false)
    expect(evidence.parse({ ...proof, [field]: ' KU Leuven ' })).toEqual({ ...proof, [field]: 'KU Leuven' })
  }
})
