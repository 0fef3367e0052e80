import type { FileParams, FileWork } from '@ziv/intake'
import { type IsoDate, uuidV5 } from '@ziv/kernel'
import type { Queryable, Transaction } from '@ziv/postgres'
import type { Counts, Run, RunRange, Turn } from '@ziv/runs'
import { decideClaims, listClaims, type NewClaim, storeClaims } from '../commands/store-claims.ts'
import type { Context } from '../context.ts'
import { countsByName, type PartCounts } from './file-view.ts'
import { mapInSlices } from './in-slices.ts'
import { type FileOfInvoices, withoutDuplicates } from './late-duplicates.ts'
import type { InvoiceFileFacts, StagedInvoice } from './types.ts'
import { unpackVerdict } from './verdict-text.ts'

type SettleWork = Omit<FileWork<InvoiceFileFacts, StagedInvoice, ReadInvoices>, 'close'>

/** The next invoices of a file, and what their claims need to know of it. */
export interface ReadInvoices {
  readonly items: readonly StagedInvoice[]
  readonly last: string
  readonly file: FileOfRun
}

interface FileOfRun extends FileOfInvoices {
  readonly fileHash: string
}

/**
 * Second pass: settles the staged invoices, some hundred per transaction. Chunks together are decided as the controls left them; one
 * that meets a service paid since then is done again alone, after looking up what was paid meanwhile.
 */
export function settleInvoices(context: Context): SettleWork {
  const appends = new InOrder()
  return {
    chunkSize: context.config.invoicesPerChunk,
    itemKey: ({ sequence }) => String(sequence),
    read: readInvoices,
    store: async (tx, read, run, mode, turn) => {
      if (mode === 'together') return await settleTogether(context, tx, read, run, { turn, appends })
      const invoices = await withoutDuplicates(tx, read.file, read.items)
      await storeClaims(tx, await decide(context, read.file, run, invoices))
      return totalsOf(invoices)
    },
  }
}

async function readInvoices(
  q: Queryable,
  { after, through, limit }: RunRange,
  { params: { fileId } }: Run<FileParams>,
): Promise<ReadInvoices | null> {
  const { rows } = await q.query<StagedRow>({
    name: 'reimbursement-staged-invoices',
    text: `select s.sequence, s.destination, s.first_record, s.verdict, encode(f.file_hash, 'hex') as file_hash, f.business_date
             from app_files.files f join app.staged_invoices s using (file_id)
            where f.file_id = $1 and s.sequence > $2 and s.sequence <= coalesce($3::int, (f.facts ->> 'invoices')::int)
            order by s.sequence limit $4`,
    values: [fileId, Number(after ?? 0), through, limit],
  })
  if (rows[0] === undefined) return null
  const items = await mapInSlices(rows, ({ sequence, destination, first_record: firstRecord, verdict }) => ({
    ...{ sequence, destination, firstRecord, verdict: unpackVerdict(verdict) },
  }))
  const { file_hash: fileHash, business_date: receivedOn } = rows[0]
  return { items, last: String(items.at(-1)!.sequence), file: { fileId, fileHash, receivedOn } }
}

interface StagedRow {
  readonly sequence: number
  readonly destination: string
  readonly first_record: number
  readonly verdict: string
  readonly file_hash: string
  readonly business_date: IsoDate
}

/** A chunk met a service that was paid since the controls: look up what is there and decide it again, alone. */
class MetAnother extends Error {
  constructor(cause: unknown) {
    super('a service of this chunk was paid meanwhile', { cause })
  }
}

/**
 * Events and messages are appended in the order of the chunks; the lists, where two chunks can meet, wait for the commit of the chunk
 * before. So two of them never wait for each other.
 */
async function settleTogether(
  context: Context,
  tx: Transaction,
  read: ReadInvoices,
  run: Run<FileParams>,
  { turn, appends }: { readonly turn: Turn; readonly appends: InOrder },
): Promise<Counts> {
  const place = appends.next(run.runId)
  try {
    const decided = await decide(context, read.file, run, read.items)
    await place.before
    await decided.batch.store(tx)
    place.done()
    await turn()
    await listClaims(tx, decided).catch((error: unknown) => {
      throw new MetAnother(error)
    })
    return totalsOf(read.items)
  } finally {
    place.done()
  }
}

/** Places in a row, one row per run: each waits for the one before it, however that one ends. */
class InOrder {
  readonly #last = new Map<string, Promise<void>>()

  next(runId: string): { readonly before: Promise<void> | undefined; readonly done: () => void } {
    const before = this.#last.get(runId)
    const { promise, resolve } = Promise.withResolvers<void>()
    const mine = promise.finally(() => {
      if (this.#last.get(runId) === mine) this.#last.delete(runId)
    })
    this.#last.set(runId, mine)
    return { before, done: resolve }
  }
}

const decide = (
  context: Context,
  file: FileOfRun,
  { actor, correlationId }: Run<FileParams>,
  invoices: readonly StagedInvoice[],
) =>
  decideClaims(
    context,
    invoices.map((invoice) => claimOf(file, invoice)),
    { actor, correlationId },
  )

/** A deterministic id: the same invoice of the same file is the same claim for ever. */
const claimIdOf = (fileHash: string, sequence: number): string => uuidV5(`claim\n${fileHash}\n${sequence}`)

const claimOf = (
  { fileId, fileHash, receivedOn }: FileOfRun,
  { sequence, verdict: { providerNumber, assessment } }: StagedInvoice,
): NewClaim => ({
  head: {
    claimId: claimIdOf(fileHash, sequence),
    channel: 'efact',
    ...{ providerNumber, fileId, sequence, receivedOn },
  },
  assessment,
})

/** Lines and money of the invoices, per destination. */
function totalsOf(invoices: readonly StagedInvoice[]): Counts {
  const totals = new Map<string, PartCounts>()
  for (const { destination, verdict } of invoices) {
    const part = totals.get(destination) ?? { accepted: 0, refused: 0, paid: 0 }
    totals.set(destination, part)
    for (const { outcome, interventionCents } of verdict.assessment.lines) {
      if (outcome === 'refused') part.refused += 1
      else part.accepted += 1
      part.paid += interventionCents
    }
  }
  return countsByName(totals)
}
