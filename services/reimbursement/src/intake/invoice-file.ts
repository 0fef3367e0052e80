import { recordOnce } from '@ziv/event-store'
import { type AnswerRows, answerDigest, type FileEnd, type FileKind, type Staged, type Upload } from '@ziv/intake'
import type { Instant, IsoDate, Words } from '@ziv/kernel'
import { exceededErrorLimit, type Law } from '@ziv/law'
import type { Transaction } from '@ziv/postgres'
import type { Context } from '../context.ts'
import { type FileRefusal, fileRefusals } from '../domain/file-refusals.ts'
import { type InvoiceFileEvent, invoiceFileStream } from '../domain/invoice-file.ts'
import { countsByName, type PartCounts } from './file-view.ts'
import { type ReadInvoices, settleInvoices } from './settle-chunk.ts'
import { type ControlledFile, stageInvoices } from './stage-file.ts'
import type { AnswerKind, InvoiceFileFacts, StagedInvoice, StoredInvoiceFile } from './types.ts'

/** Name of the kind: of its run and of its task too. */
export const INVOICE_FILE = 'invoiceFile'

/** What is kept of a billing file for its answer. */
export const ANSWERED_INVOICES: AnswerRows = {
  table: 'app.staged_invoices',
  columns: `sequence, destination, ziekenfonds, first_record, records, patient_subject, patient, verdict, asked_cents, paid_cents`,
  order: 'sequence',
}

/**
 * A billing file: read, controlled and staged, then settled invoice by invoice. One with blocking errors or too many errors is refused
 * as a whole, a test file is done when it is controlled. Its answer covers every invoice, so none is ever left out; and which of two
 * equal services is the paid one goes by their order in the file, so one process settles it at a time.
 */
export function invoiceFileKind(context: Context): FileKind<InvoiceFileFacts, StagedInvoice, ReadInvoices> {
  const { config } = context
  return {
    kind: INVOICE_FILE,
    issuesMax: config.issuesMax,
    stage: async (upload, source) => {
      const controlled = await stageInvoices(context, upload, source)
      return controlled === null ? null : stagedOf(controlled, context.law, upload)
    },
    work: { ...settleInvoices(context), whole: true, close: (_, file, run) => closeSettled(file, run.counts) },
    isSame: maybePaid,
    end: (tx, file, end, completedAt) => recordEnd(context, tx, file, end, completedAt),
    // the records of a file that ended are what its answer is made of
    discard: async (q, fileId, why) => {
      if (why === 'ended') return
      for (let gone: number | null = null; gone !== 0; ) {
        // in pieces: a long transaction would freeze every reader of the cluster
        const { rowCount } = await q.query(
          `delete from app.staged_invoices where file_id = $1 and sequence <= $2 + (
             select min(sequence) from app.staged_invoices where file_id = $1)`,
          [fileId, dropInvoices],
        )
        gone = rowCount
      }
    },
  }
}

const dropInvoices = 20_000

/**
 * A file that is at work or settled is one file, or its care would be asked again. One that was refused as a whole paid nothing, and what
 * refused it (a patient not in order yet) may be mended since without a byte of the file changing: it is judged anew.
 */
const maybePaid = ({ outcome }: StoredInvoiceFile): boolean => outcome !== '920099' && outcome !== '920999'

function stagedOf(controlled: ControlledFile, law: Law, upload: Upload): Staged<InvoiceFileFacts> {
  const { facts, sender } = controlled
  const refusal = refusalOf(controlled, law, upload.today)
  if (refusal !== undefined) {
    const { answer, code, words } = refusal
    upload.noteRefused({ code, ...words, detail: { invoice: 0 } })
    return { facts, sender, end: endOf(facts, answer, () => 0) }
  }
  if (!facts.test) return { facts, sender }
  return { facts, sender, end: endOf(facts, '920098', ({ lines, refusedLines }) => lines - refusedLines) }
}

interface Refusal {
  readonly answer: AnswerKind
  readonly code: FileRefusal
  readonly words: Words
}

/** Why a file is refused as a whole; undefined when it is not. More than the legal share of lines in error is too many. */
function refusalOf({ facts, blockingForm }: ControlledFile, law: Law, today: IsoDate): Refusal | undefined {
  const { invoices, blockingErrors, lines, errorLines } = facts
  if (invoices === 0) {
    return { answer: '920999', code: 'fileWithoutInvoice', words: fileRefusals.fileWithoutInvoice() }
  }
  if (blockingErrors > 0) {
    const answer = blockingErrors === blockingForm ? '920999' : '920099'
    return { answer, code: 'fileBlocked', words: fileRefusals.fileBlocked() }
  }
  const limit = exceededErrorLimit(facts, today, law)
  if (limit === null) return undefined
  const words = fileRefusals.fileTooManyErrors(`${errorLines}/${lines}`, `${limit.numerator}/${limit.denominator}`)
  return { answer: '920099', code: 'fileTooManyErrors', words }
}

/** The end of a file that is not settled: its lines accepted and refused, nothing paid. */
function endOf(
  { parts, lines }: InvoiceFileFacts,
  outcome: AnswerKind,
  accepted: (part: InvoiceFileFacts['parts'][number]) => number,
): FileEnd {
  const byPart = new Map(
    parts.map((part): [string, PartCounts] => {
      const good = accepted(part)
      return [part.destination, { accepted: good, refused: part.lines - good, paid: 0 }]
    }),
  )
  const acceptedLines = parts.reduce((sum, part) => sum + accepted(part), 0)
  const sums = { acceptedLines, refusedLines: lines - acceptedLines, paidCents: 0 }
  return { outcome, counts: { ...sums, ...countsByName(byPart) } }
}

function closeSettled({ facts }: StoredInvoiceFile, counts: Readonly<Record<string, number>>): FileEnd {
  const sum = (name: keyof PartCounts): number =>
    facts.parts.reduce((total, { destination }) => total + (counts[`${destination}/${name}`] ?? 0), 0)
  const sums = { acceptedLines: sum('accepted'), refusedLines: sum('refused'), paidCents: sum('paid') }
  return { outcome: '920900', counts: { ...counts, ...sums } }
}

/** The end of a file, on its own stream. */
async function recordEnd(
  { store, law, clock }: Context,
  tx: Transaction,
  file: StoredInvoiceFile,
  end: FileEnd,
  recordedAt: Instant,
): Promise<void> {
  const { actor, correlationId } = file
  const digest = await answerDigest(tx, INVOICE_FILE, file.fileId, ANSWERED_INVOICES)
  await recordOnce(tx, store, () => recordedAt, {
    streamId: invoiceFileStream(file.fileId),
    event: eventOf(file, end, digest, clock.today()),
    metadata: { actor, correlationId, law: law.version },
  })
}

function eventOf(
  { fileId, fileHash, facts }: StoredInvoiceFile,
  end: FileEnd,
  answerDigest: string,
  today: string,
): InvoiceFileEvent {
  const { lines, errorLines, askedCents } = facts
  const { acceptedLines = 0, refusedLines = 0, paidCents = 0 } = end.counts
  const about = { fileId, fileHash, lines, askedCents, answerDigest }
  const answerKind = end.outcome as AnswerKind
  if (answerKind === '920900') {
    const data = { ...about, acceptedLines, refusedLines, paidCents, settledOn: today }
    return { type: 'InvoiceFileSettled', version: 1, data }
  }
  if (answerKind === '920098') {
    return { type: 'InvoiceFileTested', version: 1, data: { ...about, acceptedLines, refusedLines, testedOn: today } }
  }
  return { type: 'InvoiceFileRefused', version: 1, data: { ...about, errorLines, answerKind, refusedOn: today } }
}
