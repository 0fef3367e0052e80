import { type Cents, cents } from '@ziv/kernel'
import type { BudgetShare } from '@ziv/law'
import { accounts, balancedEntry, credit, debit, type LedgerEntry, subjects } from './ledger.ts'

export interface InsurerAmount {
  readonly insurer: string
  readonly amountCents: Cents
}

/** Money came in. */
export const receiptEntry = (about: {
  readonly receiptId: string
  readonly source: string
  readonly amountCents: Cents
  readonly receivedOn: string
}): LedgerEntry =>
  balancedEntry({
    entryId: about.receiptId,
    bookedOn: about.receivedOn,
    subject: subjects.receipt(about.source),
    lines: [...debit(accounts.bank, about.amountCents), ...credit(accounts.received(about.source), about.amountCents)],
  })

/** A month of advances went out. */
export const advanceEntry = (about: {
  readonly distributionId: string
  readonly month: string
  readonly paidOn: string
  readonly shares: readonly InsurerAmount[]
}): LedgerEntry =>
  balancedEntry({
    entryId: about.distributionId,
    bookedOn: about.paidOn,
    subject: subjects.advances(about.month),
    lines: about.shares.flatMap(({ insurer, amountCents }) => [
      ...debit(accounts.advanced(insurer), amountCents),
      ...credit(accounts.bank, amountCents),
    ]),
  })

/** A year as settled with one insurer. Amounts in cents. */
export interface SettledShare extends BudgetShare {
  /** Advances paid for the year. */
  readonly advancesCents: Cents
  /** What is due minus the advances: still to be paid, or to be paid back when negative. */
  readonly balanceCents: Cents
}

/** What the year comes to for every insurer, given what was advanced. */
export const settle = (shares: readonly BudgetShare[], advanced: ReadonlyMap<string, Cents>): SettledShare[] =>
  shares.map((share) => {
    const advancesCents = advanced.get(share.insurer) ?? cents(0)
    return { ...share, advancesCents, balanceCents: cents(share.dueCents - advancesCents) }
  })

/**
 * Books a settlement, or a revision of it: only the difference with what was booked before. The cost of the year, the
 * advances that are used up by it, and the rest as a debt or a claim.
 */
export const settlementEntry = (about: {
  readonly distributionId: string
  readonly year: number
  readonly settledOn: string
  readonly shares: readonly SettledShare[]
  readonly before: readonly SettledShare[]
}): LedgerEntry => {
  const earlier = new Map(about.before.map((share) => [share.insurer, share]))
  return balancedEntry({
    entryId: about.distributionId,
    bookedOn: about.settledOn,
    subject: subjects.settlement(about.year),
    lines: about.shares.flatMap((share) => {
      const known = earlier.get(share.insurer)
      const due = cents(share.dueCents - (known?.dueCents ?? 0))
      const used = cents(share.advancesCents - (known?.advancesCents ?? 0))
      return [
        ...debit(accounts.cost(share.insurer), due),
        ...credit(accounts.advanced(share.insurer), used),
        ...credit(accounts.owed(share.insurer), cents(due - used)),
      ]
    }),
  })
}
