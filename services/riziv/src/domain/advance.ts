import {
  accept,
  type Cents,
  cents,
  type Decider,
  type IsoDate,
  isoDate,
  type Rejection,
  reject,
  sumCents,
  yearOf,
} from '@ziv/kernel'
import { advances, type BudgetShare, type Law } from '@ziv/law'
import type { LedgerEntry } from './ledger.ts'
import { advanceEntry, type InsurerAmount } from './treasury.ts'

export interface PayAdvances {
  readonly distributionId: string
  /** YYYY-MM. */
  readonly month: string
}

export interface AdvanceFacts {
  /** What each insurer gets this month. */
  readonly shares: readonly InsurerAmount[]
  /** What lies at the bank. */
  readonly availableCents: Cents
  readonly paidOn: IsoDate
  /** The year of the month was settled already. */
  readonly settled: boolean
  /** Over the grounds of the shares. */
  readonly groundsDigest: string
}

export interface AdvancesPaid {
  readonly type: 'AdvancesPaid'
  readonly version: 1
  readonly data: PayAdvances & {
    readonly paidOn: string
    readonly shares: readonly InsurerAmount[]
    readonly entry: LedgerEntry
    readonly groundsDigest: string
  }
}

/** The part of the month in the budget of every insurer: equal parts to the cent, all months together are the budget. */
export const advancesOfMonth = (month: string, shares: readonly BudgetShare[], law: Law): InsurerAmount[] => {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return shares.map(({ insurer, budgetCents }) => {
    const { amounts } = advances({ year, budgetCents }, law).result
    return { insurer, amountCents: amounts[number - 1] ?? cents(0) }
  })
}

/**
 * `advance-<month>`: the advances of a month, paid once, not before the month begins (ZIV-wet art. 202: each month), not after its year
 * was settled, and never with money that is not there.
 */
export const advance: Decider<boolean, PayAdvances, AdvancesPaid, Rejection, AdvanceFacts> = {
  initialState: () => false,
  evolve: () => true,
  decide: ({ distributionId, month }, paid, { shares, availableCents, paidOn, settled, groundsDigest }) => {
    if (paid) return accept()
    const begins = isoDate(`${month}-01`)
    if (paidOn < begins) return reject('monthNotBegun', { month, begins })
    if (settled) return reject('yearSettled', { month, year: yearOf(begins) })
    const neededCents = sumCents(shares.map(({ amountCents }) => amountCents))
    if (availableCents < neededCents) return reject('receiptsNotEnough', { availableCents, neededCents })
    const entry = advanceEntry({ distributionId, month, paidOn, shares })
    const data = { distributionId, month, paidOn, shares, entry, groundsDigest }
    return accept<AdvancesPaid>({ type: 'AdvancesPaid', version: 1, data })
  },
}
