import type { Instant, IsoDate } from '@ziv/kernel'
import { copyIn, copyRow, type Queryable, type Transaction } from '@ziv/postgres'
import type { Counts } from '@ziv/runs'
import type { FileEnd, FileHead, FileIssue, IntakeFile, Since } from './types.ts'

interface FileRow {
  readonly file_id: string
  readonly kind: string
  readonly state: IntakeFile['state']
  readonly arrival: string
  readonly sender: string
  readonly insurer: string | null
  readonly ziekenfonds: string | null
  readonly format: string
  readonly file_name: string | null
  readonly file_hash: string | null
  readonly size_bytes: string
  readonly facts: unknown
  readonly outcome: string | null
  readonly counts: Counts
  readonly business_date: IsoDate
  readonly actor: string
  readonly correlation_id: string
  readonly received_at: Instant
  readonly completed_at: Instant | null
}

const FILES = `select file_id, kind, state, arrival, sender, insurer, ziekenfonds, format, file_name,
    encode(file_hash, 'hex') as file_hash, size_bytes, facts, outcome, counts, business_date, actor, correlation_id, received_at,
    completed_at
  from app_files.files`

function fileOf<F>(row: FileRow): IntakeFile<F> {
  return {
    fileId: row.file_id,
    kind: row.kind,
    state: row.state,
    arrival: Number(row.arrival),
    sender: row.sender,
    insurer: row.insurer,
    ziekenfonds: row.ziekenfonds,
    format: row.format,
    fileName: row.file_name,
    fileHash: row.file_hash ?? '',
    sizeBytes: Number(row.size_bytes),
    facts: row.facts as F,
    outcome: row.outcome,
    counts: row.counts,
    businessDate: row.business_date,
    actor: row.actor,
    correlationId: row.correlation_id,
    receivedAt: row.received_at,
    completedAt: row.completed_at,
  }
}

/** A file of a kind that came in whole, or null. */
export async function readFile<F>(q: Queryable, kind: string, fileId: string): Promise<IntakeFile<F> | null> {
  const text = `${FILES} where file_id = $1 and kind = $2 and state <> 'receiving'`
  const { rows } = await q.query<FileRow>(text, [fileId, kind])
  return rows[0] === undefined ? null : fileOf<F>(rows[0])
}

/** The same, locked: two processes never end it twice. */
export async function lockFile<F>(tx: Transaction, fileId: string): Promise<IntakeFile<F> | null> {
  const { rows } = await tx.query<FileRow>(`${FILES} where file_id = $1 for update`, [fileId])
  return rows[0] === undefined ? null : fileOf<F>(rows[0])
}

/** The file that these bytes of this sender are, or null. */
export async function findContent<F>(
  q: Queryable,
  kind: string,
  sender: string,
  hash: Buffer,
): Promise<IntakeFile<F> | null> {
  const text = `${FILES} where kind = $1 and sender = $2 and file_hash = $3 and not replaced`
  const { rows } = await q.query<FileRow>(text, [kind, sender, hash])
  return rows[0] === undefined ? null : fileOf<F>(rows[0])
}

/** What came in after a file. */
export async function sinceFile(q: Queryable, { kind, sender, arrival }: IntakeFile): Promise<Since> {
  const { rows } = await q.query<Since>(
    `select last_value > $3::bigint as "othersCameIn", exists (select from app_files.files
       where kind = $1 and sender = $2 and arrival > $3 and state <> 'receiving') as followed from app_files.arrival_seq`,
    [kind, sender, arrival],
  )
  return rows[0]!
}

/** Files that came in whole and are not answered yet, the oldest first. */
export async function filesAtWork(q: Queryable, kinds: readonly string[]): Promise<readonly IntakeFile[]> {
  const { rows } = await q.query<FileRow>(`${FILES} where kind = any ($1) and state = 'processing' order by arrival`, [
    kinds,
  ])
  return rows.map((row) => fileOf(row))
}

/** Files of a kind that came in whole before one and are not answered yet, the oldest first. */
export async function filesBefore(q: Queryable, kind: string, fileId: string): Promise<readonly IntakeFile[]> {
  const { rows } = await q.query<FileRow>(
    `${FILES} where kind = $1 and state = 'processing'
       and arrival < (select arrival from app_files.files where file_id = $2) order by arrival`,
    [kind, fileId],
  )
  return rows.map((row) => fileOf(row))
}

const leaseSeconds = 60

// whoever sweeps an upload first takes its lease away for good: its reader, if it lives after all, can neither go on nor end
const LIVES = `state = 'receiving' and lease_until > '-infinity'`

export interface NewFile {
  readonly fileId: string
  readonly kind: string
  readonly head: FileHead
  readonly today: IsoDate
  readonly receivedAt: Instant
}

// a file name may hold a number of a person: runs of eleven digits and more are masked
const maskedName = (name: string | undefined): string | null =>
  name?.replace(/\d[\d.\- ]{9,}\d/g, '*').slice(0, 200) ?? null

/** Books an upload before its first byte is staged, so that a dead one can be found and swept. */
export async function openUpload(q: Queryable, { fileId, kind, head, today, receivedAt }: NewFile): Promise<void> {
  await q.query(
    `insert into app_files.files (file_id, kind, state, sender, insurer, ziekenfonds, format, file_name, business_date, actor,
       correlation_id, received_at, lease_until)
     values ($1, $2, 'receiving', $3, $4, $5, $6, $7, $8, $9, $10, $11, now() + make_interval(secs => ${leaseSeconds}))`,
    [
      ...[
        fileId,
        kind,
        head.sender ?? '',
        head.insurer,
        head.ziekenfonds,
        head.format,
        maskedName(head.fileName),
        today,
      ],
      ...[head.origin.actor, head.origin.correlationId, receivedAt],
    ],
  )
}

/** Says that the upload lives. False: it was swept meanwhile and must stop. */
export async function extendLease(tx: Transaction, fileId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update app_files.files set lease_until = now() + make_interval(secs => ${leaseSeconds})
      where file_id = $1 and ${LIVES}`,
    [fileId],
  )
  return rowCount === 1
}

export interface WholeFile {
  readonly hash: Buffer
  readonly sizeBytes: number
  readonly facts: unknown
  readonly sender: string
  readonly today: IsoDate
  readonly receivedAt: Instant
}

/** Files of a kind become whole one after another, in the order of arrival: whoever sees one sees every one before it. */
export async function lockArrivals(tx: Transaction, kind: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('app_files.arrival ' || $1, 0))`, [kind])
}

/** The end of receiving, under `lockArrivals`: the file is whole, and with that it came in. False: its content is there already, or it was swept. */
export async function takeWhole(tx: Transaction, fileId: string, whole: WholeFile): Promise<boolean> {
  const { hash, sizeBytes, facts, sender, today, receivedAt } = whole
  const { rowCount } = await tx.query(
    `update app_files.files f set state = 'processing', file_hash = $2, size_bytes = $3, facts = $4, sender = $5, lease_until = null,
        arrival = nextval('app_files.arrival_seq'), business_date = $6, received_at = $7
      where file_id = $1 and ${LIVES} and not exists (
        select from app_files.files o where o.kind = f.kind and o.sender = $5 and o.file_hash = $2 and not o.replaced)`,
    [fileId, hash, sizeBytes, JSON.stringify(facts), sender, today, receivedAt],
  )
  return rowCount === 1
}

/** Makes room for the same content to be taken anew. */
export async function replaceFile(tx: Transaction, fileId: string): Promise<void> {
  await tx.query('update app_files.files set replaced = true where file_id = $1', [fileId])
}

/** Writes the end of a file down. */
export async function closeFile(tx: Transaction, fileId: string, end: FileEnd, completedAt: Instant): Promise<void> {
  await tx.query(
    `update app_files.files set state = 'done', outcome = $2, counts = $3, completed_at = $4 where file_id = $1`,
    [fileId, end.outcome, JSON.stringify(end.counts), completedAt],
  )
}

/** Removes the row of a file that was never whole, with its issues. */
export async function forgetUpload(q: Queryable, fileId: string): Promise<void> {
  await q.query('delete from app_files.issues where file_id = $1', [fileId])
  await q.query(`delete from app_files.files where file_id = $1 and state = 'receiving'`, [fileId])
}

/** Uploads of these kinds whose reader died (killed process), claimed to be removed; again when that process dies too. */
export async function claimDeadUploads(
  q: Queryable,
  kinds: readonly string[],
): Promise<readonly { readonly file_id: string; readonly kind: string }[]> {
  const { rows } = await q.query<{ file_id: string; kind: string }>(
    `update app_files.files set lease_until = '-infinity'
      where state = 'receiving' and lease_until < now() and kind = any ($1) returning file_id, kind`,
    [kinds],
  )
  return rows
}

/** Issues that are listed per file, where its kind does not say: the others are only counted. */
export const ISSUES_MAX = 100_000

/** Stores issues of the second pass as long as fewer than `issuesMax` are listed: of a file that is wrong throughout, millions help nobody. */
export async function storeIssuesUpTo(
  tx: Transaction,
  fileId: string,
  issues: readonly FileIssue[],
  issuesMax: number,
): Promise<void> {
  if (issues.length === 0) return
  const { rows } = await tx.query<{ listed: string }>({
    name: 'intake-issues-listed',
    text: 'select count(*) as listed from (select from app_files.issues where file_id = $1 limit $2) i',
    values: [fileId, issuesMax],
  })
  await storeIssues(tx, fileId, issues.slice(0, issuesMax - Number(rows[0]!.listed)))
}

/** Stores issues; for a kind that finds some in its second pass too. */
export async function storeIssues(tx: Transaction, fileId: string, issues: readonly FileIssue[]): Promise<void> {
  if (issues.length === 0) return
  await copyIn(
    tx,
    `copy app_files.issues (file_id, line, number, place, code, destination, ziekenfonds, detail, nl, fr, de, en)
     from stdin (format text)`,
    issues.map(({ line, number, place, code, destination, ziekenfonds, detail, nl, fr, de, en }) =>
      copyRow([fileId, line, number, place, code, destination, ziekenfonds, detail, nl, fr, de, en]),
    ),
  )
}
