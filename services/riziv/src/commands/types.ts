import type { IsoDate } from '@ziv/kernel'
import type { Receipt } from '../domain/receipt.ts'
import type { StoredDistribution } from '../projections/ledger.ts'

export interface ReceiptCommand {
  readonly receiptId: string
  readonly source: Receipt['source']
  readonly amountCents: number
  readonly receivedOn: IsoDate
}

/** What the RIZIV does with money. Every command is idempotent: the same command again changes nothing. */
export interface Treasury {
  book(command: ReceiptCommand, actor: string): Promise<void>
  setBudget(year: number, objectiveCents: number, actor: string): Promise<void>
  advance(month: string, actor: string): Promise<StoredDistribution>
  settle(year: number, actor: string): Promise<StoredDistribution>
}
