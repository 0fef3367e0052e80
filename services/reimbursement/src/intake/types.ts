import type { ErrorLetter } from '@ziv/formats'
import type { Instant, Words } from '@ziv/kernel'
import type { Origin } from '../context.ts'
import type { Assessment } from '../domain/claim-input.ts'

export type InvoiceFileState = 'received' | 'settled' | 'tested' | 'refused'

/** The part of one destination in a file. */
export interface InvoiceFilePart {
  readonly destination: string
  readonly insurer: string
  readonly lines: number
  readonly askedCents: number
  readonly acceptedLines: number
  readonly refusedLines: number
  readonly paidCents: number
}

/** A billing file as the outside sees it. */
export interface InvoiceFile {
  readonly fileId: string
  readonly state: InvoiceFileState
  /** Marked as a test by its sender (zone 202 = 92): controlled and answered, never paid or counted. */
  readonly test: boolean
  /** Kind of the answer: 920900 settlement, 920098 result of a test, 920099 refused after controls, 920999 refused on form. */
  readonly answerKind?: '920900' | '920098' | '920099' | '920999'
  readonly fileName?: string
  /** SHA-256 of the bytes, in hex: the same file is the same intake. */
  readonly fileHash: string
  readonly sizeBytes: number
  readonly invoices: number
  /** Once the file is done: acceptedLines + refusedLines. */
  readonly lines: number
  readonly acceptedLines: number
  readonly refusedLines: number
  readonly errorLines: number
  readonly askedCents: number
  readonly paidCents: number
  readonly parts: readonly InvoiceFilePart[]
  readonly receivedAt: Instant
  readonly completedAt?: Instant
}

/** One thing wrong with a file, for people. */
export interface InvoiceIssue extends Words {
  readonly sequence: number
  readonly number: number
  readonly destination: string
  /** Ziekenfonds of the patient, when known. */
  readonly ziekenfonds?: string
  readonly record: number
  readonly line?: number
  readonly code: string
  readonly letter?: ErrorLetter
}

export interface ImportInvoiceOptions {
  readonly fileName?: string
  /** Who sends it; default the service itself. */
  readonly origin?: Origin
  /** RIZIV number of the sender; the file must be its own. */
  readonly senderNumber?: string
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void
}

/** A file that cannot be read as a whole leaves nothing behind: only the answer says what is wrong. */
export type ImportInvoiceResult =
  | { readonly ok: true; readonly file: InvoiceFile; readonly alreadyKnown: boolean }
  | { readonly ok: false; readonly reason: 'unreadable' | 'notYours'; readonly issues: readonly InvoiceIssue[] }

export type RecordCode = readonly [letter: ErrorLetter, code: string]

/** An invoice of the first pass as the second one takes it up. */
export interface StagedInvoice {
  readonly sequence: number
  readonly destination: string
  readonly firstRecord: number
  readonly verdict: StagedVerdict
}

/** What the controls found on one invoice; `records` is by the place of the record in the invoice. */
export interface StagedVerdict {
  readonly providerNumber: string
  readonly assessment: Assessment
  readonly records: Readonly<Record<string, readonly RecordCode[]>>
  /** Place of the record of each line, in the order of the lines. */
  readonly places: readonly number[]
  readonly askedCents: number
  /** What the official codes do not cover (own codes of form). */
  readonly unlisted: number
}
