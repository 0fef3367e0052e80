import type { Cents, IsoDate, Quarter } from '@ziv/kernel'
import type { FormatIssue, IssueOptions, IssueTotals } from '../issue.ts'

/** One contribution slip of a slip file: a person, an employer, a quarter. */
export interface SlipRow {
  readonly ssin: string
  readonly employerNumber: string
  readonly quarter: Quarter
  readonly amountCents: Cents
  /** Hundredths of days, as in the quarterly declaration. */
  readonly days: number
  readonly hours: number
  readonly employerClass: string | null
  readonly workerCode: string | null
  readonly reference: string | null
  /** Line of the file. */
  readonly line: number
}

/** The end of a slip file: rows, usable rows, wages in cents, bytes and issues. */
export interface SlipEnd {
  readonly rows: number
  readonly usable: number
  readonly amountCents: Cents
  readonly bytes: number
  readonly issues: IssueTotals
  readonly complete: boolean
}

/** What the reader yields, in the order of the file; the last item is always the end. */
export type SlipItem =
  | { readonly kind: 'slip'; readonly slip: SlipRow }
  | { readonly kind: 'issue'; readonly issue: FormatIssue }
  | { readonly kind: 'end'; readonly end: SlipEnd }

export interface SlipOptions extends IssueOptions {
  /** Today: a slip of a quarter that has not ended yet is refused. Without it this is not checked. */
  readonly today?: IsoDate
}

/** What the writers need of a slip. */
export type SlipInput = Omit<SlipRow, 'line' | 'hours' | 'employerClass' | 'workerCode' | 'reference'> &
  Partial<Pick<SlipRow, 'hours' | 'employerClass' | 'workerCode' | 'reference'>>
