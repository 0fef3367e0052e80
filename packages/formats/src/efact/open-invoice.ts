import type { FormatIssue } from '../issue.ts'
import { Totals } from './totals.ts'
import type { EfactRecord, EfactService } from './types.ts'

/** An invoice whose closing record has not come yet. */
export interface OpenInvoice {
  readonly header: EfactRecord
  readonly services: EfactService[]
  readonly records: EfactRecord[]
  readonly issues: FormatIssue[]
  readonly sums: Totals
  hasUnreadable: boolean
}

export const openInvoice = (header: EfactRecord): OpenInvoice => ({
  header,
  services: [],
  records: [],
  issues: [],
  sums: new Totals(),
  hasUnreadable: false,
})
