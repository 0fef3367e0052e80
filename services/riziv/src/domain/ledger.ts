import { type Cents, cents, sumCents } from '@ziv/kernel'

/** One side of a booking. Exactly one of debit and credit is not zero. Amounts in cents, never negative. */
export interface LedgerLine {
  readonly account: string
  readonly debitCents: Cents
  readonly creditCents: Cents
}

/** A booking: its debits and credits are equal, always. */
export interface LedgerEntry {
  readonly entryId: string
  readonly bookedOn: string
  /** What was booked, coded as the accounts are: see `subjects`. */
  readonly subject: string
  readonly lines: readonly LedgerLine[]
}

/** A debit; a negative amount becomes a credit, zero gives nothing. */
export const debit = (account: string, amount: Cents): readonly LedgerLine[] =>
  amount === 0 ? [] : [{ account, debitCents: cents(Math.max(amount, 0)), creditCents: cents(Math.max(-amount, 0)) }]

/** A credit; a negative amount becomes a debit, zero gives nothing. */
export const credit = (account: string, amount: Cents): readonly LedgerLine[] => debit(account, cents(-amount))

/** Makes an entry. Throws when it does not balance: that would be our defect, and no cent may be lost to it. */
export function balancedEntry(entry: LedgerEntry): LedgerEntry {
  const debits = sumCents(entry.lines.map((line) => line.debitCents))
  const credits = sumCents(entry.lines.map((line) => line.creditCents))
  if (debits !== credits) {
    throw new Error(`entry ${entry.subject} does not balance: ${debits} cents debit, ${credits} cents credit`)
  }
  return entry
}

/** Accounts of the distribution: money at the bank, what came in, what was advanced, what is owed, what care cost. */
export const accounts = {
  bank: 'bank',
  received: (source: string) => `received:${source}`,
  advanced: (insurer: string) => `advanced:${insurer}`,
  owed: (insurer: string) => `owed:${insurer}`,
  cost: (insurer: string) => `cost:${insurer}`,
} as const

/** What a booking is about: a receipt of a source, the advances of a month, the settlement of a year. */
export const subjects = {
  receipt: (source: string) => `receipt:${source}`,
  advances: (month: string) => `advances:${month}`,
  settlement: (year: number) => `settlement:${year}`,
} as const
export type BookingSubject = keyof typeof subjects
