import { cents, sumCents } from '@ziv/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { advances } from './advances.ts'
import { budgetShares } from './budget-shares.ts'
import { type Convention, priceLine } from './price-line.ts'
import { matchAmount, professions, type TariffRow } from './tariff.ts'

const law = loadLaw()
const insurers = ['100', '200', '300', '400', '500', '600', '900']
const amount = (max: number) => fc.integer({ min: 0, max }).map((value) => cents(value))
const expenditure = fc.array(amount(4_000_000_000_000), { minLength: 7, maxLength: 7 })

describe('budget shares', () => {
  test('add up to the objective to the cent', () => {
    fc.assert(
      fc.property(amount(5_000_000_000_000), expenditure, (objectiveCents, actual) => {
        const rows = insurers.map((insurer, index) => ({ insurer, actualCents: actual[index]! }))
        const { shares } = budgetShares({ year: 2025, objectiveCents, insurers: rows }, law).result
        expect(sumCents(shares.map((share) => share.budgetCents))).toBe(objectiveCents)
      }),
    )
  })

  test('leave an insurer at most a quarter of its result and two percent of its budget', () => {
    fc.assert(
      fc.property(amount(5_000_000_000), expenditure, (objectiveCents, actual) => {
        const rows = insurers.map((insurer, index) => ({ insurer, actualCents: actual[index]! }))
        for (const share of budgetShares({ year: 2025, objectiveCents, insurers: rows }, law).result.shares) {
          expect(Math.abs(share.borneCents)).toBeLessThanOrEqual(Math.abs(share.resultCents) / 4 + 1)
          expect(Math.abs(share.borneCents)).toBeLessThanOrEqual(share.budgetCents / 50 + 1)
          expect(share.borneCents * share.resultCents).toBeGreaterThanOrEqual(0)
          expect(share.dueCents).toBe(share.actualCents + share.borneCents)
        }
      }),
    )
  })

  test('name an insurer that the normative key does not know', () => {
    const rows = [{ insurer: '700', actualCents: cents(1) }]
    expect(() => budgetShares({ year: 2025, objectiveCents: cents(1), insurers: rows }, law)).toThrow(
      'Insurer 700 has no weight in distribution/normative-weights',
    )
  })

  test('rest on assumed values and say so', () => {
    const rows = insurers.map((insurer) => ({ insurer, actualCents: cents(100) }))
    expect(budgetShares({ year: 2025, objectiveCents: cents(700), insurers: rows }, law).confidence).toBe('assumed')
  })
})

test('advances add up to the budget and differ by a cent at most', () => {
  fc.assert(
    fc.property(amount(9_000_000_000_000), (budgetCents) => {
      const { amounts } = advances({ year: 2025, budgetCents }, law).result
      expect(sumCents(amounts)).toBe(budgetCents)
      expect(Math.max(...amounts) - Math.min(...amounts)).toBeLessThanOrEqual(1)
    }),
  )
})

describe('the price of a line', () => {
  const nobody = { preferential: false, gmd: false, chronic: false, referral: false }
  const conventions: readonly Convention[] = ['conventioned', 'partial', 'nonConventioned']
  const anyRow = fc.record({ fee: fc.integer({ min: 0, max: 500_000 }), share: fc.integer({ min: 0, max: 100 }) })

  test('loses no cent and never pays more than is asked', () => {
    fc.assert(
      fc.property(
        anyRow,
        fc.constantFrom(...professions),
        fc.constantFrom(...conventions),
        fc.option(amount(3_000_000), { nil: undefined }),
        fc.integer({ min: 1, max: 9 }),
        ({ fee, share }, profession, convention, askedCents, units) => {
          const interventionCents = cents(Math.floor((fee * share) / 100))
          const row = rowOf({ profession, feeCents: cents(fee), amounts: [{ when: {}, interventionCents }] })
          const line = { careDate: row.from, ...nobody, convention, units }
          const asked = askedCents === undefined ? {} : { askedCents }
          const { result } = priceLine(row, { ...line, ...asked }, law)
          const total = result.interventionCents + result.patientShareCents + result.supplementCents
          expect(total).toBe(askedCents ?? fee * units)
          for (const part of [result.interventionCents, result.patientShareCents, result.supplementCents]) {
            expect(part).toBeGreaterThanOrEqual(0)
          }
        },
      ),
    )
  })

  test('takes the amount with most conditions that hold', () => {
    const amounts = [
      { when: {}, interventionCents: cents(1) },
      { when: { preferential: true }, interventionCents: cents(2) },
      { when: { preferential: true, gmd: true }, interventionCents: cents(3) },
      { when: { ageBelow: 10, preferential: true, gmd: true }, interventionCents: cents(4) },
    ]
    const day = rowOf({}).from
    const choose = (preferential: boolean, gmd: boolean) =>
      matchAmount(amounts, { ...nobody, careDate: day, preferential, gmd })
    expect([choose(false, true), choose(true, false), choose(true, true)].map((one) => one?.interventionCents)).toEqual(
      [1, 2, 3],
    )
  })

  test('says so when the tariff has no amount for the situation', () => {
    const row = rowOf({ amounts: [{ when: { preferential: true }, interventionCents: cents(1) }] })
    const line = { careDate: row.from, ...nobody, convention: 'conventioned' as const }
    expect(priceLine(row, line, law).outcome).toBe('refused')
  })

  test('is never made up where a table says no share of the patient', () => {
    const row = rowOf({ patientShareParameter: 'reimbursement/maf-fixed-ceilings' })
    const line = { careDate: row.from, ...nobody, convention: 'conventioned' as const }
    expect(() => priceLine(row, line, law)).toThrow('maf-fixed-ceilings says no share of the patient for normal')
  })
})

function rowOf(given: Partial<TariffRow>): TariffRow {
  const from = '2024-01-01' as TariffRow['from']
  return {
    code: '101076',
    from,
    to: null,
    profession: 'doctor',
    feeCents: cents(3181),
    confidence: 'verified',
    ...given,
  }
}
