import { cents, isoDate, quarter } from '@ziv/kernel'
import { describe, expect, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { assessReferenceYear } from './assess-reference-year.ts'
import { answerableUntil, awaitIncomeProof, incomeCounts, isProvisional, provisionalGround } from './income-proof.ts'
import { reasonsOf } from './testing-reasons.ts'

const law = loadLaw()

test.each([
  ['RESIDENT', true],
  ['STUDENT', false],
  ['EMPLOYEE', false],
  ['SELF_EMPLOYED', false],
  ['DEPENDANT_CHILD', false],
])('whether a lower income lowers what a %s owes: %s', (capacity, counts) => {
  expect(incomeCounts(capacity, quarter('2024Q1'), law)).toBe(counts)
})

test('whoever is asked for a proof has a month at least', () => {
  expect(answerableUntil(isoDate('2024-03-05'), law)).toBe('2024-04-05')
  expect(answerableUntil(isoDate('2024-01-31'), law)).toBe('2024-02-29')
})

describe('a year that waits for proof of the family income', () => {
  const quarters = [{ quarter: quarter('2024Q1'), capacity: 'RESIDENT' as const, paidCents: cents(0) }]
  const short = assessReferenceYear({ regime: 'personal', referenceYear: 2024, quarters }, law)
  const request = { askedOn: isoDate('2025-03-05'), answerUntil: isoDate('2025-04-05'), eventId: 'e1' }

  test('is neither met nor closed: the proof comes first of what repairs it', () => {
    const open = awaitIncomeProof(short, null, law)
    expect(open.result).toMatchObject({ met: false, awaits: 'incomeProof' })
    expect(open.repairs).toEqual([
      {
        ...{ rule: 'minimum.personal', kind: 'proveIncome', until: '2029-12-31' },
        params: { referenceYear: 2024 },
      },
      ...short.repairs,
    ])
    expect(reasonsOf(open).at(-1)).toMatchObject({
      ...{ rule: 'minimum.incomeProof', satisfied: false, facts: { referenceYear: 2024, askedOn: null } },
      parameters: ['contributions/income-proof-first'],
    })
  })

  test('says since when it was asked, by which event, and until when it can be given', () => {
    const open = awaitIncomeProof(short, request, law)
    expect(open.repairs[0]).toMatchObject({
      ...{ kind: 'proveIncomeAsked', params: { referenceYear: 2024, answerUntil: '2025-04-05' } },
    })
    expect(reasonsOf(open).at(-1)?.facts).toEqual({
      referenceYear: 2024,
      askedOn: '2025-03-05',
      answerUntil: '2025-04-05',
    })
    expect(open.grounds.at(-1)?.facts.find(({ name }) => name === 'askedOn')?.eventId).toBe('e1')
  })

  test('asks nothing of a year that nothing repairs any more', () => {
    expect(awaitIncomeProof({ ...short, repairs: [] }, null, law).repairs).toEqual([])
  })
})

test('a right that was granted while its year was open says so', () => {
  const ground = provisionalGround(2024, 'e1')
  expect(ground).toMatchObject({ satisfied: true, facts: [{ name: 'referenceYear', value: 2024, eventId: 'e1' }] })
  expect([isProvisional([ground]), isProvisional([{ rule: 'prolongation.capacity' }])]).toEqual([true, false])
})
