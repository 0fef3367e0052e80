import { addMonths, isoDate } from '@ziv/kernel'
import { given } from '@ziv/kernel/testing'
import { describe, it } from 'vitest'
import type { AskIncomeProof, CloseIncomeProof } from './contribution-year.commands.ts'
import { contributionYear, type YearFacts } from './contribution-year.decide.ts'
import type { ContributionYearEvent } from './contribution-year.events.ts'
import type { YearState } from './contribution-year.ts'
import type { YearAssessment } from './year-assessment.ts'

const short: YearAssessment = {
  ...{ regime: 'personal', totalCents: 0, requiredCents: 353_836, met: false, shortCents: 353_836 },
  ...{ payableUntil: '2029-12-31', confidence: 'assumed', repairs: [] },
}
const proveBy = (answerUntil?: string): YearAssessment => ({
  ...{ ...short, awaits: 'incomeProof' },
  repairs: [
    {
      rule: 'minimum.personal',
      kind: answerUntil === undefined ? 'proveIncome' : 'proveIncomeAsked',
      params: answerUntil === undefined ? {} : { answerUntil },
    },
  ],
})
const closed = short
const assess = ({ income }: YearState): YearAssessment => (income?.closed ? closed : proveBy(income?.answerUntil))
const facts = (today: string): YearFacts => ({
  ...{ year: 2024, today: isoDate(today), assess },
  answerableUntil: (day) => addMonths(day, 1),
})
const year = (today: string, ...past: readonly ContributionYearEvent[]) =>
  given(contributionYear, ...past).on(facts(today))

const ask = (askedOn: string, answerUntil: string): AskIncomeProof => ({
  ...{ type: 'AskIncomeProof', commandId: `ask:${askedOn}` },
  ...{ askedOn: isoDate(askedOn), answerUntil: isoDate(answerUntil) },
})
const close = (outcome: 'notGiven' | 'full'): CloseIncomeProof => ({
  ...{ type: 'CloseIncomeProof', commandId: `close:${outcome}`, outcome },
})
const asked = (askedOn = '2025-03-01', answerUntil = '2025-04-01'): ContributionYearEvent => ({
  ...{ type: 'IncomeProofAsked', version: 1, data: { askedOn, answerUntil } },
})
const ended = (closedOn: string, outcome: 'notGiven' | 'full'): ContributionYearEvent => ({
  ...{ type: 'IncomeProofClosed', version: 1, data: { closedOn, outcome } },
})
const told = (assessedOn: string, outcome: YearAssessment): ContributionYearEvent => ({
  ...{ type: 'YearAssessed', version: 1, data: { assessedOn, ...outcome } },
})
const settled = (settledOn: string, outcome: YearAssessment): ContributionYearEvent => ({
  ...{ type: 'YearSettled', version: 1, data: { settledOn, ...outcome } },
})

describe('asking proof of the family income', () => {
  it('keeps the term and tells the year with it', () => {
    year('2025-03-01')
      .when(ask('2025-03-01', '2025-04-01'))
      .then(asked(), told('2025-03-01', proveBy('2025-04-01')))
  })

  it('settles a settled year again, still open', () => {
    year('2025-03-01', settled('2025-02-01', proveBy()))
      .when(ask('2025-03-01', '2025-04-01'))
      .then(asked(), settled('2025-03-01', proveBy('2025-04-01')))
  })

  it('is refused for a day to come, with too short a term, and before an earlier request', () => {
    year('2025-03-01').when(ask('2025-03-02', '2025-05-01')).thenRejected('askedInFuture', { askedOn: '2025-03-02' })
    const term = { answerUntil: '2025-03-31', earliest: '2025-04-01' }
    year('2025-03-01').when(ask('2025-03-01', '2025-03-31')).thenRejected('termTooShort', term)
    const requests = { askedOn: '2025-02-01', known: '2025-03-01' }
    year('2025-03-10', asked()).when(ask('2025-02-01', '2025-05-01')).thenRejected('incomeProofAlreadyAsked', requests)
  })

  it('is refused where proof changes nothing', () => {
    const met: YearFacts = { ...facts('2025-03-01'), assess: () => closed }
    const request = ask('2025-03-01', '2025-04-01')
    given(contributionYear).on(met).when(request).thenRejected('incomeProofWithoutEffect', { year: 2024 })
    const paid: ContributionYearEvent = {
      ...{ type: 'PersonalContributionPaid', version: 1 },
      data: { contributionId: 'c', paymentId: 'p', quarter: '2024Q1', amountCents: 353_836, receivedOn: '2024-02-01' },
    }
    const metByPayment = (state: YearState) => (Object.keys(state.payments).length > 0 ? closed : proveBy())
    given(contributionYear, paid)
      .on({ ...met, assess: metByPayment })
      .when(request)
      .thenRejected('incomeProofWithoutEffect')
  })

  it('sent again changes nothing; asked anew gives a later term, and opens a closed year again', () => {
    year('2025-03-05', asked()).when(ask('2025-03-01', '2025-04-01')).then()
    year('2025-03-05', asked())
      .when(ask('2025-03-01', '2025-05-01'))
      .then(asked('2025-03-01', '2025-05-01'), told('2025-03-05', proveBy('2025-05-01')))
    year('2025-03-05', asked('2025-03-01', '2025-05-01'))
      .when(ask('2025-03-05', '2025-05-01'))
      .then(asked('2025-03-05', '2025-05-01'), told('2025-03-05', proveBy('2025-05-01')))
    year('2025-04-05', asked(), ended('2025-04-02', 'notGiven'))
      .when(ask('2025-04-05', '2025-05-05'))
      .then(asked('2025-04-05', '2025-05-05'), told('2025-04-05', proveBy('2025-05-05')))
  })
})

describe('closing the request', () => {
  it('needs a request', () => {
    year('2025-03-01').when(close('full')).thenRejected('incomeProofNotAsked', { year: 2024 })
  })

  it('for want of a proof only after its term', () => {
    year('2025-04-01', asked())
      .when(close('notGiven'))
      .thenRejected('answerStillPossible', { answerUntil: '2025-04-01' })
    year('2025-04-02', asked())
      .when(close('notGiven'))
      .then(ended('2025-04-02', 'notGiven'), told('2025-04-02', closed))
  })

  it('on a proof that lowers nothing at once, and once', () => {
    year('2025-03-02', asked()).when(close('full')).then(ended('2025-03-02', 'full'), told('2025-03-02', closed))
    year('2025-03-03', asked(), ended('2025-03-02', 'full')).when(close('full')).then()
    year('2025-04-09', asked(), ended('2025-04-02', 'notGiven'), told('2025-04-02', closed))
      .when(close('full'))
      .then(ended('2025-04-09', 'full'))
  })
})
