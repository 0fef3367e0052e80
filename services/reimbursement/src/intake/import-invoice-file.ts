import type { Files } from '@ziv/intake'
import { uuidV7 } from '@ziv/kernel'
import type { Context } from '../context.ts'
import { fileOf } from './file-view.ts'
import { INVOICE_FILE } from './invoice-file.ts'
import { NotYourFile } from './stage-file.ts'
import type { ImportInvoiceOptions, ImportInvoiceResult, InvoiceFileFacts } from './types.ts'

/** Reads a billing file and settles it; resolves when all is stored and in the outbox. For the command line and the demo. */
export async function importInvoiceFile(
  { files, clock }: Pick<Context, 'clock'> & { readonly files: Files },
  source: AsyncIterable<Uint8Array>,
  { origin, fileName, senderNumber, onProgress }: ImportInvoiceOptions = {},
): Promise<ImportInvoiceResult> {
  try {
    const received = await files.receive<InvoiceFileFacts>(INVOICE_FILE, source, {
      ...{ origin: origin ?? { actor: 'reimbursement', correlationId: uuidV7(clock) }, format: 'efact' },
      ...(fileName === undefined ? {} : { fileName }),
      ...(senderNumber === undefined ? {} : { sender: senderNumber }),
    })
    if (!received.ok) return { ok: false, reason: 'unreadable', issues: received.issues }
    const { file, alreadyKnown } = received
    const total = file.facts.invoices
    const done = await files.process(file, onProgress && ((run) => onProgress({ done: run.done, total })))
    return { ok: true, file: fileOf(done), alreadyKnown }
  } catch (error) {
    if (error instanceof NotYourFile) return { ok: false, reason: 'notYours', issues: [] }
    throw error
  }
}
