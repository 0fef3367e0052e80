import {
  accept,
  type Cents,
  type Decider,
  type IsoDate,
  lastDayOfYear,
  type Rejection,
  reject,
  uuidV5,
} from '@ziv/kernel'
import type { BudgetShare } from '@ziv/law'
import type { LedgerEntry } from './ledger.ts'
import { type SettledShare, settle, settlementEntry } from './treasury.ts'

export interface SettleYear {
  readonly year: number
}

export interface SettlementFacts {
  readonly today: IsoDate
  readonly objectiveCents: Cents
  /** Shares by the expenditure of the returns accepted so far. */
  readonly shares: readonly BudgetShare[]
  /** Advances paid for the year, by insurer. */
  readonly advanced: ReadonlyMap<string, Cents>
  /** Over the grounds of the shares. */
  readonly groundsDigest: string
}

export interface YearSettled {
  readonly type: 'YearSettled'
  readonly version: 1
  readonly data: {
    readonly distributionId: string
    readonly year: number
    /** 1 for the settlement, higher for its revisions. */
    readonly number: number
    readonly settledOn: string
    readonly objectiveCents: Cents
    readonly shares: readonly SettledShare[]
    readonly entry: LedgerEntry
    readonly groundsDigest: string
  }
}

/** The last settlement of the year, null before the first. */
type State = YearSettled['data'] | null

const amounts = [
  'budgetCents',
  'actualCents',
  'resultCents',
  'borneCents',
  'dueCents',
  'advancesCents',
  'balanceCents',
] as const

const sameShares = (a: readonly SettledShare[], b: readonly SettledShare[]): boolean =>
  a.length === b.length &&
  a.every((share, index) => {
    const other = b[index] as SettledShare
    return share.insurer === other.insurer && amounts.every((name) => share[name] === other[name])
  })

/**
 * `settlement-<year>`: the year is settled on the returns that were accepted, from 1 January after it. A return accepted
 * later revises it: the shares are computed again and only the difference is booked. Without a difference nothing happens.
 */
export const settlement: Decider<State, SettleYear, YearSettled, Rejection, SettlementFacts> = {
  initialState: () => null,
  evolve: (_state, event) => event.data,
  decide: ({ year }, last, { today, objectiveCents, shares: budgetShares, advanced, groundsDigest }) => {
    if (today <= lastDayOfYear(year)) return reject('yearNotOver', { year })
    const shares = settle(budgetShares, advanced)
    if (last !== null && sameShares(last.shares, shares)) return accept()
    const number = (last?.number ?? 0) + 1
    const distributionId = uuidV5(`settlement/${year}/${number}`)
    const entry = settlementEntry({ distributionId, year, settledOn: today, shares, before: last?.shares ?? [] })
    const data = { distributionId, year, number, settledOn: today, objectiveCents, shares, entry, groundsDigest }
    return accept<YearSettled>({ type: 'YearSettled', version: 1, data })
  },
}
