import type { Instant, IsoDate, Words } from '@ziv/kernel'
import type { Queryable, Transaction } from '@ziv/postgres'
import type { Counts, Read, Run, RunKind } from '@ziv/runs'
import type { Upload } from './upload.ts'

/** Who sends a file, and in which conversation. */
export interface FileOrigin {
  readonly actor: string
  readonly correlationId: string
}

/** What is known of a file before its first byte. */
export interface FileHead {
  readonly origin: FileOrigin
  /** Name of the format among those of the kind. */
  readonly format: string
  readonly fileName?: string
  /** Whose file it is: the same bytes of the same sender are the same file. Default: one sender for all. */
  readonly sender?: string
  /** Tenant that sends; absent: the operator, for everybody. */
  readonly insurer?: string | undefined
  readonly ziekenfonds?: string | undefined
}

/** A file as it is stored. `F`: what its kind found when it read the file, a JSON object. */
export interface IntakeFile<F = unknown> extends FileOrigin {
  readonly fileId: string
  readonly kind: string
  readonly state: 'receiving' | 'processing' | 'done'
  /** Place in the order of arrival of the service: a file came in when it was whole, not when its first byte did. */
  readonly arrival: number
  readonly sender: string
  readonly insurer: string | null
  readonly ziekenfonds: string | null
  readonly format: string
  readonly fileName: string | null
  /** SHA-256 of the bytes, in hex. */
  readonly fileHash: string
  readonly sizeBytes: number
  readonly facts: F
  /** What became of it, in the words of the kind; null while it is worked through. */
  readonly outcome: string | null
  /** Of the run while it is worked through, final when it is done. */
  readonly counts: Counts
  /** Day on which it came in: it is decided as of it, also when it is taken up again later. */
  readonly businessDate: IsoDate
  /** When it was whole. */
  readonly receivedAt: Instant
  readonly completedAt: Instant | null
}

/** One thing wrong with a file, for people. It never holds what the file says of a person. */
export interface FileIssue extends Words {
  /** Line or record, from 1; 0: the file as a whole. */
  readonly line: number
  /** Place among the issues of that line. */
  readonly number: number
  /** Names of `placeNames` with their numbers, from the outside in: `line 12, form 1`; `file` for the whole. */
  readonly place: string
  readonly code: string
  /** Who beside the sender may read it. */
  readonly destination?: string | undefined
  readonly ziekenfonds?: string | undefined
  /** Further fields of the kind. */
  readonly detail?: Readonly<Record<string, string | number>> | undefined
}

/** The end of a file: what became of it, and its final counts. */
export interface FileEnd {
  readonly outcome: string
  readonly counts: Counts
}

/** What the first pass came to. */
export interface Staged<F> {
  readonly facts: F
  /** Whose file it is, where the file itself says so; else the sender of its head. */
  readonly sender?: string
  /** The file is answered already: refused as a whole (the reason is noted by `noteRefused`), or only tried. Nothing of it is worked through. */
  readonly end?: FileEnd
}

/** What a run of a file is asked to do. */
export interface FileParams {
  readonly fileId: string
}

type OfEngine = 'kind' | 'keyOf' | 'once' | 'finish' | 'ended' | 'phases'

/** Second pass: a run over what was staged; see `RunKind`. */
export interface FileWork<F, I, R extends Read<I>> extends Omit<RunKind<FileParams, I, R>, OfEngine> {
  /**
   * A file takes over from one that came in before it: whatever of those is left (a process died, or another one is slower) is worked
   * through first, so that which one holds does not depend on who is faster. Where the work on one of them failed, the file fails
   * too, and taken up again it takes that one up first.
   */
  readonly inTurn?: true
  /** After the last item: what became of the file. */
  readonly close: (tx: Transaction, file: IntakeFile<F>, run: Run<FileParams>) => Promise<FileEnd> | FileEnd
}

/** What happened since a file came in. */
export interface Since {
  /** Another file of its kind and sender came in whole after it. */
  readonly followed: boolean
  /** Anything with a place in the order of arrival came in after it: a file of whatever kind or sender, or a single operation. */
  readonly othersCameIn: boolean
}

/** One kind of file. The engine has the rest: lease, hash, size, repeats, staging, issues, sweep, run, answer. */
export interface FileKind<F, I = unknown, R extends Read<I> = Read<I>> {
  /** Name of the resource in the singular, for instance `slipIntake`: the kind of its run and of its task. */
  readonly kind: string
  /** Issues listed per file; the others are only counted. Default 100,000. */
  readonly issuesMax?: number
  /**
   * First pass: reads the whole file once, with constant memory, and stages it by `upload.store`. Something fatal noted: the
   * file is refused and leaves nothing, whatever is given back.
   */
  readonly stage: (upload: Upload, source: AsyncIterable<Uint8Array>) => Promise<Staged<F> | null>
  /** In the transaction that takes the file in as whole: what the kind keeps beside it. */
  readonly booked?: (tx: Transaction, file: IntakeFile<F>) => Promise<void>
  readonly work: FileWork<F, I, R>
  /**
   * For a kind whose files wait for each other: the end of one that is withdrawn because its work fails for good. Nothing of it may be
   * in force before its last item, as it is with `whole`.
   */
  readonly withdrawn?: FileEnd
  /** In the transaction that ends a file, whether it was worked through or answered at once: its event and its message. */
  readonly end?: (tx: Transaction, file: IntakeFile<F>, end: FileEnd, completedAt: Instant) => Promise<void>
  /** Whether the same bytes once more are the file that is there (default), or are taken anew; see `isStanding`. */
  readonly isSame?: (known: IntakeFile<F>, since: Since) => boolean
  /**
   * Removes what the kind itself kept for the second pass (a key, rows of its own) once nothing will read it any more: the file was
   * refused or broke off (`gone`: nothing of it may stay), or has ended. Outside of any transaction, before the pages go, and again when the process dies in between.
   */
  readonly discard?: (q: Queryable, fileId: string, why: 'gone' | 'ended') => Promise<void>
}

/** The answer to a file: taken in, now or before, or refused with what makes it unreadable. */
export type Received<F> =
  | { readonly ok: true; readonly file: IntakeFile<F>; readonly alreadyKnown: boolean }
  | { readonly ok: false; readonly issues: readonly FileIssue[] }

/** The answer to a withdrawal: the file with its end, or why it is not withdrawn. */
export type Withdrawn<F> =
  | { readonly ok: true; readonly file: IntakeFile<F> }
  | { readonly ok: false; readonly why: 'fileAnswered' | 'fileAtWork' }

/** The upload stood still longer than its lease and another process removed it: it has to be sent again. */
export class UploadSwept extends Error {
  readonly code = 'INTAKE_UPLOAD_SWEPT'
  constructor(fileId: string) {
    super(`upload ${fileId} stood still too long and was removed: send the file again`)
    this.name = 'UploadSwept'
  }
}
