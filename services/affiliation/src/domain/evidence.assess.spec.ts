import { expect, test } from 'vitest'
import { assessEvidence } from './evidence.assess.ts'
import type { Evidence } from './evidence.ts'
import type { Claim } from './proofs.define.ts'
import { contract, day, employer, facts } from './testing-facts.ts'

const claim = (kind: string, more: Partial<Claim> = {}): Claim => ({
  ...{
    kind,
    acquiredOn: day('2026-03-15'),
    weighedOn: more.acquiredOn ?? day('2026-03-15'),
    requestedOn: day('2026-03-18'),
    birthDate: day('2010-01-01'),
  },
  ...more,
})
const outcome = (kind: string, proofs: readonly Evidence[], more: Partial<Claim> = {}): string => {
  const verdict = assessEvidence(proofs, claim(kind, more), facts)
  if (verdict.verdict === 'pending') return verdict.waitingFor
  return verdict.verdict === 'refused' ? verdict.rejection.code : 'sufficient'
}

test('an employee shows a proof of the employer, a contract or a slip', () => {
  expect(outcome('EMPLOYEE', [employer])).toBe('sufficient')
  expect(outcome('EMPLOYEE', [contract])).toBe('sufficient')
  expect(outcome('EMPLOYEE', [{ kind: 'contributionSlip', rszNumber: '102077173', quarter: '2026Q1' }])).toBe(
    'sufficient',
  )
  expect(outcome('EMPLOYEE', [])).toBe('evidenceMissing')
  expect(outcome('SELF_EMPLOYED', [employer])).toBe('evidenceNotOfCapacity')
})

test('a student shows an enrolment with a recognised institution', () => {
  const certificate = {
    kind: 'enrolmentCertificate',
    institution: 'Hogeschool',
    academicYear: '2025-2026',
    issuedOn: day('2025-09-15'),
  } as const
  expect(outcome('STUDENT', [{ ...certificate, recognised: true }])).toBe('sufficient')
  expect(outcome('STUDENT', [{ ...certificate, recognised: false }])).toBe('institutionNotRecognised')
  expect(outcome('STUDENT', [])).toBe('evidenceMissing')
})

const card = {
  kind: 'residenceDocument',
  document: 'cardA',
  issuedOn: day('2026-01-01'),
  validUntil: day('2031-01-01'),
} as const
const annex15 = (box: number, supports: readonly string[] = [], modelDate = '2023-03-01'): Evidence =>
  ({ ...card, document: 'annex15', box, modelDate: day(modelDate), supports }) as Evidence

test('cards and annexes 8 prove residence, unless they expired', () => {
  expect(outcome('RESIDENT', [card])).toBe('sufficient')
  expect(outcome('RESIDENT', [{ ...card, document: 'annex8ter' }])).toBe('sufficient')
  expect(outcome('RESIDENT', [{ ...card, validUntil: day('2026-02-01') }])).toBe('documentExpired')
  expect(outcome('RESIDENT', [{ kind: 'nationalRegisterEntry', registeredOn: day('2020-01-01') }])).toBe('sufficient')
  expect(outcome('RESIDENT', [])).toBe('evidenceMissing')
})

test('a card of which no source says that it needs a last day is accepted without one; a card A is not', () => {
  const cards = ['cardB', 'cardK', 'cardL', 'cardEu', 'cardEuPlus', 'cardF', 'cardFPlus', 'cardH', 'cardM'] as const
  const without = (document: (typeof cards)[number] | 'cardA') =>
    outcome('RESIDENT', [{ kind: 'residenceDocument', document, issuedOn: day('2026-01-01') }])
  expect(cards.map(without)).toEqual(cards.map(() => 'sufficient'))
  expect(without('cardA')).toBe('manualDecision')
})

test('an annex 15 is read box by box with the date of its model', () => {
  expect([3, 7, 8].map((box) => outcome('RESIDENT', [annex15(box)]))).toEqual(Array(3).fill('annex15BoxRefused'))
  expect([5, 6].map((box) => outcome('RESIDENT', [annex15(box)]))).toEqual(Array(2).fill('immigrationOffice'))
  expect(outcome('RESIDENT', [annex15(1)])).toBe('sufficient')
  expect(outcome('RESIDENT', [annex15(9)])).toBe('annex15SupportMissing')
  expect(outcome('RESIDENT', [annex15(9, ['visaD'])])).toBe('sufficient')
  expect(outcome('RESIDENT', [annex15(9, ['professionalOrWorkCard'])])).toBe('annex15SupportMissing')
  expect(
    outcome('RESIDENT', [annex15(9, ['professionalOrWorkCard', 'medicalCertificate', 'criminalRecordExtract'])]),
  ).toBe('sufficient')
  expect(outcome('RESIDENT', [annex15(6, [], '2016-01-01')])).toBe('protectionDecisionMissing')
  expect(outcome('RESIDENT', [annex15(6, ['protectionDecision'], '2016-01-01')])).toBe('sufficient')
  expect(outcome('RESIDENT', [{ ...card, document: 'annex15' }])).toBe('evidenceMissing')
})

test('box 5 with the decision of the Immigration Office is decided at once', () => {
  const decision = { kind: 'immigrationOfficeDecision', decidedOn: day('2026-03-10') } as const
  expect(outcome('RESIDENT', [annex15(5), { ...decision, positive: true }])).toBe('sufficient')
  expect(outcome('RESIDENT', [annex15(5), { ...decision, positive: false }])).toBe('decisionNegative')
})

test('a contested document waits for an official, papers of asylum need the protection decision', () => {
  expect(outcome('RESIDENT', [{ ...card, manualDecisionNeeded: true }])).toBe('manualDecision')
  expect(outcome('RESIDENT', [{ ...card, document: 'annex26' }])).toBe('protectionDecisionMissing')
  expect(outcome('RESIDENT', [{ ...card, document: 'annex26', supports: ['protectionDecision'] }])).toBe('sufficient')
})

test('a child shows the act that fits its relation, without a test of income', () => {
  const birth = { kind: 'birthAct', issuedOn: day('2026-03-01') } as const
  const home = { kind: 'householdComposition', issuedOn: day('2026-03-01'), sameAddress: true } as const
  expect(outcome('DEPENDANT_CHILD', [birth])).toBe('sufficient')
  expect(outcome('DEPENDANT_CHILD', [birth], { relation: 'adopted' })).toBe('evidenceMissing')
  expect(outcome('DEPENDANT_CHILD', [birth], { relation: 'partnerChild' })).toBe('evidenceMissing')
  expect(outcome('DEPENDANT_CHILD', [birth, home], { relation: 'partnerChild' })).toBe('sufficient')
  expect(outcome('DEPENDANT_CHILD', [home], { relation: 'foster' })).toBe('evidenceMissing')
  const foster = { kind: 'fosterProof', source: 'judgment', accepted: true, issuedOn: day('2026-03-01') } as const
  expect(outcome('DEPENDANT_CHILD', [foster], { relation: 'foster' })).toBe('sufficient')
})

test('a partner shows marriage or cohabitation, and an income', () => {
  const income = {
    kind: 'incomeProof',
    quarter: '2026Q1',
    grossCents: 100_000,
    source: 'wageSlips',
    ownFreeRight: false,
  } as const
  const wedding = { kind: 'marriageCertificate', marriedOn: day('2026-03-15'), foreign: false } as const
  const home = { kind: 'householdComposition', issuedOn: day('2026-03-15'), sameAddress: true } as const
  expect(outcome('DEPENDANT_SPOUSE', [income, wedding, home])).toBe('sufficient')
  expect(outcome('DEPENDANT_SPOUSE', [income, wedding])).toBe('evidenceMissing')
  expect(outcome('DEPENDANT_SPOUSE', [income, home])).toBe('evidenceMissing')
  const alone = { ...home, holderSpouseInHousehold: false }
  expect(outcome('DEPENDANT_SPOUSE', [income, home], { partnership: 'cohabiting' })).toBe('evidenceMissing')
  expect(outcome('DEPENDANT_SPOUSE', [income, alone], { partnership: 'cohabiting' })).toBe('sufficient')
  expect(outcome('DEPENDANT_SPOUSE', [income, home, alone], { partnership: 'cohabiting' })).toBe('sufficient')
  expect(outcome('DEPENDANT_SPOUSE', [wedding, home])).toBe('evidenceMissing')
  expect(outcome('DEPENDANT_SPOUSE', [income, { ...wedding, foreign: true }, home])).toBe('certificateNotLegalised')
})

test('a record of an earlier system counts in imports only', () => {
  const record = { kind: 'migratedRecord', source: 'old system' } as const
  expect(outcome('EMPLOYEE', [record])).toBe('evidenceNotOfCapacity')
  expect(assessEvidence([record], claim('EMPLOYEE'), { ...facts, acceptsMigratedRecords: true }).verdict).toBe(
    'sufficient',
  )
})
