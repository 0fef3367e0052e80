import { recordOnce } from '@ziv/event-store'
import { uuidV7 } from '@ziv/kernel'
import type { Law, Ratio } from '@ziv/law'
import { conflictOn, type Transaction } from '@ziv/postgres'
import { metadataOf, type Origin, type ReimbursementContext } from '../context.ts'
import { type InvoiceFileEvent, invoiceFileStream } from '../domain/invoice-file.ts'
import { dropUpload, fileOf, findFileByHash, loadFile, openUpload, partsOf, sweepDeadUploads } from './file-store.ts'
import { NotYourFile, type StagedFile, stageFile } from './stage-file.ts'
import type { ImportInvoiceOptions, ImportInvoiceResult } from './types.ts'

const serviceOrigin = (correlationId: string): Origin => ({ actor: 'reimbursement', correlationId })

/**
 * First half of an import: reads, controls and stages the whole file. A file that cannot be read is refused and leaves
 * nothing; a file that was sent before answers with its first intake; one with blocking errors or too many errors is refused
 * as a whole. A test file is done when it is controlled. Otherwise it is `received` and `settleFile` does the rest.
 */
export async function receiveInvoiceFile(
  context: ReimbursementContext,
  source: AsyncIterable<Uint8Array>,
  options: ImportInvoiceOptions,
): Promise<ImportInvoiceResult> {
  await sweepDeadUploads(context.database)
  const fileId = uuidV7(context.clock)
  const origin = options.origin ?? serviceOrigin(fileId)
  await openUpload(context.database, {
    fileId,
    ...(options.fileName === undefined ? {} : { fileName: options.fileName }),
    today: context.clock.today(),
    origin,
    receivedAt: context.clock.now(),
  })
  try {
    const staged = await stageFile(context, fileId, source, options.senderNumber)
    if (staged.fatal.length > 0 || staged.header === null) {
      await dropUpload(context.database, fileId)
      return { ok: false, reason: 'unreadable', issues: staged.fatal }
    }
    return await closeUpload(context, fileId, staged, origin)
  } catch (error) {
    await dropUpload(context.database, fileId)
    if (error instanceof NotYourFile) return { ok: false, reason: 'notYours', issues: [] }
    throw error
  }
}

/** Why a file is refused as a whole; undefined when it is not. More than the legal share of lines in error is too many. */
function refusalOf(staged: StagedFile, law: Law, today: string): '920999' | '920099' | undefined {
  if (staged.invoices === 0 || (staged.blockingForm > 0 && staged.blockingInvoices === 0)) return '920999'
  if (staged.blockingForm > 0 || staged.blockingInvoices > 0) return '920099'
  const limit = law.at<Ratio>('reimbursement/efact-error-limit', today as Parameters<Law['at']>[1]).value
  return staged.errorLines * limit.denominator > staged.lines * limit.numerator ? '920099' : undefined
}

async function closeUpload(
  context: ReimbursementContext,
  fileId: string,
  staged: StagedFile,
  origin: Origin,
): Promise<ImportInvoiceResult> {
  const known = await findFileByHash(context.database, staged.hash)
  if (known !== undefined) {
    await dropUpload(context.database, fileId)
    const file = fileOf(known, await partsOf(context.database, known.file_id))
    return { ok: true, file, alreadyKnown: true }
  }
  const answerKind = refusalOf(staged, context.law, context.clock.today())
  const booked = await context.database.transaction(async (tx) => {
    if (!(await bookFile(tx, fileId, staged))) return false
    await bookParts(tx, fileId, staged)
    if (answerKind !== undefined) await refuseFile(context, tx, fileId, staged, answerKind, origin)
    else if (staged.test) await closeTest(context, tx, fileId, staged, origin)
    return true
  })
  // the same file arrived twice at the same moment: the other one was faster
  if (!booked) return await closeUpload(context, fileId, staged, origin)
  return { ok: true, file: (await loadFile(context.database, fileId))!, alreadyKnown: false }
}

async function bookFile(tx: Transaction, fileId: string, staged: StagedFile): Promise<boolean> {
  // the same file at the same moment: run again, this one finds the other
  const { rowCount } = await conflictOn(['invoice_files_hash'], () =>
    tx.query(
      `update app.invoice_files
        set state = 'received', is_test = $11, file_hash = $2, size_bytes = $3, header = $4, provider_numbers = $5, invoices = $6, lines = $7,
            error_lines = $8, blocking_errors = $9, asked_cents = $10, lease_until = null
      where file_id = $1 and state = 'receiving' and not exists (select from app.invoice_files where file_hash = $2)`,
      [
        fileId,
        staged.hash,
        staged.sizeBytes,
        JSON.stringify(staged.header),
        [staged.providerNumber],
        staged.invoices,
        staged.lines,
        staged.errorLines,
        staged.blockingInvoices + staged.blockingForm,
        staged.askedCents,
        staged.test,
      ],
    ),
  )
  return rowCount === 1
}

async function bookParts(tx: Transaction, fileId: string, staged: StagedFile): Promise<void> {
  const parts = [...staged.parts]
  await tx.query(
    `insert into app.invoice_file_parts (file_id, destination, insurer, records, lines, asked_cents)
     select $1, * from unnest($2::text[], $3::text[], $4::int[], $5::int[], $6::bigint[])`,
    [
      fileId,
      parts.map(([destination]) => destination),
      parts.map(([destination]) => `${destination[0]}00`),
      parts.map(([, part]) => part.records),
      parts.map(([, part]) => part.lines),
      parts.map(([, part]) => part.askedCents),
    ],
  )
}

async function refuseFile(
  context: ReimbursementContext,
  tx: Transaction,
  fileId: string,
  staged: StagedFile,
  answerKind: '920999' | '920099',
  origin: Origin,
): Promise<void> {
  const completedAt = context.clock.now()
  await tx.query(
    `update app.invoice_files set state = 'refused', answer_kind = $2, refused_lines = lines, completed_at = $3
      where file_id = $1`,
    [fileId, answerKind, completedAt],
  )
  await tx.query('update app.invoice_file_parts set refused_lines = lines where file_id = $1', [fileId])
  const { lines, errorLines, askedCents } = staged
  const fileHash = staged.hash.toString('hex')
  await appendFileEvent(context, tx, origin, {
    type: 'InvoiceFileRefused',
    version: 1,
    data: { fileId, fileHash, answerKind, lines, errorLines, askedCents, refusedOn: context.clock.today() },
  })
}

/** The end of a test: its controls are its answer, and nothing of it becomes a claim. */
async function closeTest(
  context: ReimbursementContext,
  tx: Transaction,
  fileId: string,
  staged: StagedFile,
  origin: Origin,
): Promise<void> {
  const { lines, askedCents, parts } = staged
  const refusedLines = [...parts.values()].reduce((sum, part) => sum + part.refusedLines, 0)
  const acceptedLines = lines - refusedLines
  await tx.query(
    `update app.invoice_files
        set state = 'tested', answer_kind = '920098', accepted_lines = $2, refused_lines = $3, completed_at = $4
      where file_id = $1`,
    [fileId, acceptedLines, refusedLines, context.clock.now()],
  )
  await tx.query(
    `update app.invoice_file_parts p set accepted_lines = p.lines - n.refused, refused_lines = n.refused
       from unnest($2::text[], $3::int[]) n (destination, refused) where p.file_id = $1 and p.destination = n.destination`,
    [fileId, [...parts.keys()], [...parts.values()].map((part) => part.refusedLines)],
  )
  const fileHash = staged.hash.toString('hex')
  await appendFileEvent(context, tx, origin, {
    type: 'InvoiceFileTested',
    version: 1,
    data: { fileId, fileHash, lines, acceptedLines, refusedLines, askedCents, testedOn: context.clock.today() },
  })
}

/** The end of a file, on its own stream. */
export async function appendFileEvent(
  context: Pick<ReimbursementContext, 'store' | 'clock' | 'law'>,
  tx: Transaction,
  origin: Origin,
  event: InvoiceFileEvent,
): Promise<void> {
  await recordOnce(tx, context.store, () => context.clock.now(), {
    ...{ streamId: invoiceFileStream(event.data.fileId), event, metadata: metadataOf(origin, context.law) },
  })
}
