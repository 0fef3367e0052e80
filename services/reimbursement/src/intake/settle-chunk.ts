import { uuidV5 } from '@ziv/kernel'
import type { Queryable, Transaction } from '@ziv/postgres'
import { type DecidedClaims, decideClaims, type NewClaim, storeClaims } from '../claims/store-claims.ts'
import type { ReimbursementContext } from '../context.ts'
import { type FileRow, lockFile } from './file-store.ts'
import { withoutDuplicates } from './late-duplicates.ts'
import type { StagedInvoice } from './types.ts'
import { unpackVerdict } from './verdict-text.ts'

/** Some hundred invoices of a file, decided and ready to be stored. */
export interface SettlingChunk {
  readonly decided: DecidedClaims
  readonly totals: PartTotals
  /** Sequences of the first and the last. */
  readonly first: number
  readonly until: number
}

type PartTotals = ReadonlyMap<string, { accepted: number; refused: number; paid: number }>

interface StagedRow {
  readonly sequence: number
  readonly destination: string
  readonly first_record: number
  readonly verdict: string
}

/** Reads and decides the next invoices after a sequence; null when none is left. */
export async function prepareChunk(
  context: ReimbursementContext,
  file: FileRow,
  after: number,
): Promise<SettlingChunk | null> {
  const invoices = await stagedInvoices(context.database, file, after, context.config.invoicesPerChunk)
  return invoices.length === 0 ? null : decideChunk(context, file, invoices)
}

async function stagedInvoices(q: Queryable, file: FileRow, after: number, most: number): Promise<StagedInvoice[]> {
  const { rows } = await q.query<StagedRow>({
    name: 'reimbursement-staged-invoices',
    text: `select sequence, destination, first_record, verdict from app.staged_invoices
            where file_id = $1 and sequence > $2 and sequence <= $3 order by sequence limit $4`,
    values: [file.file_id, after, file.invoices, most],
  })
  return rows.map(({ sequence, destination, first_record: firstRecord, verdict }) => ({
    sequence,
    destination,
    firstRecord,
    verdict: unpackVerdict(verdict),
  }))
}

/**
 * Stores a chunk and moves the mark of the file, in the caller's transaction. A service that was paid since the controls
 * is a unique violation; then `storeCarefully` does the same.
 */
export async function storeChunk(
  context: ReimbursementContext,
  tx: Transaction,
  fileId: string,
  chunk: SettlingChunk,
): Promise<void> {
  const file = await lockFile(tx, fileId)
  if (file === undefined || file.done_until >= chunk.until) return
  // another process settled the first part of it meanwhile
  if (file.done_until >= chunk.first) await storeCarefully(context, tx, fileId, chunk)
  else await store(context, tx, fileId, chunk)
}

/** Stores the invoices of a chunk after looking up what was paid meanwhile: those services are refused. */
export async function storeCarefully(
  context: ReimbursementContext,
  tx: Transaction,
  fileId: string,
  { until }: SettlingChunk,
): Promise<void> {
  const file = await lockFile(tx, fileId)
  if (file === undefined || file.done_until >= until) return
  const staged = await stagedInvoices(tx, file, file.done_until, until - file.done_until)
  await store(context, tx, fileId, decideChunk(context, file, await withoutDuplicates(tx, fileId, staged)))
}

async function store(
  context: ReimbursementContext,
  tx: Transaction,
  fileId: string,
  { decided, totals, until }: SettlingChunk,
): Promise<void> {
  await storeClaims(context, tx, decided)
  await addToParts(tx, fileId, totals)
  await tx.query('update app.invoice_files set done_until = $2 where file_id = $1', [fileId, until])
}

function decideChunk(context: ReimbursementContext, file: FileRow, invoices: readonly StagedInvoice[]): SettlingChunk {
  const fileHash = file.file_hash.toString('hex')
  const origin = { actor: file.actor, correlationId: file.correlation_id }
  const claims = invoices.map((invoice) => claimOf(file, fileHash, invoice))
  return {
    decided: decideClaims(context, claims, origin),
    totals: totalsOf(invoices),
    first: invoices[0]!.sequence,
    until: invoices.at(-1)!.sequence,
  }
}

/** A deterministic id: the same invoice of the same file is the same claim for ever. */
const claimIdOf = (fileHash: string, sequence: number): string => uuidV5(`claim\n${fileHash}\n${sequence}`)

function claimOf(file: FileRow, fileHash: string, { sequence, verdict }: StagedInvoice): NewClaim {
  return {
    head: {
      claimId: claimIdOf(fileHash, sequence),
      channel: 'efact',
      providerNumber: verdict.providerNumber,
      fileId: file.file_id,
      sequence,
      receivedOn: file.today,
    },
    assessment: verdict.assessment,
  }
}

/** Lines and money of the invoices, per destination. */
function totalsOf(invoices: readonly StagedInvoice[]): PartTotals {
  const totals = new Map<string, { accepted: number; refused: number; paid: number }>()
  for (const { destination, verdict } of invoices) {
    const part = totals.get(destination) ?? { accepted: 0, refused: 0, paid: 0 }
    totals.set(destination, part)
    for (const { outcome, interventionCents } of verdict.assessment.lines) {
      if (outcome === 'refused') part.refused += 1
      else part.accepted += 1
      part.paid += interventionCents
    }
  }
  return totals
}

async function addToParts(tx: Transaction, fileId: string, totals: PartTotals): Promise<void> {
  const parts = [...totals.values()]
  await tx.query(
    `update app.invoice_file_parts p
        set accepted_lines = p.accepted_lines + n.accepted, refused_lines = p.refused_lines + n.refused,
            paid_cents = p.paid_cents + n.paid
       from unnest($2::text[], $3::int[], $4::int[], $5::bigint[]) n (destination, accepted, refused, paid)
      where p.file_id = $1 and p.destination = n.destination`,
    [
      fileId,
      [...totals.keys()],
      parts.map((part) => part.accepted),
      parts.map((part) => part.refused),
      parts.map((part) => part.paid),
    ],
  )
}
