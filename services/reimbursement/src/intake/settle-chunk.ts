import { uuidV5 } from '@ziv/kernel'
import { Conflict, type Queryable, type Transaction } from '@ziv/postgres'
import { type DecidedClaims, decideClaims, listClaims, type NewClaim, storeClaims } from '../claims/store-claims.ts'
import type { ReimbursementContext } from '../context.ts'
import { mapInSlices } from '../in-slices.ts'
import { type FileRow, lockFile } from './file-store.ts'
import { withoutDuplicates } from './late-duplicates.ts'
import type { StagedInvoice } from './types.ts'
import { unpackVerdict } from './verdict-text.ts'

/** Some hundred invoices of a file, decided and ready to be stored. */
export interface SettlingChunk {
  readonly decided: DecidedClaims
  readonly totals: PartTotals
  /** Sequence of the last invoice before it. */
  readonly after: number
  /** Sequence of its own last invoice. */
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
  const invoices = await stagedInvoices(context, context.database, file, after)
  return invoices.length === 0 ? null : await decideChunk(context, file, after, invoices)
}

async function stagedInvoices(
  { config }: ReimbursementContext,
  q: Queryable,
  file: FileRow,
  after: number,
): Promise<StagedInvoice[]> {
  const { rows } = await q.query<StagedRow>({
    name: 'reimbursement-staged-invoices',
    text: `select sequence, destination, first_record, verdict from app.staged_invoices
            where file_id = $1 and sequence > $2 and sequence <= $3 order by sequence limit $4`,
    values: [file.file_id, after, file.invoices, config.invoicesPerChunk],
  })
  return await mapInSlices(rows, ({ sequence, destination, first_record: firstRecord, verdict }) => ({
    sequence,
    destination,
    firstRecord,
    verdict: unpackVerdict(verdict),
  }))
}

/** A chunk met another transaction: look up what is there and decide it again, alone. */
export class MetAnother extends Error {}

/** A chunk that is being stored. */
export interface Flight {
  /** Its events and messages are written, not yet committed. */
  readonly appended: Promise<void>
  /** It is committed; the last sequence of it. */
  readonly stored: Promise<number>
}

/**
 * Stores a chunk and moves the mark of the file in a transaction of its own. While the chunk before is still finishing its
 * events are written already; everything where two chunks of a file can meet, and the commit, waits until that one is
 * committed. So two of them never wait for each other, and when one fails the one behind it is undone too.
 * Fails with `MetAnother` when a service was paid since the controls or another process settles the same file: then
 * `settleCarefully` does the same chunk.
 */
export function startChunk(
  context: ReimbursementContext,
  fileId: string,
  chunk: SettlingChunk,
  before: Flight | undefined,
): Flight {
  const appended = Promise.withResolvers<void>()
  let tried = false
  const run = async (tx: Transaction): Promise<void> => {
    // run again the order of the flights no longer holds, and what was decided may not hold either
    if (tried) throw new MetAnother(`invoices up to ${chunk.until} of file ${fileId} met another transaction`)
    tried = true
    await before?.appended
    await chunk.decided.batch.store(tx)
    appended.resolve()
    await before?.stored
    await listClaims(tx, chunk.decided)
    await addToParts(tx, fileId, chunk.totals)
    await moveMark(tx, fileId, chunk)
  }
  const stored = context.database.transaction(run).then(async () => {
    await context.afterChunk?.(chunk.until)
    return chunk.until
  })
  stored.catch(appended.reject)
  appended.promise.catch(() => undefined)
  return { appended: appended.promise, stored }
}

/**
 * Settles the next chunk of a file after looking up what was paid meanwhile: those services are refused. Answers how far
 * the file is settled, also when another process did it.
 */
export async function settleCarefully(context: ReimbursementContext, fileId: string): Promise<number> {
  const until = await context.database.transaction(async (tx) => {
    const file = await lockFile(tx, fileId)
    if (file === undefined) throw new Error(`billing file ${fileId} does not exist`)
    const staged = await stagedInvoices(context, tx, file, file.done_until)
    if (staged.length === 0) return file.done_until
    const fresh = await withoutDuplicates(tx, fileId, staged)
    const chunk = await decideChunk(context, file, file.done_until, fresh)
    await storeClaims(tx, chunk.decided)
    await addToParts(tx, fileId, chunk.totals)
    await moveMark(tx, fileId, chunk)
    return chunk.until
  })
  await context.afterChunk?.(until)
  return until
}

async function moveMark(tx: Transaction, fileId: string, { after, until }: SettlingChunk): Promise<void> {
  const { rowCount } = await tx.query(
    'update app.invoice_files set done_until = $3 where file_id = $1 and done_until = $2',
    [fileId, after, until],
  )
  if (rowCount !== 1) throw new Conflict(`invoices up to ${until} of file ${fileId} were settled meanwhile`)
}

async function decideChunk(
  context: ReimbursementContext,
  file: FileRow,
  after: number,
  invoices: readonly StagedInvoice[],
): Promise<SettlingChunk> {
  const fileHash = file.file_hash.toString('hex')
  const origin = { actor: file.actor, correlationId: file.correlation_id }
  const claims = invoices.map((invoice) => claimOf(file, fileHash, invoice))
  return {
    decided: await decideClaims(context, claims, origin),
    totals: totalsOf(invoices),
    after,
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
