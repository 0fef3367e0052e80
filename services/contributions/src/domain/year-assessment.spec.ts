import type { YearDecision } from '@ziv/law'
import { describe, expect, it } from 'vitest'
import { type KeptRepair, outcomeOf, sameOutcome, type YearAssessment } from './year-assessment.ts'

const repair: KeptRepair = {
  ...{ rule: 'minimum.wage', kind: 'payComplement', until: '2028-12-31' },
  params: { referenceYear: 2023, payCents: 16_351 },
}
const short: YearAssessment = {
  ...{ regime: 'wage', totalCents: 700_000, requiredCents: 800_000, met: false, shortCents: 100_000 },
  ...{ payableUntil: '2028-12-31', confidence: 'verified', repairs: [repair] },
}
const ofRepair = (changes: Partial<KeptRepair>): Partial<YearAssessment> => ({ repairs: [{ ...repair, ...changes }] })

describe('a settled year is told again', () => {
  it.each<[string, Partial<YearAssessment>]>([
    ['another kind of contribution is due', { regime: 'personal' }],
    ['it is met', { met: true }],
    ['another amount is asked', { requiredCents: 900_000 }],
    ['another amount is missing', { shortCents: 99_999 }],
    ['it waits for a proof', { awaits: 'incomeProof' }],
    ['nothing repairs it any more', { repairs: [] }],
    ['something else repairs it too', { repairs: [repair, repair] }],
    ['a repair repairs another rule', ofRepair({ rule: 'minimum.personal' })],
    ['another thing repairs it', ofRepair({ kind: 'residentRegistration' })],
    ['it can be repaired until another day', ofRepair({ until: '2029-12-31' })],
    ['it can be repaired for ever', ofRepair({ until: undefined })],
    ['another amount repairs it', ofRepair({ params: { referenceYear: 2023, payCents: 1 } })],
    ['less is said of what repairs it', ofRepair({ params: { referenceYear: 2023 } })],
    ['more is said of what repairs it', ofRepair({ params: { ...repair.params, quarters: '2023Q1' } })],
  ])('when %s', (_name, changes) => {
    expect(sameOutcome(short, { ...short, ...changes })).toBe(false)
    expect(sameOutcome({ ...short, ...changes }, short)).toBe(false)
  })

  it('not for more wage on a year with the same outcome, nor for the order in which a store keeps what repairs it', () => {
    expect(sameOutcome(short, { ...short, totalCents: 1 })).toBe(true)
    const turned = { payCents: 16_351, referenceYear: 2023 }
    expect(sameOutcome(short, { ...short, ...ofRepair({ params: turned }) })).toBe(true)
    expect(sameOutcome({ ...short, repairs: [] }, { ...short, repairs: [] })).toBe(true)
  })
})

it('what is told of a year is its outcome with what repairs it and the reasons', () => {
  const { repairs, ...result } = short
  const grounds = [{ rule: 'minimum.wage', text: 'minimum.short', params: {} }] as never
  const decision = { result: { referenceYear: 2023, ...result }, repairs, grounds } as unknown as YearDecision
  expect(outcomeOf(decision)).toEqual({ ...short, grounds })
})
