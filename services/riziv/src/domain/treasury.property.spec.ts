import { type Cents, cents, isoDate, sumCents } from '@ziv/kernel'
import { budgetShares, loadLaw } from '@ziv/law'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { advancesOfMonth } from './advance.ts'
import { accounts, type LedgerEntry } from './ledger.ts'
import { settlement, type YearSettled } from './settlement.ts'
import { advanceEntry, receiptEntry } from './treasury.ts'

const law = loadLaw()
const insurers = ['100', '200', '300', '400', '500', '600', '900']
const YEAR = 2024
const months = Array.from({ length: 12 }, (_, index) => `${YEAR}-${String(index + 1).padStart(2, '0')}`)
const amount = fc.integer({ min: 0, max: 4_000_000_000_000 }).map((value) => cents(value))
const expenditure = fc.array(amount, { minLength: 7, maxLength: 7 })
const sharesOf = (objectiveCents: Cents, actual: readonly Cents[]) =>
  budgetShares(
    {
      year: YEAR,
      objectiveCents,
      insurers: insurers.map((insurer, i) => ({ insurer, actualCents: actual[i] as Cents })),
    },
    law,
  ).result.shares

it('every division of an objective gives every cent of it away', () => {
  fc.assert(
    fc.property(amount, expenditure, (objective, actual) => {
      const shares = sharesOf(objective, actual)
      expect(sumCents(shares.map(({ budgetCents }) => budgetCents))).toBe(objective)
      for (const share of shares) expect(share.dueCents).toBe(share.actualCents + share.borneCents)
    }),
  )
})

it('twelve advances are exactly the budget, per insurer and together', () => {
  fc.assert(
    fc.property(amount, expenditure, (objective, actual) => {
      const shares = sharesOf(objective, actual)
      const paid = months.map((month) => advancesOfMonth(month, shares, law))
      shares.forEach(({ budgetCents }, index) => {
        expect(sumCents(paid.map((month) => month[index]?.amountCents as Cents))).toBe(budgetCents)
      })
      const all = paid.flat().map(({ amountCents }) => amountCents)
      expect(sumCents(all)).toBe(objective)
    }),
  )
})

type Act =
  | { readonly kind: 'receipt'; readonly amountCents: Cents }
  | { readonly kind: 'advance'; readonly month: string }
  | { readonly kind: 'settle' }
  | { readonly kind: 'return'; readonly insurer: number; readonly amountCents: Cents }
const act: fc.Arbitrary<Act> = fc.oneof(
  amount.map((amountCents) => ({ kind: 'receipt', amountCents }) as const),
  fc.constantFrom(...months).map((month) => ({ kind: 'advance', month }) as const),
  fc.constant({ kind: 'settle' } as const),
  fc.tuple(fc.nat(6), amount).map(([insurer, amountCents]) => ({ kind: 'return', insurer, amountCents }) as const),
)

it('the ledger balances and says what the last settlement says, whatever the order of money and returns', () => {
  fc.assert(
    fc.property(amount, fc.array(act, { maxLength: 40 }), (objective, acts) => {
      const entries: LedgerEntry[] = []
      const actual = insurers.map(() => cents(0))
      const basis = sharesOf(objective, actual)
      const advanced = new Map<string, Cents>()
      const paid = new Set<string>()
      let settled: YearSettled | undefined
      const doSettle = (): void => {
        const shares = sharesOf(objective, actual)
        const facts = { today: isoDate('2025-05-05'), objectiveCents: objective, shares, advanced, groundsDigest: '' }
        const decision = settlement.decide({ year: YEAR }, settled?.data ?? null, facts)
        if (!decision.ok) throw new Error('settling cannot be refused after the year')
        settled = decision.events[0] ?? settled
        entries.push(...decision.events.map(({ data }) => data.entry))
      }
      for (const step of acts) {
        if (step.kind === 'receipt') {
          entries.push(receiptEntry({ receiptId: 'r', source: 'rsz', receivedOn: '2024-01-01', ...step }))
        } else if (step.kind === 'return') actual[step.insurer] = step.amountCents
        else if (step.kind === 'settle') doSettle()
        else if (!paid.has(step.month)) {
          paid.add(step.month)
          const shares = advancesOfMonth(step.month, basis, law)
          for (const { insurer, amountCents } of shares) {
            advanced.set(insurer, cents((advanced.get(insurer) ?? 0) + amountCents))
          }
          entries.push(advanceEntry({ distributionId: 'd', month: step.month, paidOn: '2024-01-01', shares }))
        }
      }
      doSettle()
      const balance = (account: string): number =>
        entries
          .flatMap(({ lines }) => lines)
          .reduce((sum, line) => (line.account === account ? sum + line.debitCents - line.creditCents : sum), 0)
      const all = entries.flatMap(({ lines }) => lines)
      expect(sumCents(all.map(({ debitCents }) => debitCents))).toBe(
        sumCents(all.map(({ creditCents }) => creditCents)),
      )
      for (const share of settled?.data.shares ?? []) {
        expect(balance(accounts.cost(share.insurer))).toBe(share.dueCents)
        expect(balance(accounts.advanced(share.insurer))).toBe(0)
        expect(0 - balance(accounts.owed(share.insurer))).toBe(share.balanceCents + 0)
      }
    }),
  )
})
