import { addMonths, type Cents, isoDate, LANGUAGES, quarter } from '@ziv/kernel'
import { given } from '@ziv/kernel/testing'
import { expect, it } from 'vitest'
import type { PayContribution } from './contribution-year.commands.ts'
import { contributionYear, type YearFacts } from './contribution-year.decide.ts'
import { contributionRejections } from './contribution-year.rejections.ts'

const pay: PayContribution = {
  ...{ type: 'PayContribution', commandId: 'pay:1', contributionId: '0b6f4c53-6b0f-5a52-9f62-94a3f5c5f001' },
  ...{ paymentId: 'bank-1', quarter: quarter('2025Q1'), amountCents: 85_000 as Cents },
  receivedOn: isoDate('2025-06-30'),
}
const facts = (today: string): YearFacts => ({
  ...{ year: 2025, today: isoDate(today), answerableUntil: (day) => addMonths(day, 1) },
  assess: () => ({
    ...{ regime: 'selfEmployed', totalCents: 0, requiredCents: 0, met: false, shortCents: 0 },
    ...{ payableUntil: '2030-12-31', confidence: 'verified' },
    repairs: [{ kind: 'attestQuarters', rule: 'minimum.selfEmployed', params: { quarters: '2025Q2, 2025Q3, 2025Q4' } }],
  }),
})
const on = (today: string) => given(contributionYear).on(facts(today)).when(pay)

it('a payment of a self-employed person for a year that runs is refused without the quarters to come', () => {
  on('2025-06-30').thenRejected('paidAtFund', { year: 2025, quarter: '2025Q1' })
  on('2025-12-31').thenRejected('paidAtFund', { year: 2025, quarter: '2025Q1' })
  on('2026-01-01').thenRejected('fundMustAttest', { year: 2025, quarters: '2025Q2, 2025Q3, 2025Q4' })
})

it('it is told to go to the fund, and not to a registration that repairs only a year that is over', () => {
  for (const language of LANGUAGES) {
    const text = contributionRejections.paidAtFund[language]
    expect(text).toMatch(
      /sociaal verzekeringsfonds|caisse d'assurances sociales|Sozialversicherungskasse|social insurance/,
    )
    expect(text).not.toMatch(/verblijvende|résident|Gebietsansässig|resident/)
  }
})
