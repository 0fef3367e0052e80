import { type AnsweredRecord, type EfactHeader, headerOf, writeEfactAnswer, zoneText } from '@ziv/formats'
import type { IssueScope } from '@ziv/intake'
import { type Cents, dateOf } from '@ziv/kernel'
import { streamBatches } from '@ziv/postgres'
import { ERASED, type Sealed, TamperedError } from '@ziv/privacy'
import type { Context } from '../context.ts'
import { answerKindOf, type StoredPart } from './file-view.ts'
import { fileInScope } from './scoped-file.ts'
import { openInvoices, type StagedRecords } from './seal.ts'
import type { StoredInvoiceFile } from './types.ts'
import { unpackVerdict } from './verdict-text.ts'

interface StagedRow {
  readonly sequence: number
  readonly destination: string
  readonly ziekenfonds: string | null
  readonly first_record: number
  readonly records: string
  readonly patient_subject: string | null
  readonly patient: Sealed | null
  readonly verdict: string
}

interface Owned {
  readonly destination: string
  readonly ziekenfonds: string | null
}

/** Whether an invoice belongs to who asks; of an unknown patient the destination decides. */
const inScope = ({ destination, ziekenfonds }: Owned, scope: IssueScope): boolean =>
  (scope.insurer === undefined || destination[0] === scope.insurer[0]) &&
  (scope.ziekenfonds === undefined || (ziekenfonds ?? destination) === scope.ziekenfonds)

type AnswerPart = Pick<StoredPart, 'destination' | 'records' | 'askedCents' | 'paidCents'>

/** The answer to a finished file in the format of the billing files, streamed; always the same for the same file. */
export async function* answerOf(
  context: Context,
  file: StoredInvoiceFile,
  scope: IssueScope = {},
): AsyncGenerator<string> {
  const sent = await headerOfFile(context, file)
  const found = await fileInScope(context.database, file, scope)
  const parts = found?.parts ?? []
  const { lines, errorLines } = found?.file ?? { lines: 0, errorLines: 0 }
  const kind = answerKindOf(file)!
  yield* writeEfactAnswer({
    kind,
    sent,
    insurer: parts[0]?.destination ?? scope.insurer ?? '000',
    createdOn: dateOf(file.completedAt!),
    insurerReference: String(file.arrival),
    errorPercentage: lines === 0 ? 10_000 : Math.ceil((errorLines * 10_000) / lines),
    ...(kind === '920999'
      ? { totals: await totalsOf(context, file, scope) }
      : { records: answeredRecords(context, file, scope), insurers: parts.map(partTotals(file)) }),
  })
}

async function openHeader({ vault }: Pick<Context, 'vault'>, { fileId, facts }: StoredInvoiceFile) {
  const [opened] = await vault.open([
    { subjectId: fileId, context: `invoiceFile:${fileId}:header`, sealed: facts.header },
  ])
  return opened
}

/** Whether what was sealed under the key of the file opens: not when that key was destroyed, is gone, or is another one. */
export async function headerOpens(context: Pick<Context, 'vault'>, file: StoredInvoiceFile): Promise<boolean> {
  try {
    return typeof (await openHeader(context, file)) === 'string'
  } catch (error) {
    if (error instanceof TamperedError) return false
    throw error
  }
}

async function headerOfFile(context: Context, file: StoredInvoiceFile): Promise<EfactHeader> {
  const opened = await openHeader(context, file)
  if (opened === undefined || opened === ERASED) throw new Error(`the header of file ${file.fileId} was erased`)
  const [segment200, segment300] = JSON.parse(opened as string) as [string, string]
  return headerOf({ type: '200', index: 0, text: segment200 }, { type: '300', index: 0, text: segment300 })
}

const partTotals = (file: StoredInvoiceFile) => (part: AnswerPart) => ({
  insurer: part.destination,
  askedCents: part.askedCents as Cents,
  acceptedCents: part.paidCents as Cents,
  refusedCents: (part.askedCents - part.paidCents) as Cents,
  records: part.records,
  paymentReference: `ZIV${file.arrival}/${part.destination}`,
})

/** The totals that were sent: of the file for everything, else the ones of the insurer that asks. */
async function totalsOf(context: Context, file: StoredInvoiceFile, scope: IssueScope) {
  const { rows } = await context.database.query<StagedRow>(
    `select sequence, first_record, records, patient_subject, patient from app.staged_invoices
      where file_id = $1 and sequence = $2`,
    [file.fileId, file.facts.invoices + 1],
  )
  const opened = await openInvoices(context.vault, file.fileId, rows.map(asStaged))
  const records = opened.flat()
  if (scope.insurer === undefined) return records.filter((record) => record.type === '95' || record.type === '96')
  // a total of a destination is that of all its ziekenfondsen: a ziekenfonds does not see it
  const visible = (destination: string): boolean =>
    scope.ziekenfonds === undefined && destination[0] === scope.insurer?.[0]
  return records.filter((record) => record.type === '95' && visible(zoneText(record, 'insurer')))
}

const asStaged = (row: StagedRow): StagedRecords => ({
  sequence: row.sequence,
  firstRecord: row.first_record,
  records: row.records,
  subjectId: row.patient_subject,
  patient: row.patient,
})

/** Records 10 to 90 with what is said about each. */
async function* answeredRecords(
  context: Context,
  file: StoredInvoiceFile,
  scope: IssueScope,
): AsyncGenerator<AnsweredRecord> {
  const sql = `select sequence, destination, ziekenfonds, first_record, records, patient_subject, patient, verdict
                 from app.staged_invoices where file_id = $1 order by sequence`
  for await (const rows of streamBatches<StagedRow>(context.database, sql, [file.fileId], { batchSize: 500 })) {
    const mine = rows.filter((row) => row.destination === '' || inScope(row, scope))
    const opened = await openInvoices(context.vault, file.fileId, mine.map(asStaged))
    for (const [at, row] of mine.entries()) yield* answered(row, opened[at]!)
  }
}

function* answered(row: StagedRow, records: readonly AnsweredRecord['record'][]): Generator<AnsweredRecord> {
  // what stands around the invoices has no verdict
  const verdict = row.verdict === '' ? undefined : unpackVerdict(row.verdict)
  const paid = new Map(verdict?.assessment.lines.map((line, index) => [verdict.places[index], line.interventionCents]))
  for (const [place, record] of records.entries()) {
    if (record.type === '95' || record.type === '96') continue
    const codes = verdict?.records[place]
    const paidCents = paid.get(place)
    yield {
      record,
      verdict: {
        ...(codes === undefined ? {} : { refusals: codes.map(([letter, code]) => ({ letter, code })) }),
        ...(paidCents === undefined ? {} : { paidCents }),
      },
    }
  }
}
