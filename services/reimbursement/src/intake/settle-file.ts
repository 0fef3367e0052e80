import { uuidV5 } from '@ziv/kernel'
import { streamBatches, type Transaction } from '@ziv/postgres'
import { findSettled, patientServiceKey } from '../claims/patient-key.ts'
import { type NewClaim, storeClaims } from '../claims/store-claims.ts'
import type { ReimbursementContext } from '../context.ts'
import { refusedLine } from '../domain/assess-line.ts'
import type { AssessedLine, LineInput } from '../domain/claim-input.ts'
import { withRetry } from '../with-retry.ts'
import { addCodes } from './control-chunk.ts'
import { type FileRow, findFile, loadFile, lockFile, partsOf, storeIssues } from './file-store.ts'
import { controlIssue } from './issues.ts'
import { appendFileEvent } from './receive-file.ts'
import type { ImportInvoiceOptions, InvoiceFile, InvoiceIssue, RecordCode, StagedVerdict } from './types.ts'

interface StagedRow {
  readonly sequence: number
  readonly destination: string
  readonly first_record: number
  readonly verdict: StagedVerdict
}

const stagedSql = `select sequence, destination, first_record, verdict from app.staged_invoices
  where file_id = $1 and sequence > $2 and sequence <= $3 order by sequence`

/**
 * Second pass: settles the staged invoices, some hundred per transaction that also moves the mark of the file, so that a
 * killed process goes on where it was. Resolves with the file as it stands; not done when the signal stopped it.
 */
export async function settleFile(
  context: ReimbursementContext,
  fileId: string,
  onProgress?: ImportInvoiceOptions['onProgress'],
): Promise<InvoiceFile> {
  const file = await findFile(context.database, fileId)
  if (file === undefined) throw new Error(`billing file ${fileId} does not exist`)
  if (file.completed_at === null) {
    const params = [fileId, file.done_until, file.invoices]
    const batchSize = context.config.invoicesPerChunk
    for await (const rows of streamBatches<StagedRow>(context.database, stagedSql, params, { batchSize })) {
      if (context.signal.aborted) return (await loadFile(context.database, fileId))!
      await withRetry(context.database, (tx) => settleChunk(context, tx, fileId, rows))
      const done = rows.at(-1)!.sequence
      onProgress?.({ done, total: file.invoices })
      await context.afterChunk?.(done)
    }
    await completeFile(context, fileId)
  }
  return (await loadFile(context.database, fileId))!
}

async function settleChunk(
  context: ReimbursementContext,
  tx: Transaction,
  fileId: string,
  rows: readonly StagedRow[],
): Promise<void> {
  const file = await lockFile(tx, fileId)
  const until = rows.at(-1)!.sequence
  if (file === undefined || file.done_until >= until) return
  const fresh = rows.filter((row) => row.sequence > file.done_until)
  const current = await withoutDuplicates(tx, file, fresh)
  const claims = current.map((row): NewClaim => claimOf(file, row))
  await storeClaims(context, tx, claims, { actor: file.actor, correlationId: file.correlation_id })
  const parts = Map.groupBy(current, (row) => row.destination)
  const totals = [...parts].map(([destination, group]) => ({ destination, ...totalsOf(group) }))
  await tx.query(
    `update app.invoice_file_parts p
        set accepted_lines = p.accepted_lines + n.accepted, refused_lines = p.refused_lines + n.refused,
            paid_cents = p.paid_cents + n.paid
       from unnest($2::text[], $3::int[], $4::int[], $5::bigint[]) n (destination, accepted, refused, paid)
      where p.file_id = $1 and p.destination = n.destination`,
    [
      fileId,
      totals.map((part) => part.destination),
      totals.map((part) => part.accepted),
      totals.map((part) => part.refused),
      totals.map((part) => part.paid),
    ],
  )
  await tx.query('update app.invoice_files set done_until = $2 where file_id = $1', [fileId, until])
}

/** A deterministic id: the same invoice of the same file is the same claim for ever. */
const claimIdOf = (fileHash: string, sequence: number): string => uuidV5(`claim\n${fileHash}\n${sequence}`)

function claimOf(file: FileRow, row: StagedRow): NewClaim {
  return {
    head: {
      claimId: claimIdOf(file.file_hash.toString('hex'), row.sequence),
      channel: 'efact',
      providerNumber: row.verdict.providerNumber,
      fileId: file.file_id,
      sequence: row.sequence,
      receivedOn: file.today,
    },
    assessment: row.verdict.assessment,
  }
}

function totalsOf(rows: readonly StagedRow[]) {
  const lines = rows.flatMap((row) => row.verdict.assessment.lines)
  const refused = lines.filter((line) => line.outcome === 'refused').length
  const paid = lines.reduce((sum, line) => sum + line.interventionCents, 0)
  return { accepted: lines.length - refused, refused, paid }
}

/** Services that were paid since the controls (by another file, or earlier in this one) are refused after all. */
async function withoutDuplicates(
  tx: Transaction,
  file: FileRow,
  rows: readonly StagedRow[],
): Promise<readonly StagedRow[]> {
  const payable = (row: StagedRow) => row.verdict.assessment.lines.filter((line) => line.outcome !== 'refused')
  const keyOf = (row: StagedRow, line: AssessedLine): string =>
    patientServiceKey({ personId: row.verdict.assessment.personId!, ...line })
  const services = rows.flatMap((row) =>
    payable(row).map((line) => ({ personId: row.verdict.assessment.personId!, ...line })),
  )
  const settled = await findSettled(tx, services)
  const seen = new Set<string>()
  const changed: StagedRow[] = []
  const issues: InvoiceIssue[] = []
  const mine = await claimsOfFile(tx, file.file_id, [...settled.values()])
  const result = rows.map((row) => {
    const refusals = new Map<number, string>()
    for (const line of payable(row)) {
      const key = keyOf(row, line)
      const payer = settled.get(key)
      if (payer !== undefined) refusals.set(line.number, mine.has(payer) ? '500423' : '500544')
      else if (seen.has(key)) refusals.set(line.number, '500423')
      else seen.add(key)
    }
    if (refusals.size === 0) return row
    const next = { ...row, verdict: withRefusals(row.verdict, refusals) }
    changed.push(next)
    for (const [number, code] of refusals) issues.push(lateIssue(next, number, code))
    return next
  })
  await saveVerdicts(tx, file.file_id, changed)
  await storeIssues(tx, file.file_id, issues)
  return result
}

/** Far behind the numbers of the first pass. */
const lateNumbers = 1_000_000

function lateIssue(row: StagedRow, number: number, code: string): InvoiceIssue {
  const { ziekenfonds } = row.verdict.assessment
  const at = {
    sequence: row.sequence,
    number: lateNumbers + number,
    destination: row.destination,
    ...(ziekenfonds === undefined ? {} : { ziekenfonds }),
  }
  return controlIssue(code, at, row.first_record + row.verdict.places[number - 1]!, number)
}

function withRefusals(verdict: StagedVerdict, refusals: ReadonlyMap<number, string>): StagedVerdict {
  const records: Record<string, RecordCode[]> = Object.fromEntries(
    Object.entries(verdict.records).map(([place, codes]) => [place, [...codes]]),
  )
  const lines = verdict.assessment.lines.map((line, index) => {
    const code = refusals.get(line.number)
    if (code === undefined) return line
    addCodes(records, verdict.places[index]!, [code])
    return refusedLine(line as unknown as LineInput, [...line.codes, code])
  })
  return { ...verdict, records, assessment: { ...verdict.assessment, lines } }
}

async function claimsOfFile(
  tx: Transaction,
  fileId: string,
  claimIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (claimIds.length === 0) return new Set()
  const { rows } = await tx.query<{ claim_id: string }>(
    'select claim_id from app.claims where claim_id = any ($1::uuid[]) and file_id = $2',
    [claimIds, fileId],
  )
  return new Set(rows.map((row) => row.claim_id))
}

async function saveVerdicts(tx: Transaction, fileId: string, rows: readonly StagedRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx.query(
    `update app.staged_invoices s set verdict = n.verdict::json
       from unnest($2::int[], $3::text[]) n (sequence, verdict) where s.file_id = $1 and s.sequence = n.sequence`,
    [fileId, rows.map((row) => row.sequence), rows.map((row) => JSON.stringify(row.verdict))],
  )
}

async function completeFile(context: ReimbursementContext, fileId: string): Promise<void> {
  await context.database.transaction(async (tx) => {
    const file = await lockFile(tx, fileId)
    if (file === undefined || file.completed_at !== null) return
    const parts = await partsOf(tx, fileId)
    const sum = (of: (part: (typeof parts)[number]) => number) => parts.reduce((total, part) => total + of(part), 0)
    const acceptedLines = sum((part) => part.acceptedLines)
    const refusedLines = sum((part) => part.refusedLines)
    const paidCents = sum((part) => part.paidCents)
    await tx.query(
      `update app.invoice_files
          set state = 'settled', answer_kind = '920900', accepted_lines = $2, refused_lines = $3, paid_cents = $4,
              completed_at = $5
        where file_id = $1`,
      [fileId, acceptedLines, refusedLines, paidCents, context.clock.now()],
    )
    await appendFileEvent(
      context,
      tx,
      { actor: file.actor, correlationId: file.correlation_id },
      {
        type: 'InvoiceFileSettled',
        version: 1,
        data: {
          fileId,
          fileHash: file.file_hash.toString('hex'),
          lines: file.lines,
          acceptedLines,
          refusedLines,
          askedCents: Number(file.asked_cents),
          paidCents,
          settledOn: context.clock.today(),
        },
      },
    )
  })
}
