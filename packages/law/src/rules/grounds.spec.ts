import { cents, isoDate } from '@ziv/kernel'
import { describe, expect, it, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { advances } from './advances.ts'
import { budgetShares } from './budget-shares.ts'
import { reasonsOf } from './testing-reasons.ts'
import { waitingPeriod } from './waiting-period.ts'

const law = loadLaw()

test('advances cite the year, the budget and their number', () => {
  const decided = advances({ year: 2025, budgetCents: cents(1_201) }, law)
  expect(decided.outcome).toBe('granted')
  expect(reasonsOf(decided)).toEqual([
    {
      ...{ rule: 'distribution.advances', satisfied: true, facts: { year: 2025, budgetCents: 1_201 } },
      parameters: ['distribution/advances-per-year'],
    },
  ])
})

describe('the stage after a lapse', () => {
  const registeredOn = isoDate('2025-03-10')
  const unpaid = { referenceYear: 2022, shortCents: 4_200, eventId: 'e1' }

  it('lasts six months, says on which year it rests, and how to do without it', () => {
    const decided = waitingPeriod({ registeredOn, unpaid }, law)
    expect(decided).toMatchObject({
      ...{ outcome: 'refused', confidence: 'derived' },
      result: { from: '2025-03-10', to: '2025-09-09', opensOn: '2025-09-10' },
    })
    expect(reasonsOf(decided)).toEqual([
      {
        ...{ rule: 'opening.waitingPeriod', satisfied: false },
        facts: { registeredOn, referenceYear: 2022, opensOn: '2025-09-10', months: 6 },
        parameters: ['rights/waiting-period-months', 'contributions/repair-years', 'rights/lapse'],
      },
    ])
    expect(decided.grounds[0]?.facts.map(({ eventId }) => eventId)).toContain('e1')
    expect(decided.repairs).toEqual([
      {
        ...{ rule: 'opening.waitingPeriod', kind: 'payLapsed', until: '2027-12-31' },
        params: { referenceYear: 2022, shortCents: 4_200, registeredOn },
      },
    ])
  })

  it('cannot be paid away after the last day on which the year can be repaired', () => {
    const repairsOn = (day: string) => waitingPeriod({ registeredOn: isoDate(day), unpaid }, law).repairs
    expect(repairsOn('2027-12-31')).toHaveLength(1)
    expect(repairsOn('2028-01-01')).toEqual([])
  })

  it('does not exist for who lapsed for another reason', () => {
    expect(waitingPeriod({ registeredOn, unpaid: null }, law)).toMatchObject({
      ...{ outcome: 'granted', grounds: [], result: { from: registeredOn, to: null, opensOn: registeredOn } },
    })
  })
})

describe('budget shares', () => {
  const share = (actualCents: number, normativeCents?: number) => ({
    ...{ insurer: '300', actualCents: cents(actualCents) },
    ...(normativeCents === undefined ? {} : { normativeCents: cents(normativeCents) }),
  })
  const other = (actualCents: number, normativeCents?: number) => ({
    ...share(actualCents, normativeCents),
    insurer: '500',
  })
  const decide = (...insurers: ReturnType<typeof share>[]) =>
    budgetShares({ year: 2025, objectiveCents: cents(100_000), insurers }, law)
  const budgetsOf = (...insurers: ReturnType<typeof share>[]) =>
    decide(...insurers).result.shares.map(({ budgetCents }) => budgetCents)

  it('weigh actual expenditure for 70 and normative for 30 percent', () => {
    expect(budgetsOf(share(1_000, 3_000), other(1_000, 1_000))).toEqual([57_500, 42_500])
    expect(budgetsOf(share(0, 3_000), other(0, 1_000))).toEqual([75_000, 25_000])
    expect(budgetsOf(share(1_000, 0), other(3_000, 0))).toEqual([25_000, 75_000])
  })

  it('let an insurer bear a quarter of its result, at most two percent of its budget, with its sign', () => {
    const [little, much] = [decide(share(49_600, 1), other(49_600, 1)), decide(share(90_000, 1), other(90_000, 1))]
    expect(little.result.shares[0]).toMatchObject({
      budgetCents: 50_000,
      resultCents: 400,
      borneCents: 100,
      dueCents: 49_700,
    })
    expect(much.result.shares[0]).toMatchObject({ resultCents: -40_000, borneCents: -1_000, dueCents: 89_000 })
  })

  it('cite the key only when normative expenditure is missing', () => {
    const facts = { year: 2025, objectiveCents: 100_000 }
    const weights = ['distribution/actual-weight', 'distribution/normative-weight']
    const borne = ['distribution/borne-part', 'distribution/borne-cap']
    const expected = (parameters: readonly string[]) => [
      { rule: 'distribution.share', satisfied: true, facts, parameters },
      { rule: 'distribution.borne', satisfied: true, facts: { year: 2025 }, parameters: borne },
    ]
    expect(reasonsOf(decide(share(1, 1), other(1, 1)))).toEqual(expected(weights))
    expect(reasonsOf(decide(share(1, 1), other(1)))).toEqual(expected([...weights, 'distribution/normative-weights']))
  })
})
