import type { Instant } from '@ziv/kernel'
import { copyIn, copyRow, type Queryable, type Transaction } from '@ziv/postgres'
import type { Origin } from '../year/year-context.ts'
import type { IntakeIssue, IntakeState, SlipFileFormat, SlipIntake } from './types.ts'

export interface IntakeRow {
  readonly intake_id: string
  readonly arrival: string
  readonly state: IntakeState | 'receiving'
  readonly format: SlipFileFormat
  readonly file_name: string | null
  readonly file_hash: Buffer
  readonly size_bytes: string
  readonly records: number
  readonly without_slip: number
  readonly received: number
  readonly recorded: number
  readonly unchanged: number
  readonly waiting: number
  readonly refused: number
  readonly done_until: string
  readonly actor: string
  readonly correlation_id: string
  readonly received_at: Instant
  readonly completed_at: Instant | null
}

export function intakeOf(row: IntakeRow): SlipIntake {
  return {
    intakeId: row.intake_id,
    state: row.state === 'receiving' ? 'received' : row.state,
    format: row.format,
    ...(row.file_name === null ? {} : { fileName: row.file_name }),
    fileHash: row.file_hash.toString('hex'),
    sizeBytes: Number(row.size_bytes),
    records: row.records,
    withoutSlip: row.without_slip,
    received: row.received,
    recorded: row.recorded,
    unchanged: row.unchanged,
    waiting: row.waiting,
    refused: row.refused,
    receivedAt: row.received_at,
    ...(row.completed_at === null ? {} : { completedAt: row.completed_at }),
  }
}

const columns = `intake_id, arrival, state, format, file_name, file_hash, size_bytes, records, without_slip, received, recorded, unchanged,
  waiting, refused, done_until, actor, correlation_id, received_at, completed_at`

export async function findIntake(q: Queryable, intakeId: string): Promise<IntakeRow | undefined> {
  const { rows } = await q.query<IntakeRow>(
    `select ${columns} from app.slip_intakes where intake_id = $1 and state <> 'receiving'`,
    [intakeId],
  )
  return rows[0]
}

export async function findIntakeByHash(q: Queryable, hash: Buffer): Promise<IntakeRow | undefined> {
  const { rows } = await q.query<IntakeRow>(`select ${columns} from app.slip_intakes where file_hash = $1`, [hash])
  return rows[0]
}

/** The row of an open intake, locked: two workers never record the same chunk. */
export async function lockIntake(tx: Transaction, intakeId: string): Promise<IntakeRow | undefined> {
  const { rows } = await tx.query<IntakeRow>(
    `select ${columns} from app.slip_intakes where intake_id = $1 for update`,
    [intakeId],
  )
  return rows[0]
}

export interface NewIntake {
  readonly intakeId: string
  readonly format: SlipFileFormat
  readonly fileName?: string
  readonly origin: Origin
  readonly receivedAt: Instant
}

const leaseSeconds = 60

/** Books an upload before its first byte is staged, so that a dead one can be found and swept. */
export async function openUpload(q: Queryable, intake: NewIntake): Promise<void> {
  await q.query(
    `insert into app.slip_intakes (intake_id, arrival, state, format, file_name, actor, correlation_id, received_at, lease_until)
     values ($1, nextval('app.arrival_seq'), 'receiving', $2, $3, $4, $5, $6, now() + make_interval(secs => ${leaseSeconds}))`,
    [
      intake.intakeId,
      intake.format,
      // a file name may hold a number of a person: runs of eleven digits and more are masked
      intake.fileName?.replace(/\d[\d.\- ]{9,}\d/g, '*').slice(0, 200) ?? null,
      intake.origin.actor,
      intake.origin.correlationId,
      intake.receivedAt,
    ],
  )
}

/** Says that the upload lives. False: it was swept meanwhile and must stop. */
export async function extendLease(tx: Transaction, intakeId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update app.slip_intakes set lease_until = now() + make_interval(secs => ${leaseSeconds})
      where intake_id = $1 and state = 'receiving'`,
    [intakeId],
  )
  return rowCount === 1
}

/** Removes an upload with everything it staged, in pieces: a long transaction would freeze every reader of the cluster. */
export async function dropUpload(q: Queryable, intakeId: string): Promise<void> {
  await dropStaged(q, intakeId)
  await q.query('delete from app.intake_issues where intake_id = $1', [intakeId])
  await q.query(`delete from app.slip_intakes where intake_id = $1 and state = 'receiving'`, [intakeId])
}

const dropPages = 1_000

export async function dropStaged(q: Queryable, intakeId: string): Promise<void> {
  for (;;) {
    const { rowCount } = await q.query(
      `delete from app.staged_slips where (intake_id, bucket, page) in (
         select intake_id, bucket, page from app.staged_slips where intake_id = $1 order by bucket, page limit $2)`,
      [intakeId, dropPages],
    )
    if ((rowCount ?? 0) < dropPages) return
  }
}

/** Uploads whose reader died (killed process): swept at start and before each new file. */
export async function sweepDeadUploads(q: Queryable): Promise<number> {
  const { rows } = await q.query<{ intake_id: string }>(
    `select intake_id from app.slip_intakes where state = 'receiving' and lease_until < now()`,
  )
  for (const row of rows) await dropUpload(q, row.intake_id)
  return rows.length
}

export async function storeIssues(tx: Transaction, intakeId: string, issues: readonly IntakeIssue[]): Promise<void> {
  if (issues.length === 0) return
  await copyIn(
    tx,
    'copy app.intake_issues (intake_id, number, line, place, code, nl, fr, de, en) from stdin (format text)',
    issues.map((issue) =>
      copyRow([intakeId, issue.number, issue.line, issue.place, issue.code, issue.nl, issue.fr, issue.de, issue.en]),
    ),
  )
}
