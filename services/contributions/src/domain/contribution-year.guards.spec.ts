import { addMonths, type Cents, isoDate, quarter } from '@ziv/kernel'
import { given } from '@ziv/kernel/testing'
import { describe, expect, it } from 'vitest'
import type { PayContribution, RecordAttest, RecordSlip } from './contribution-year.commands.ts'
import { contributionYear, type YearFacts } from './contribution-year.decide.ts'
import type { ContributionYearEvent } from './contribution-year.events.ts'
import { sendingKey, slipKey } from './contribution-year.ts'
import type { YearAssessment } from './year-assessment.ts'

const id = '0b6f4c53-6b0f-5a52-9f62-94a3f5c5f001'
const outcome: YearAssessment = {
  ...{ regime: 'wage', totalCents: 0, requiredCents: 800_000, met: false, shortCents: 800_000 },
  ...{ payableUntil: '2029-12-31', confidence: 'verified', repairs: [] },
}
const facts: YearFacts = {
  year: 2024,
  today: isoDate('2025-03-01'),
  answerableUntil: (day) => addMonths(day, 1),
  assess: () => outcome,
}
const year = (...past: readonly ContributionYearEvent[]) => given(contributionYear, ...past).on(facts)

const slip: RecordSlip = {
  ...{ type: 'RecordSlip', commandId: 'slip:1', slipId: id, source: 'rsz', employerNumber: '123456789' },
  ...{ quarter: quarter('2024Q1'), amountCents: 100 as Cents, createdAt: 5, arrival: 3, part: 1 },
}
const attest: RecordAttest = {
  ...{ type: 'RecordAttest', commandId: 'attest:1', attestId: id, fundNumber: '005', quarter: quarter('2024Q2') },
  ...{ status: 'unpaid', amountCents: 90_000 as Cents, arrival: 5, part: 1 },
}
const pay: PayContribution = {
  ...{ type: 'PayContribution', commandId: 'payment:1', contributionId: id, paymentId: 'CODA-1' },
  ...{ quarter: quarter('2024Q3'), amountCents: 10_000 as Cents, receivedOn: isoDate('2025-02-01') },
}
/** What a command without its name and id says. */
function content<C extends { readonly type: string; readonly commandId: string }>(command: C) {
  const { type: _, commandId: __, ...data } = command
  return data
}
const recorded = (changes: Partial<RecordSlip> = {}): ContributionYearEvent => ({
  ...{ type: 'SlipRecorded', version: 1, data: content({ ...slip, ...changes }) },
})
const attested: ContributionYearEvent = { type: 'AttestRecorded', version: 1, data: content(attest) }
const paid: ContributionYearEvent = { type: 'PersonalContributionPaid', version: 1, data: content(pay) }
const typesOf = (past: readonly ContributionYearEvent[], command: Parameters<ReturnType<typeof year>['when']>[0]) => {
  const { decision } = year(...past).when(command)
  return decision.ok ? decision.events.map(({ type }) => type) : decision.rejection.code
}

describe('a slip', () => {
  it('is one of its employer and quarter: those of others stand beside it', () => {
    expect(typesOf([recorded()], { ...slip, employerNumber: '987654321' })).toEqual(['SlipRecorded'])
    expect(typesOf([recorded()], { ...slip, quarter: quarter('2024Q2') })).toEqual(['SlipRecorded'])
    const keys = [slipKey('1', '2024Q1'), slipKey('1', '2024Q2'), slipKey('2', '2024Q1')]
    expect(new Set(keys).size).toBe(3)
    expect(
      new Set(
        [
          { arrival: 1, part: 12 },
          { arrival: 11, part: 2 },
        ].map(sendingKey),
      ).size,
    ).toBe(2)
  })

  it('keeps the name it first had when a newer sending corrects, confirms or comes before it', () => {
    const other = { ...slip, slipId: '0b6f4c53-6b0f-5a52-9f62-94a3f5c5f002' }
    for (const [changes, type] of [
      [{ amountCents: 70 as Cents, arrival: 4 }, 'SlipCorrected'],
      [{ createdAt: 6, arrival: 4 }, 'SlipConfirmed'],
      [{ createdAt: 4, arrival: 4 }, 'SlipSuperseded'],
    ] as const) {
      const { decision } = year(recorded()).when({ ...other, ...changes })
      expect(decision.ok && decision.events).toMatchObject([{ type, version: 1, data: { slipId: id } }])
    }
  })

  it('that says nothing but nought in a second record of its sending is news: the record is counted', () => {
    expect(typesOf([recorded()], { ...slip, part: 2, amountCents: 0 as Cents })).toEqual(['SlipCorrected'])
  })

  it('of a sending that was replaced changes nothing when it comes again', () => {
    const correction = { ...slip, amountCents: 70 as Cents, createdAt: 9, arrival: 4 }
    const corrected: ContributionYearEvent = {
      ...{ type: 'SlipCorrected', version: 1, data: { ...content(correction), previousAmountCents: 100 } },
    }
    expect(typesOf([recorded(), corrected], slip)).toEqual([])
    expect(typesOf([recorded(), corrected], { ...slip, part: 2 })).toEqual(['SlipSuperseded'])
  })

  it('is of another sending when it was made at another moment, though it came in together', () => {
    const second = { ...slip, createdAt: 6, part: 2 }
    const corrected: ContributionYearEvent = {
      ...{ type: 'SlipCorrected', version: 1, data: { ...content(second), previousAmountCents: 100 } },
    }
    expect(typesOf([recorded(), corrected], { ...second, part: 1 })).toEqual(['SlipCorrected'])
    expect(typesOf([recorded(), corrected], second)).toEqual([])
  })

  it('is kept as it was sent, with nothing of earlier sendings', () => {
    const { evolve, initialState } = contributionYear
    const { part, ...kept } = content(slip)
    const state = evolve(initialState(), recorded())
    expect(Object.values(state.slips)).toStrictEqual([{ ...kept, parts: [part] }])
    const data = { ...content({ ...slip, arrival: 2 }), supersededBy: { createdAt: 5, arrival: 3 } }
    const after = evolve(state, { type: 'SlipSuperseded', version: 1, data })
    expect(Object.values(after.slips)).toStrictEqual([{ ...kept, parts: [part], superseded: ['2:1'] }])
  })

  it('that was superseded by one that is not on file is our defect', () => {
    const data = { ...content(slip), supersededBy: { createdAt: 9, arrival: 9 } }
    const { evolve, initialState } = contributionYear
    expect(() => evolve(initialState(), { type: 'SlipSuperseded', version: 1, data })).toThrow(/not on file/)
  })
})

describe('an attest received later', () => {
  it.each<[string, Partial<RecordAttest>]>([
    ['with another status', { status: 'dispensed' }],
    ['with another amount', { amountCents: 80_000 as Cents }],
    ['of another fund', { fundNumber: '006' }],
  ])('%s takes the place of the one on file and keeps its name', (_name, changes) => {
    const later = { ...attest, ...changes, arrival: 6 }
    const data = { ...content(later), previousAmountCents: 90_000 }
    year(attested)
      .when({ ...later, attestId: '0b6f4c53-6b0f-5a52-9f62-94a3f5c5f009' })
      .then({ type: 'AttestRecorded', version: 1, data })
    expect(typesOf([attested], { ...attest, ...changes })).toEqual([])
  })

  it('of another quarter stands beside it, and one of nought is an attest', () => {
    expect(typesOf([attested], { ...attest, quarter: quarter('2024Q3') })).toEqual(['AttestRecorded'])
    expect(typesOf([], { ...attest, amountCents: 0 as Cents })).toEqual(['AttestRecorded'])
  })
})

describe('a payment', () => {
  it.each<[string, Partial<PayContribution>]>([
    ['of another amount', { amountCents: 10_001 as Cents }],
    ['for another quarter', { quarter: quarter('2024Q4') }],
    ['of another day', { receivedOn: isoDate('2025-02-02') }],
  ])('%s cannot go by a reference that is known', (_name, changes) => {
    expect(typesOf([paid], { ...pay, ...changes })).toBe('paymentDiffers')
  })

  it('of today counts, and so does one of the last day on which the year can be repaired', () => {
    expect(typesOf([], { ...pay, receivedOn: facts.today })).toEqual(['PersonalContributionPaid'])
    const late = { ...facts, today: isoDate('2030-06-01') }
    const received = (receivedOn: string) => {
      const { decision } = given(contributionYear)
        .on(late)
        .when({ ...pay, receivedOn: isoDate(receivedOn) })
      return decision.ok ? decision.events.length : decision.rejection.code
    }
    expect([received('2029-12-31'), received('2030-01-01')]).toEqual([1, 'paidTooLate'])
  })

  it('of somebody who is self-employed is refused while quarters are not attested, and kept once the year is met', () => {
    const answer = (changes: Partial<YearAssessment>) => {
      const assess = () => ({ ...outcome, regime: 'selfEmployed' as const, ...changes })
      const { decision } = given(contributionYear)
        .on({ ...facts, assess })
        .when(pay)
      return decision.ok ? decision.events.map(({ type }) => type) : decision.rejection.params
    }
    const pays = { kind: 'payComplement', rule: 'minimum.wage', params: { quarters: 'no' } }
    const attests = { kind: 'attestQuarters', rule: 'minimum.selfEmployed', params: { quarters: '2024Q1, 2024Q2' } }
    expect(answer({ repairs: [pays, attests] })).toEqual({ year: 2024, quarters: '2024Q1, 2024Q2' })
    expect(answer({ repairs: [pays] })).toEqual({ year: 2024, quarters: '' })
    expect(answer({ met: true })).toEqual(['PersonalContributionPaid'])
  })
})

describe('the settlement of a year', () => {
  it('keeps the outcome and what repairs it, without the reasons', () => {
    const repairs = [{ kind: 'payComplement', rule: 'minimum.wage', params: { payCents: 1 } }]
    const assess = () => ({ ...outcome, repairs, grounds: ['a reason'] }) as YearAssessment
    given(contributionYear)
      .on({ ...facts, assess })
      .when({ type: 'SettleYear', commandId: 'settle:1' })
      .then({ type: 'YearSettled', version: 1, data: { settledOn: '2025-03-01', ...outcome, repairs } })
  })

  it('does not happen again for a contribution that changes nothing', () => {
    const assess = () => ({ ...outcome, shortCents: 1 })
    const settled: ContributionYearEvent = {
      type: 'YearSettled',
      version: 1,
      data: { settledOn: '2025-02-01', ...outcome },
    }
    given(contributionYear, recorded(), settled)
      .on({ ...facts, assess })
      .when(slip)
      .then()
  })

  it('of a year that was settled before it was over is reviewed at once', () => {
    const assess = () => ({ ...outcome, shortCents: 1 })
    const settled: ContributionYearEvent = {
      type: 'YearSettled',
      version: 1,
      data: { settledOn: '2024-12-31', ...outcome },
    }
    const during = { ...facts, assess, today: isoDate('2024-12-31') }
    given(contributionYear, settled)
      .on(during)
      .when({ type: 'ReviewYear', commandId: 'review:1' })
      .then({ type: 'YearSettled', version: 1, data: { settledOn: '2024-12-31', ...outcome, shortCents: 1 } })
  })
})

it('what this stream does not know is our defect', () => {
  const { decide, evolve, initialState } = contributionYear
  expect(() => decide({ type: 'Nothing' } as never, initialState(), facts)).toThrow('Nothing')
  expect(() => evolve(initialState(), { type: 'Nothing' } as never)).toThrow('Nothing')
  const data = { closedOn: '2025-03-01', outcome: 'full' } as const
  expect(() => evolve(initialState(), { type: 'IncomeProofClosed', version: 1, data })).toThrow('not on file')
})
