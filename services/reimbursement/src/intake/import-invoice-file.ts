import type { ReimbursementContext } from '../context.ts'
import { sweepDeadUploads } from './file-store.ts'
import { receiveInvoiceFile } from './receive-file.ts'
import { settleFile } from './settle-file.ts'
import type { ImportInvoiceOptions, ImportInvoiceResult, InvoiceFile } from './types.ts'

/** Reads a billing file and settles it; resolves when all is stored and in the outbox. For the command line and the demo. */
export async function importInvoiceFile(
  context: ReimbursementContext,
  source: AsyncIterable<Uint8Array>,
  options: ImportInvoiceOptions = {},
): Promise<ImportInvoiceResult> {
  const received = await receiveInvoiceFile(context, source, options)
  if (!received.ok) return received
  return { ...received, file: await settleFile(context, received.file.fileId, options.onProgress) }
}

/** Takes up the files that an ended process left half settled, oldest first. */
export async function resumeInvoiceFiles(context: ReimbursementContext): Promise<InvoiceFile[]> {
  await sweepDeadUploads(context.database)
  const { rows } = await context.database.query<{ file_id: string }>(
    `select file_id from app.invoice_files where completed_at is null and state = 'received' order by arrival`,
  )
  const resumed: InvoiceFile[] = []
  for (const row of rows) resumed.push(await settleFile(context, row.file_id))
  return resumed
}
