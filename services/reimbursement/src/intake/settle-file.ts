import type { ReimbursementContext } from '../context.ts'
import { type FileRow, findFile, loadFile, lockFile, partsOf } from './file-store.ts'
import { appendFileEvent } from './receive-file.ts'
import { type Flight, MetAnother, prepareChunk, settleCarefully, startChunk } from './settle-chunk.ts'
import type { ImportInvoiceOptions, InvoiceFile } from './types.ts'

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
  if (
    file.completed_at === null &&
    (await settleInvoices(context, file, (done) => onProgress?.({ done, total: file.invoices })))
  ) {
    await completeFile(context, fileId)
  }
  return (await loadFile(context.database, fileId))!
}

const inFlightMax = 2

/** Settles what is left of a file; a chunk that meets what was paid meanwhile is done again, alone. False: stopped. */
async function settleInvoices(context: ReimbursementContext, file: FileRow, tell: Tell): Promise<boolean> {
  let after = file.done_until
  for (;;) {
    try {
      return await settleFrom(context, file, after, tell)
    } catch (error) {
      if (!(error instanceof MetAnother)) throw error
      after = await settleCarefully(context, file.file_id)
      tell(after)
    }
  }
}

type Tell = (done: number) => void

/** Reads and decides one chunk while two before it are stored. */
async function settleFrom(context: ReimbursementContext, file: FileRow, after: number, tell: Tell): Promise<boolean> {
  const flights: Flight[] = []
  let next = prepareChunk(context, file, after)
  try {
    for (;;) {
      const chunk = context.signal.aborted ? null : await next
      if (chunk !== null) {
        flights.push(startChunk(context, file.file_id, chunk, flights.at(-1)))
        next = prepareChunk(context, file, chunk.until)
        // when a flight fails nobody waits for the chunk behind it
        next.catch(() => undefined)
        if (flights.length < inFlightMax) continue
      }
      const landed = await flights.shift()?.stored
      if (landed === undefined) return !context.signal.aborted
      tell(landed)
    }
  } finally {
    await Promise.allSettled([next, ...flights.map(({ stored }) => stored)])
  }
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
