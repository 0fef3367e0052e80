import { addMonths, type Cents, isoDate, quarter } from '@ziv/kernel'
import { given } from '@ziv/kernel/testing'
import { describe, it } from 'vitest'
import type { PayContribution, RecordAttest, RecordSlip } from './contribution-year.commands.ts'
import { contributionYear, type YearFacts } from './contribution-year.decide.ts'
import type { ContributionYearEvent } from './contribution-year.events.ts'
import type { YearState } from './contribution-year.ts'
import type { YearAssessment } from './year-assessment.ts'

const slipId = '0b6f4c53-6b0f-5a52-9f62-94a3f5c5f001'
const required = 800_000
const assess = (state: YearState): YearAssessment => {
  const wages = Object.values(state.slips).reduce((sum, slip) => sum + slip.amountCents, 0)
  const paid = Object.values(state.payments).reduce((sum, payment) => sum + payment.amountCents, 0)
  const shortCents = Math.max(0, required - wages - paid)
  return {
    regime: 'wage',
    totalCents: wages + paid,
    requiredCents: required,
    met: shortCents === 0,
    shortCents,
    payableUntil: '2029-12-31',
    confidence: 'verified',
    repairs: [],
  }
}
const facts: YearFacts = {
  year: 2024,
  today: isoDate('2025-03-01'),
  answerableUntil: (day) => addMonths(day, 1),
  assess,
}

const slip = (amountCents: number, arrival = 1, part = 1, createdAt = 1): RecordSlip => ({
  type: 'RecordSlip',
  commandId: `slip:${arrival}:${part}`,
  slipId,
  source: 'rsz',
  employerNumber: '123456789',
  quarter: quarter('2024Q1'),
  amountCents: amountCents as Cents,
  createdAt,
  arrival,
  part,
})
const recorded = (amountCents: number, arrival = 1, part = 1, createdAt = 1): ContributionYearEvent => {
  return { type: 'SlipRecorded', version: 1, data: recordedData(amountCents, arrival, part, createdAt) }
}
const recordedData = (amountCents: number, arrival: number, part: number, createdAt: number) => {
  const { type: _, commandId: __, ...data } = slip(amountCents, arrival, part, createdAt)
  return data
}
const corrected = (
  amountCents: number,
  previousAmountCents: number,
  arrival: number,
  part = 1,
): ContributionYearEvent => {
  const { type: _, commandId: __, ...data } = slip(amountCents, arrival, part)
  return { type: 'SlipCorrected', version: 1, data: { ...data, previousAmountCents } }
}
const settled = (amountCents: number, settledOn = '2025-03-01'): ContributionYearEvent => {
  const state = contributionYear.evolve(contributionYear.initialState(), recorded(amountCents))
  return { type: 'YearSettled', version: 1, data: { settledOn, ...assess(state) } }
}
const attest: RecordAttest = {
  type: 'RecordAttest',
  commandId: 'attest:1',
  attestId: slipId,
  fundNumber: '005',
  quarter: quarter('2024Q2'),
  status: 'unpaid',
  amountCents: 90_000 as Cents,
  arrival: 5,
  part: 1,
}
const attested = (over: object = {}): ContributionYearEvent => {
  const { type: _, commandId: __, ...data } = attest
  return { type: 'AttestRecorded', version: 1, data: { ...data, ...over } }
}
const pay: PayContribution = {
  type: 'PayContribution',
  commandId: 'payment:1',
  contributionId: slipId,
  paymentId: 'CODA-1',
  quarter: quarter('2024Q3'),
  amountCents: 10_000 as Cents,
  receivedOn: isoDate('2025-02-01'),
}
const paid = (): ContributionYearEvent => {
  const { type: _, commandId: __, ...data } = pay
  return { type: 'PersonalContributionPaid', version: 1, data }
}
const year = (...past: readonly ContributionYearEvent[]) => given(contributionYear, ...past).on(facts)

describe('a slip', () => {
  it('is recorded with its wage', () => year().when(slip(100)).then(recorded(100)))
  it('of zero is recorded: the employer declared no wage', () => year().when(slip(0)).then(recorded(0)))
  it('with the same amount again is no news', () => year(recorded(100)).when(slip(100, 2)).then())
  it('with another amount replaces and names the amount before', () =>
    year(recorded(100))
      .when(slip(70, 2))
      .then(corrected(70, 100, 2)))
  it('of the same moment that was received before the one on file is superseded by it', () => {
    const supersededBy = { createdAt: 1, arrival: 5 }
    year(recorded(100, 5))
      .when(slip(70, 2))
      .then({ type: 'SlipSuperseded', version: 1, data: { ...recordedData(70, 2, 1, 1), supersededBy } })
  })
  it('that was made before the one on file and comes after it is recorded as superseded, once', () => {
    const late = slip(70, 2, 1, 5)
    const { type: _, commandId: __, ...content } = late
    const supersededBy = { createdAt: 9, arrival: 1 }
    const superseded = { type: 'SlipSuperseded', version: 1, data: { ...content, supersededBy } } as const
    year(recorded(100, 1, 1, 9))
      .when(late)
      .then(superseded)
    year(recorded(100, 1, 1, 9), superseded)
      .when(late)
      .then()
  })
  it('made after the one on file replaces it, though it was received before', () =>
    year(recorded(100, 5, 1, 1))
      .when(slip(70, 2, 1, 5))
      .then({ type: 'SlipCorrected', version: 1, data: { ...recordedData(70, 2, 1, 5), previousAmountCents: 100 } }))
  it('made later with the same amount keeps one in between from taking its place', () => {
    const confirmed = { type: 'SlipConfirmed', version: 1, data: recordedData(100, 2, 1, 9) } as const
    year(recorded(100))
      .when(slip(100, 2, 1, 9))
      .then(confirmed)
    const between = slip(70, 3, 1, 5)
    const supersededBy = { createdAt: 9, arrival: 2 }
    year(recorded(100), confirmed)
      .when(between)
      .then({ type: 'SlipSuperseded', version: 1, data: { ...recordedData(70, 3, 1, 5), supersededBy } })
  })
  it('of the same sending in another record adds up', () =>
    year(recorded(100, 3, 1))
      .when(slip(20, 3, 9))
      .then(corrected(120, 100, 3, 9)))
  it('of the same sending and record again changes nothing', () =>
    year(recorded(100, 3, 1))
      .when(slip(20, 3, 1))
      .then())
  it('of less than nothing is refused', () =>
    year().when(slip(-1)).thenRejected('amountImpossible', { amountCents: -1 }))
  it('of another year is refused', () =>
    year()
      .when({ ...slip(1), quarter: quarter('2023Q4') })
      .thenRejected('quarterOfAnotherYear', { quarter: '2023Q4' }))
})

describe('an attest', () => {
  it('is recorded with its status', () => year().when(attest).then(attested()))
  it('replaces what the fund said before of the quarter', () =>
    year(attested())
      .when({ ...attest, status: 'paid', arrival: 6 })
      .then(attested({ status: 'paid', arrival: 6, previousAmountCents: 90_000 })))
  it('that says the same is confirmed: one received before it and worked on after it changes nothing', () => {
    const { type: _, commandId: __, ...content } = attest
    const confirmed = { type: 'AttestConfirmed', version: 1, data: { ...content, arrival: 7 } } as const
    year(attested())
      .when({ ...attest, arrival: 7 })
      .then(confirmed)
    year(attested(), confirmed)
      .when({ ...attest, status: 'paid', arrival: 6 })
      .then()
  })
  it('of a later line of the same file replaces, one of an earlier line does not', () => {
    year(attested({ part: 2 }))
      .when({ ...attest, status: 'paid', part: 3 })
      .then(attested({ status: 'paid', part: 3, previousAmountCents: 90_000 }))
    year(attested({ part: 2 }))
      .when({ ...attest, status: 'paid', part: 1 })
      .then()
  })
  it('received before the one on file changes nothing', () =>
    year(attested())
      .when({ ...attest, status: 'paid', arrival: 4 })
      .then())
  it('of less than nothing is refused, like a slip', () =>
    year()
      .when({ ...attest, amountCents: -5 as Cents })
      .thenRejected('amountImpossible', { amountCents: -5 }))
  it('of another year is refused, like a slip', () =>
    year()
      .when({ ...attest, quarter: quarter('2025Q1') })
      .thenRejected('quarterOfAnotherYear', { quarter: '2025Q1' }))
})

describe('a payment', () => {
  it('is recorded once under its reference', () => year(paid()).when(pay).then())
  it('is recorded', () => year().when(pay).then(paid()))
  it('under a known reference with other content is refused', () =>
    year(paid())
      .when({ ...pay, amountCents: 1 as Cents })
      .thenRejected('paymentDiffers', { paymentId: 'CODA-1' }))
  it('of nothing is refused', () =>
    year()
      .when({ ...pay, amountCents: 0 as Cents })
      .thenRejected('amountImpossible', { amountCents: 0 }))
  it('for another year is refused', () =>
    year()
      .when({ ...pay, quarter: quarter('2023Q1') })
      .thenRejected('quarterOfAnotherYear', { quarter: '2023Q1' }))
  it('received tomorrow is refused', () =>
    year()
      .when({ ...pay, receivedOn: isoDate('2025-03-02') })
      .thenRejected('receivedInFuture', { receivedOn: '2025-03-02' }))
  it('received more than a year before its quarter is refused as a mistyped day', () => {
    year()
      .when({ ...pay, receivedOn: isoDate('2023-07-01') })
      .then({ ...paid(), data: { ...paid().data, receivedOn: '2023-07-01' } } as ContributionYearEvent)
    year()
      .when({ ...pay, receivedOn: isoDate('2023-06-30') })
      .thenRejected('receivedLongBefore', { receivedOn: '2023-06-30', quarter: '2024Q3' })
  })
  it('after 31 December of the fifth year is refused', () =>
    given(contributionYear)
      .on({ ...facts, today: isoDate('2030-06-01') })
      .when({ ...pay, receivedOn: isoDate('2030-01-01') })
      .thenRejected('paidTooLate', { year: 2024, payableUntil: '2029-12-31', receivedOn: '2030-01-01' }))
})

describe('the settlement of a year', () => {
  const settle = { type: 'SettleYear', commandId: 'settle:1' } as const
  it('records the outcome', () => year(recorded(100)).when(settle).then(settled(100)))
  it('again with the same outcome is no news', () => year(recorded(100), settled(100)).when(settle).then())
  it('of a year that still runs is refused', () =>
    given(contributionYear)
      .on({ ...facts, today: isoDate('2024-12-31') })
      .when(settle)
      .thenRejected('yearNotOver', { year: 2024, end: '2024-12-31' }))
  it('happens again when a late slip changes the outcome', () =>
    year(recorded(100), settled(100))
      .when(slip(900_000, 2))
      .then(corrected(900_000, 100, 2), settled(900_000)))
  it('does not happen again when the year was met and stays met', () =>
    year(recorded(900_000), settled(900_000))
      .when(slip(950_000, 2))
      .then(corrected(950_000, 900_000, 2)))
  it('happens again when a payment changes what is missing', () => {
    const { settledOn: _, ...before } = settled(100).data as { settledOn: string } & YearAssessment
    const after = { ...before, totalCents: before.totalCents + 10_000, shortCents: before.shortCents - 10_000 }
    year(recorded(100), settled(100))
      .when(pay)
      .then(paid(), { type: 'YearSettled', version: 1, data: { settledOn: '2025-03-01', ...after } })
  })
})

describe('a payment that cannot help', () => {
  const unpaid = { kind: 'attestQuarters', rule: 'minimum.selfEmployed', params: { quarters: '2024Q2' } }
  const ofSelfEmployed = (...repairs: readonly (typeof unpaid)[]): YearFacts => ({
    ...facts,
    assess: (state) => ({ ...assess(state), regime: 'selfEmployed', met: false, repairs }),
  })
  it('is refused with what helps: the fund has to attest the quarters', () => {
    given(contributionYear)
      .on(ofSelfEmployed(unpaid))
      .when(pay)
      .thenRejected('fundMustAttest', { year: 2024, quarters: '2024Q2' })
  })
  it('is taken where the year tells that one is due beside the attests', () => {
    const due = { kind: 'payQuarters', rule: 'minimum.personal', params: { quarters: '2024Q4' } }
    given(contributionYear).on(ofSelfEmployed(unpaid, due)).when(pay).then(paid())
  })
})

describe('a fact outside a year that waits for its settlement', () => {
  const assessing = { type: 'AssessYear', commandId: 'assess:1' } as const
  const told = (totalCents: number): ContributionYearEvent => {
    const { settledOn: assessedOn, ...outcome } = (settled(totalCents) as { data: { settledOn: string } })
      .data as never as {
      settledOn: string
    } & YearAssessment
    return { type: 'YearAssessed', version: 1, data: { assessedOn, ...outcome } }
  }
  it('tells how the year stands, and does not settle it', () => year(recorded(100)).when(assessing).then(told(100)))
  it('tells it once', () => year(recorded(100), told(100)).when(assessing).then())
  it('tells it again when a slip told something else in between', () =>
    year(recorded(100), told(100), recorded(700)).when(assessing).then(told(700)))
  it('tells it again when it stands differently', () => year(recorded(100), told(50)).when(assessing).then(told(100)))
  it('settles a settled year again instead', () => year(recorded(100), settled(50)).when(assessing).then(settled(100)))
})

describe('a review after a fact outside the year changed', () => {
  const review = { type: 'ReviewYear', commandId: 'review:1' } as const
  it('leaves a year alone that still runs', () =>
    given(contributionYear, recorded(100))
      .on({ ...facts, today: isoDate('2024-12-31') })
      .when(review)
      .then())
  it('decides a year that is over, also before its settlement run', () =>
    year(recorded(100)).when(review).then(settled(100)))
  it('settles again when the outcome is another', () =>
    year(recorded(100), settled(50)).when(review).then(settled(100)))
  it('leaves a settled year with the same outcome', () => year(recorded(100), settled(100)).when(review).then())
})
