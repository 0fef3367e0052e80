import type { Origin } from '@ziv/event-store'
import type { ErrorLetter } from '@ziv/formats'
import type { FileIssue, IntakeFile } from '@ziv/intake'
import type { Instant } from '@ziv/kernel'
import type { Sealed } from '@ziv/privacy'
import type { Assessment } from '../domain/claim-input.ts'

/** Kind of the answer: 920900 settlement, 920098 result of a test, 920099 refused after controls, 920999 refused on form. */
export type AnswerKind = '920900' | '920098' | '920099' | '920999'

/** What the controls found of the part of one destination. */
export interface StagedPart {
  readonly destination: string
  readonly records: number
  readonly lines: number
  /** Lines that the controls refused. */
  readonly refusedLines: number
  readonly askedCents: number
}

/** What the first pass finds of a billing file. */
export interface InvoiceFileFacts {
  /** Marked as a test by its sender (zone 202 = 92): controlled and answered, never paid or counted. */
  readonly test: boolean
  /** Facts of the segments 200 and 300 (they name a contact) under the key of the file. */
  readonly header: Sealed
  readonly invoices: number
  readonly lines: number
  readonly errorLines: number
  readonly blockingErrors: number
  readonly askedCents: number
  readonly parts: readonly StagedPart[]
}

/** A billing file as it is stored. */
export type StoredInvoiceFile = IntakeFile<InvoiceFileFacts>

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
  readonly state: 'received' | 'settled' | 'tested' | 'refused'
  readonly test: boolean
  readonly answerKind?: AnswerKind
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
  | { readonly ok: false; readonly reason: 'unreadable' | 'notYours'; readonly issues: readonly FileIssue[] }

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
