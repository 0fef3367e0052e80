import type { IsoDate } from '@ziv/kernel'
import type { FormatIssue, IssueOptions, IssueTotals } from '../issue.ts'

/** One dated amount of one nomenclature code. */
export interface NomensoftRow {
  /** Six digits. */
  readonly code: string
  readonly validFrom: IsoDate
  /** Null = open (2999-12-31 in the file). */
  readonly validTo: IsoDate | null
  /** 01 fee, 02 03 04 06 reimbursement, 05 patient share, 07 other; null in the exports that give a fee code. */
  readonly category: string | null
  /** 0 honorarium, 1600 reimbursement, 1300 reimbursement with preferential regime. */
  readonly feeCode: string | null
  readonly description: { readonly nl: string; readonly fr: string }
  readonly feeDescription: { readonly nl: string; readonly fr: string }
  /** Euros with six decimals: `32.850000`. */
  readonly amount: string
  /** Circular or decree the row rests on: `OA2025_362`. */
  readonly document: string | null
}

/** A row that cannot be used, told once whatever is wrong with it. */
export interface RefusedNomensoftRow {
  /** Line where the row ends. */
  readonly line: number
  /** Six digits; null when that is what cannot be read. */
  readonly code: string | null
}

/** The end of an export: how many rows, how many issues, and whether it was read whole. */
export interface NomensoftEnd {
  readonly rows: number
  readonly issues: IssueTotals
  readonly complete: boolean
}

/** What the reader yields, in the order of the file; the last item is always the end. */
export type NomensoftItem =
  | { readonly kind: 'row'; readonly row: NomensoftRow }
  | { readonly kind: 'issue'; readonly issue: FormatIssue }
  | { readonly kind: 'refused'; readonly row: RefusedNomensoftRow }
  | { readonly kind: 'end'; readonly end: NomensoftEnd }

/** How a nomenclature export is read. */
export type NomensoftOptions = IssueOptions
