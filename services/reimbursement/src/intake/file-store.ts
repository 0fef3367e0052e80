import type { Instant, IsoDate } from '@ziv/kernel'
import { copyIn, copyRow, type Queryable, type Transaction } from '@ziv/postgres'
import type { Sealed } from '@ziv/privacy'
import type { Origin } from '../context.ts'
import type { InvoiceFile, InvoiceFilePart, InvoiceIssue } from './types.ts'

export interface FileRow {
  readonly file_id: string
  readonly arrival: string
  readonly state: InvoiceFile['state'] | 'receiving'
  readonly answer_kind: NonNullable<InvoiceFile['answerKind']> | null
  readonly is_test: boolean
  readonly file_name: string | null
  readonly file_hash: Buffer
  readonly size_bytes: string
  readonly provider_numbers: string[]
  readonly header: Sealed
  readonly invoices: number
  readonly lines: number
  readonly error_lines: number
  readonly blocking_errors: number
  readonly accepted_lines: number
  readonly refused_lines: number
  readonly asked_cents: string
  readonly paid_cents: string
  readonly done_until: number
  readonly today: IsoDate
  readonly actor: string
  readonly correlation_id: string
  readonly received_at: Instant
  readonly completed_at: Instant | null
}

interface PartRow {
  readonly destination: string
  readonly insurer: string
  readonly records: number
  readonly lines: number
  readonly asked_cents: string
  readonly accepted_lines: number
  readonly refused_lines: number
  readonly paid_cents: string
}

const columns = `file_id, arrival, state, answer_kind, is_test, file_name, file_hash, size_bytes, provider_numbers, header, invoices,
  lines, error_lines, blocking_errors, accepted_lines, refused_lines, asked_cents, paid_cents, done_until, today, actor,
  correlation_id, received_at, completed_at`

export async function findFile(q: Queryable, fileId: string): Promise<FileRow | undefined> {
  const { rows } = await q.query<FileRow>(
    `select ${columns} from app.invoice_files where file_id = $1 and state <> 'receiving'`,
    [fileId],
  )
  return rows[0]
}

export async function findFileByHash(q: Queryable, hash: Buffer): Promise<FileRow | undefined> {
  const { rows } = await q.query<FileRow>(`select ${columns} from app.invoice_files where file_hash = $1`, [hash])
  return rows[0]
}

/** The row of an open file, locked: two workers never settle the same chunk. */
export async function lockFile(tx: Transaction, fileId: string): Promise<FileRow | undefined> {
  const { rows } = await tx.query<FileRow>(`select ${columns} from app.invoice_files where file_id = $1 for update`, [
    fileId,
  ])
  return rows[0]
}

export interface StoredPart extends InvoiceFilePart {
  /** Records of the part in the file, for the totals of the answer. */
  readonly records: number
}

export async function partsOf(q: Queryable, fileId: string): Promise<readonly StoredPart[]> {
  const { rows } = await q.query<PartRow>(
    `select destination, insurer, records, lines, asked_cents, accepted_lines, refused_lines, paid_cents
       from app.invoice_file_parts where file_id = $1 order by destination`,
    [fileId],
  )
  return rows.map((row) => ({
    destination: row.destination,
    insurer: row.insurer,
    records: row.records,
    lines: row.lines,
    askedCents: Number(row.asked_cents),
    acceptedLines: row.accepted_lines,
    refusedLines: row.refused_lines,
    paidCents: Number(row.paid_cents),
  }))
}

export function fileOf(row: FileRow, parts: readonly StoredPart[]): InvoiceFile {
  return {
    fileId: row.file_id,
    state: row.state === 'receiving' ? 'received' : row.state,
    test: row.is_test,
    ...(row.answer_kind === null ? {} : { answerKind: row.answer_kind }),
    ...(row.file_name === null ? {} : { fileName: row.file_name }),
    fileHash: row.file_hash.toString('hex'),
    sizeBytes: Number(row.size_bytes),
    invoices: row.invoices,
    lines: row.lines,
    acceptedLines: row.accepted_lines,
    refusedLines: row.refused_lines,
    errorLines: row.error_lines,
    askedCents: Number(row.asked_cents),
    paidCents: Number(row.paid_cents),
    parts: parts.map(({ records: _, ...part }) => part),
    receivedAt: row.received_at,
    ...(row.completed_at === null ? {} : { completedAt: row.completed_at }),
  }
}

export async function loadFile(q: Queryable, fileId: string): Promise<InvoiceFile | undefined> {
  const row = await findFile(q, fileId)
  return row === undefined ? undefined : fileOf(row, await partsOf(q, fileId))
}

const leaseSeconds = 60

export interface NewFile {
  readonly fileId: string
  readonly fileName?: string
  readonly today: IsoDate
  readonly origin: Origin
  readonly receivedAt: Instant
}

/** Books an upload before its first byte is staged, so that a dead one can be found and swept. */
export async function openUpload(q: Queryable, file: NewFile): Promise<void> {
  await q.query(
    `insert into app.invoice_files (file_id, arrival, state, file_name, today, actor, correlation_id, received_at, lease_until)
     values ($1, nextval('app.arrival_seq'), 'receiving', $2, $3, $4, $5, $6, now() + make_interval(secs => ${leaseSeconds}))`,
    [
      file.fileId,
      // a file name may hold a number of a person: runs of eleven digits and more are masked
      file.fileName?.replace(/\d[\d.\- ]{9,}\d/g, '*').slice(0, 200) ?? null,
      file.today,
      file.origin.actor,
      file.origin.correlationId,
      file.receivedAt,
    ],
  )
}

/** Says that the upload lives. False: it was swept meanwhile and must stop. */
export async function extendLease(tx: Transaction, fileId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update app.invoice_files set lease_until = now() + make_interval(secs => ${leaseSeconds})
      where file_id = $1 and state = 'receiving'`,
    [fileId],
  )
  return rowCount === 1
}

const dropInvoices = 20_000

/** Removes an upload with everything it staged, in pieces: a long transaction would freeze every reader of the cluster. */
export async function dropUpload(q: Queryable, fileId: string): Promise<void> {
  for (;;) {
    const { rowCount } = await q.query(
      `delete from app.staged_invoices where file_id = $1 and sequence <= $2 + (
         select min(sequence) from app.staged_invoices where file_id = $1)`,
      [fileId, dropInvoices],
    )
    if ((rowCount ?? 0) === 0) break
  }
  await q.query('delete from app.invoice_issues where file_id = $1', [fileId])
  await q.query(`delete from app.invoice_files where file_id = $1 and state = 'receiving'`, [fileId])
}

/** Uploads whose reader died (killed process): swept at start and before each new file. */
export async function sweepDeadUploads(q: Queryable): Promise<number> {
  const { rows } = await q.query<{ file_id: string }>(
    `select file_id from app.invoice_files where state = 'receiving' and lease_until < now()`,
  )
  for (const row of rows) await dropUpload(q, row.file_id)
  return rows.length
}

export async function storeIssues(tx: Transaction, fileId: string, issues: readonly InvoiceIssue[]): Promise<void> {
  if (issues.length === 0) return
  await copyIn(
    tx,
    `copy app.invoice_issues (file_id, sequence, number, destination, ziekenfonds, record, line, code, letter, nl, fr, de, en)
     from stdin (format text)`,
    issues.map((issue) =>
      copyRow([
        fileId,
        issue.sequence,
        issue.number,
        issue.destination,
        issue.ziekenfonds,
        issue.record,
        issue.line,
        issue.code,
        issue.letter,
        issue.nl,
        issue.fr,
        issue.de,
        issue.en,
      ]),
    ),
  )
}
