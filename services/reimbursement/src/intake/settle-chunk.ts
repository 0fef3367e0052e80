import { uuidV5 } from '@ziv/kernel'
import type { Transaction } from '@ziv/postgres'
import { type DecidedClaims, decideClaims, type NewClaim, storeClaims } from '../claims/store-claims.ts'
import type { ReimbursementContext } from '../context.ts'
import { type FileRow, lockFile } from './file-store.ts'
import { withoutDuplicates } from './late-duplicates.ts'
import type { StagedInvoice } from './types.ts'
import { unpackVerdict } from './verdict-text.ts'

/** Some hundred invoices of a file, decided and ready to be stored. */
export interface SettlingChunk {
  readonly invoices: readonly StagedInvoice[]
  readonly decided: DecidedClaims
  /** Sequence of the last. */
  readonly until: number
}

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
  const { rows } = await context.database.query<StagedRow>({
    name: 'reimbursement-staged-invoices',
    text: `select sequence, destination, first_record, verdict from app.staged_invoices
            where file_id = $1 and sequence > $2 and sequence <= $3 order by sequence limit $4`,
    values: [file.file_id, after, file.invoices, context.config.invoicesPerChunk],
  })
  if (rows.length === 0) return null
  const invoices = rows.map(
    ({ sequence, destination, first_record: firstRecord, verdict }): StagedInvoice => ({
      sequence,
      destination,
      firstRecord,
      verdict: unpackVerdict(verdict),
    }),
  )
  return { invoices, decided: decide(context, file, invoices), until: invoices.at(-1)!.sequence }
}

/**
 * Stores a chunk and moves the mark of the file, in the caller's transaction. A service that was paid since the controls
 * is a unique violation, unless `careful`: then duplicates are looked up first and refused.
 */
export async function storeChunk(
  context: ReimbursementContext,
  tx: Transaction,
  fileId: string,
  chunk: SettlingChunk,
  careful: boolean,
): Promise<void> {
  const file = await lockFile(tx, fileId)
  if (file === undefined || file.done_until >= chunk.until) return
  const fresh = chunk.invoices.filter(({ sequence }) => sequence > file.done_until)
  const invoices = careful ? await withoutDuplicates(tx, fileId, fresh) : fresh
  const asPrepared = !careful && fresh.length === chunk.invoices.length
  await storeClaims(context, tx, asPrepared ? chunk.decided : decide(context, file, invoices))
  await addToParts(tx, fileId, invoices)
  await tx.query('update app.invoice_files set done_until = $2 where file_id = $1', [fileId, chunk.until])
}

const decide = (context: ReimbursementContext, file: FileRow, invoices: readonly StagedInvoice[]): DecidedClaims => {
  const fileHash = file.file_hash.toString('hex')
  const origin = { actor: file.actor, correlationId: file.correlation_id }
  return decideClaims(
    context,
    invoices.map((invoice) => claimOf(file, fileHash, invoice)),
    origin,
  )
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

async function addToParts(tx: Transaction, fileId: string, invoices: readonly StagedInvoice[]): Promise<void> {
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
