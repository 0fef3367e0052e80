import type { ReimbursementContext } from '../context.ts'
import { withRetry } from '../with-retry.ts'
import { type FileRow, findFile, loadFile, lockFile, partsOf } from './file-store.ts'
import { appendFileEvent } from './receive-file.ts'
import { prepareChunk, storeCarefully, storeChunk } from './settle-chunk.ts'
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
  if (file.completed_at === null && (await settleInvoices(context, file, onProgress))) {
    await completeFile(context, fileId)
  }
  return (await loadFile(context.database, fileId))!
}

/** Stores one chunk while the next one is read and decided. False when the signal stopped it. */
async function settleInvoices(
  context: ReimbursementContext,
  file: FileRow,
  onProgress: ImportInvoiceOptions['onProgress'],
): Promise<boolean> {
  let next = prepareChunk(context, file, file.done_until)
  for (;;) {
    const chunk = await next
    if (chunk === null) return true
    if (context.signal.aborted) return false
    next = prepareChunk(context, file, chunk.until)
    // when storing fails nobody waits for the one behind
    next.catch(() => undefined)
    let tried = false
    await withRetry(context.database, async (tx) => {
      const store = tried ? storeCarefully : storeChunk
      tried = true
      await store(context, tx, file.file_id, chunk)
    })
    onProgress?.({ done: chunk.until, total: file.invoices })
    await context.afterChunk?.(chunk.until)
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
