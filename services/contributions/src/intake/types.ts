import type { Origin } from '@ziv/event-store'
import type { FormatIssue, IssuePlace } from '@ziv/formats'
import type { FileIssue, IntakeFile } from '@ziv/intake'
import type { Instant } from '@ziv/kernel'

export type SlipFileFormat = 'dmfa' | 'jsonl' | 'csv'

/** What the first pass finds of a file of slips. */
export interface SlipFileFacts {
  /** Records read from the file; several records of one person at one employer make one slip. */
  readonly records: number
  /** Records that give no slip: student work, early retirement, indemnities. */
  readonly withoutSlip: number
  /** Records with an error. */
  readonly refused: number
}

/** A file of slips as the outside sees it. */
export interface SlipIntake extends Omit<SlipFileFacts, 'refused'> {
  readonly intakeId: string
  readonly state: 'received' | 'accepted' | 'partiallyAccepted' | 'refused'
  readonly format: SlipFileFormat
  readonly fileName?: string
  /** SHA-256 of the bytes, in hex: the same file is the same intake. */
  readonly fileHash: string
  readonly sizeBytes: number
  /** Slips: recorded + unchanged + waiting + refused, once the intake is done. */
  readonly received: number
  readonly recorded: number
  readonly unchanged: number
  readonly waiting: number
  readonly refused: number
  readonly receivedAt: Instant
  readonly completedAt?: Instant
}

/** Shows a file of slips. */
export function slipIntakeOf(file: IntakeFile<SlipFileFacts>): SlipIntake {
  const { received = 0, recorded = 0, unchanged = 0, waiting = 0, refused = 0 } = file.counts
  const { records, withoutSlip } = file.facts
  return {
    intakeId: file.fileId,
    state: (file.outcome ?? 'received') as SlipIntake['state'],
    format: file.format as SlipFileFormat,
    ...(file.fileName === null ? {} : { fileName: file.fileName }),
    fileHash: file.fileHash,
    sizeBytes: file.sizeBytes,
    ...{ records, withoutSlip, received, recorded, unchanged, waiting },
    refused: file.completedAt === null ? file.facts.refused + refused : refused,
    receivedAt: file.receivedAt,
    ...(file.completedAt === null ? {} : { completedAt: file.completedAt }),
  }
}

export interface ImportOptions {
  readonly format: SlipFileFormat
  readonly fileName?: string
  /** Who sends it; default the service itself. */
  readonly origin?: Origin
  /** Called now and then while slips are recorded. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void
}

/** A file that cannot be read as a whole leaves nothing behind: only the answer says what is wrong. */
export type ImportResult =
  | { readonly ok: true; readonly intake: SlipIntake; readonly alreadyKnown: boolean }
  | { readonly ok: false; readonly issues: readonly FileIssue[] }

/** What a reader yields, whatever the format. */
export type SlipFileItem =
  | {
      readonly kind: 'slip'
      readonly line: number
      readonly insz: string
      /** Its numbers as one text (`joinNumbers`). */
      readonly employerNumber: string
      readonly quarter: string
      readonly amountCents: number
      /** When its declaration was created; without it the moment of receipt counts. */
      readonly createdAt?: number
      /** Where in a declaration. */
      readonly form?: number
      readonly workerRecord?: number
    }
  /** A good record of work that gives no slip. */
  | { readonly kind: 'withoutSlip'; readonly student: boolean; readonly place: IssuePlace }
  | { readonly kind: 'issue'; readonly issue: FormatIssue }
  | { readonly kind: 'end'; readonly complete: boolean; readonly refused: number }
