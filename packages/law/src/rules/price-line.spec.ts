import { cents, isoDate, LANGUAGES } from '@ziv/kernel'
import { describe, expect, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { renderGround } from '../render/render.ts'
import { type LineSituation, priceLine } from './price-line.ts'
import type { TariffRow } from './tariff.ts'
import { reasonsOf } from './testing-reasons.ts'

const law = loadLaw()
const row: TariffRow = {
  ...{ code: '102093', from: isoDate('2024-01-01'), to: null, profession: 'doctor', feeCents: cents(4456) },
  confidence: 'verified',
  ...{ patientShareParameter: 'reimbursement/patient-share-specialist', referralReduces: true },
}
const line: LineSituation = {
  ...{ careDate: isoDate('2024-06-03'), preferential: false, gmd: false, referral: false, chronic: false },
  ...{ convention: 'conventioned', eventId: 'e1' },
}
const price = (changes: Partial<LineSituation> = {}, tariff: Partial<TariffRow> = {}) =>
  priceLine({ ...row, ...tariff }, { ...line, ...changes }, law)

const asked = { code: '102093', careDate: '2024-06-03', preferential: false, gmd: false }
const tariff = (interventionCents: number, patientShareCents: number, ...parameters: readonly string[]) => ({
  ...{ rule: 'price.tariff', satisfied: true, facts: { ...asked, interventionCents, patientShareCents } },
  parameters: ['reimbursement/patient-share-specialist', ...parameters],
})

describe('the price of a line says', () => {
  test('what it is made of, and the share of the patient that it cites', () => {
    const decided = price()
    expect(decided).toMatchObject({ outcome: 'granted', confidence: 'verified', repairs: [] })
    expect(reasonsOf(decided)).toEqual([tariff(3256, 1200)])
    expect(decided.grounds[0]?.facts.find(({ name }) => name === 'careDate')?.eventId).toBe('e1')
    expect(price({}, { confidence: 'assumed' }).confidence).toBe('assumed')
  })

  test('by how much a referral lowers it', () => {
    expect(reasonsOf(price({ referral: true }))).toEqual([tariff(3756, 700, 'reimbursement/referral-reduction')])
  })

  test('that a day outside the tariff has none', () => {
    const decided = price({ careDate: isoDate('2023-12-31') })
    expect(decided).toMatchObject({ outcome: 'refused', result: { officialFeeCents: 0, interventionCents: 0 } })
    const facts = { ...asked, careDate: '2023-12-31' }
    expect(reasonsOf(decided)).toEqual([{ rule: 'price.tariff', satisfied: false, facts, parameters: [] }])
  })

  test('at whom the intervention is lower, by which part', () => {
    const decided = price({ convention: 'nonConventioned' }, { profession: 'physiotherapist' })
    expect(reasonsOf(decided)[1]).toEqual({
      ...{
        rule: 'price.nonConventioned',
        satisfied: true,
        facts: { profession: 'physiotherapist', reductionCents: 814 },
      },
      parameters: ['reimbursement/non-conventioned-reduction-physiotherapist'],
    })
    const same = price({ convention: 'nonConventioned' }, { profession: 'dentist' }).grounds[1]!
    expect(same).toMatchObject({ rule: 'price.nonConventioned', satisfied: false })
    for (const language of LANGUAGES) expect(renderGround(same, language)).not.toMatch(/0[.,]00/)
  })
})

describe('a supplement', () => {
  const dear = { askedCents: cents(5000) }
  const reasons = (changes: Partial<LineSituation>) => reasonsOf(price({ ...dear, ...changes })).slice(1)

  test('of a provider bound by the agreement is not allowed: at most the fee can be asked', () => {
    const decided = price(dear)
    expect(decided.result).toMatchObject({ supplementCents: 544, supplementAllowed: false })
    expect(reasons({})).toMatchObject([
      { rule: 'price.supplement', satisfied: false, facts: { supplementCents: 544, convention: 'conventioned' } },
    ])
    const rule = 'price.supplement'
    expect(decided.repairs).toEqual([{ rule, kind: 'askAtMost', params: { maximumCents: 4456 } }])
    expect(price({ ...dear, convention: 'partial', withinAgreement: true }).repairs).toEqual(decided.repairs)
  })

  test.each<Partial<LineSituation>>([
    { convention: 'nonConventioned' },
    { convention: 'partial', withinAgreement: false },
  ])('of whoever is not bound is allowed: %j', (changes) => {
    const decided = price({ ...dear, ...changes })
    expect(decided).toMatchObject({ result: { supplementCents: 544, supplementAllowed: true }, repairs: [] })
    expect(reasons(changes).at(-1)).toMatchObject({ rule: 'price.supplement', satisfied: true })
  })

  test('is neither where nobody says whether the agreement held: the answer names both amounts', () => {
    const decided = price({ ...dear, convention: 'partial' })
    expect(decided.result).not.toHaveProperty('supplementAllowed')
    expect(reasons({ convention: 'partial' })).toMatchObject([
      { rule: 'price.agreementTime', satisfied: false, facts: { officialFeeCents: 4456, askedCents: 5000 } },
    ])
    const params = { withinCents: 4456, outsideCents: 5000 }
    expect(decided.repairs).toEqual([{ rule: 'price.agreementTime', kind: 'tellAgreementTime', params }])
  })

  test('that is not asked is no reason of its own, whoever the provider is', () => {
    for (const convention of ['conventioned', 'partial', 'nonConventioned'] as const) {
      const decided = price({ convention, askedCents: row.feeCents })
      expect(decided.result.supplementAllowed).toBe(true)
      expect(decided.grounds.map(({ rule }) => rule)).not.toContain('price.supplement')
    }
  })
})
