import { createHash } from 'node:crypto'
import { type EfactHeader, type EfactInvoice, type EfactRecord, readEfact, zone } from '@ziv/formats'
import type { IsoDate } from '@ziv/kernel'
import { copyIn, copyRow } from '@ziv/postgres'
import type { Sealed } from '@ziv/privacy'
import type { ReimbursementContext } from '../context.ts'
import { mapInSlices } from '../in-slices.ts'
import { type ControlledInvoice, controlChunk } from './control-chunk.ts'
import { extendLease, storeIssues } from './file-store.ts'
import { formIssue, issuesOfInvoice } from './issues.ts'
import { numberOf } from './read-invoice.ts'
import { type SealedInvoice, sealFrames, sealInvoices } from './seal.ts'
import type { InvoiceIssue } from './types.ts'
import { packVerdict, paidCentsOf } from './verdict-text.ts'

/** What the first pass found. `fatal` holds what makes the file unreadable as a whole; then nothing may stay. */
export interface StagedFile {
  readonly hash: Buffer
  readonly sizeBytes: number
  readonly header: Sealed | null
  /** Marked as a test: controlled, not to be settled. */
  readonly test: boolean
  readonly providerNumber: string
  readonly invoices: number
  readonly lines: number
  readonly errorLines: number
  /** Errors that block the file: of invoices, and of what stands around them. */
  readonly blockingInvoices: number
  readonly blockingForm: number
  readonly askedCents: number
  readonly parts: ReadonlyMap<string, StagedPart>
  readonly fatal: readonly InvoiceIssue[]
}

export interface StagedPart {
  records: number
  lines: number
  /** Lines that the controls refused. */
  refusedLines: number
  askedCents: number
}

/** The sender may only send files of its own. */
export class NotYourFile extends Error {
  readonly code = 'REIMBURSEMENT_NOT_YOUR_FILE'
}

/** The upload stood still longer than its lease and another process removed it: it has to be sent again. */
class UploadSwept extends Error {
  readonly code = 'REIMBURSEMENT_UPLOAD_SWEPT'
  constructor(fileId: string) {
    super(`upload ${fileId} stood still too long and was removed: send the file again`)
    this.name = 'UploadSwept'
  }
}

/**
 * First pass over a billing file: hashes, reads, controls and stages it in chunks of one transaction each, with constant
 * memory. The number of the patient and the accounts of the sender are staged sealed only. One chunk is read while the one
 * before is controlled and the one before that is stored.
 */
export async function stageFile(
  context: ReimbursementContext,
  fileId: string,
  source: AsyncIterable<Uint8Array>,
  senderNumber?: string,
): Promise<StagedFile> {
  const stage = new Stage(context, fileId)
  const hash = createHash('sha256')
  let sizeBytes = 0
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      hash.update(chunk)
      sizeBytes += chunk.byteLength
      yield chunk
    }
  }
  const options = { today: stage.today, maxIssues: context.config.issuesMax }
  let complete = false
  try {
    for await (const item of readEfact(hashed(), options)) {
      if (item.kind === 'end') complete = item.end.complete
      else if (item.kind === 'invoice') await stage.invoice(item.invoice)
      else if (item.kind === 'issue') stage.issue(item.issue)
      else if (item.kind === 'header') await stage.openHeader(item.header)
      else stage.frame(item.record, item.kind === 'batch', senderNumber)
    }
    if (complete && stage.fatal.length === 0) await stage.finish()
  } finally {
    await stage.settle()
  }
  return { hash: hash.digest(), sizeBytes, ...stage.summary(complete) }
}

class Stage {
  readonly today: IsoDate
  readonly fatal: InvoiceIssue[] = []
  readonly #context: ReimbursementContext
  readonly #fileId: string
  readonly #parts = new Map<string, StagedPart>()
  #waiting: EfactInvoice[] = []
  #waitingLines = 0
  #frameIssues: InvoiceIssue[] = []
  #before: EfactRecord[] = []
  #after: EfactRecord[] = []
  #header: Sealed | null = null
  #test = false
  #providerNumber = ''
  #invoices = 0
  #lines = 0
  #errorLines = 0
  #blockingInvoices = 0
  #blockingForm = 0
  #askedCents = 0
  #formIssues = 0
  #controlling: Promise<void> = Promise.resolve()
  #writing: Promise<void> = Promise.resolve()
  #failure: unknown

  constructor(context: ReimbursementContext, fileId: string) {
    this.#context = context
    this.#fileId = fileId
    this.today = context.clock.today()
  }

  summary(complete: boolean) {
    const fatal = this.fatal
    if (!complete && fatal.length === 0) throw new Error('the reader stopped without saying why')
    return {
      header: this.#header,
      test: this.#test,
      providerNumber: this.#providerNumber,
      invoices: this.#invoices,
      lines: this.#lines,
      errorLines: this.#errorLines,
      blockingInvoices: this.#blockingInvoices,
      blockingForm: this.#blockingForm,
      askedCents: this.#askedCents,
      parts: this.#parts,
      fatal,
    }
  }

  async openHeader(header: EfactHeader): Promise<void> {
    this.#test = header.test
    const plaintext = JSON.stringify([header.segment200.text, header.segment300.text])
    const [sealed] = await this.#context.vault.seal([
      { subjectId: this.#fileId, context: `invoiceFile:${this.#fileId}:header`, plaintext },
    ])
    this.#header = sealed!
  }

  /** Records around the invoices: 10 before them; 90, 95 and 96 after them. */
  frame(record: EfactRecord, first: boolean, senderNumber: string | undefined): void {
    if (!first) {
      this.#after.push(record)
      return
    }
    this.#before.push(record)
    this.#providerNumber = numberOf(zone(record, '14'))
    if (senderNumber !== undefined && senderNumber !== this.#providerNumber) throw new NotYourFile()
  }

  issue(issue: Parameters<typeof formIssue>[0]): void {
    if (issue.severity === 'fatal') {
      this.fatal.push(formIssue(issue, 0, this.fatal.length + 1, ''))
      return
    }
    // those of an invoice come again with it
    if (issue.place.recordType !== undefined && invoiceTypes.has(issue.place.recordType)) return
    this.#formIssues += 1
    if (issue.severity === 'error') this.#blockingForm += 1
    this.#frameIssues.push(formIssue(issue, 0, this.#formIssues, ''))
  }

  async invoice(invoice: EfactInvoice): Promise<void> {
    this.#waiting.push(invoice)
    this.#waitingLines += invoice.services.length
    if (this.#waitingLines >= this.#context.config.linesPerChunk) await this.flush()
  }

  /** Hands the chunk on once the one before is controlled, and goes on reading. */
  async flush(): Promise<void> {
    await this.#controlling
    this.#throwFailure()
    const invoices = this.#waiting
    const frameIssues = this.#frameIssues
    if (invoices.length === 0 && frameIssues.length === 0) return
    this.#waiting = []
    this.#waitingLines = 0
    this.#frameIssues = []
    this.#controlling = this.#control(invoices, frameIssues).catch((error: unknown) => this.#failed(error))
  }

  async finish(): Promise<void> {
    await this.flush()
    await this.settle()
    const frames = [
      { sequence: 0, records: this.#before },
      { sequence: this.#invoices + 1, records: this.#after },
    ]
    const sealed = await sealFrames(this.#context.vault, this.#fileId, frames)
    const rows = frames.map(({ sequence, records }, at) =>
      copyRow([this.#fileId, sequence, '', null, records[0]?.index ?? 0, '', this.#fileId, sealed[at], '', 0, 0]),
    )
    await this.#context.database.transaction((tx) => copyIn(tx, stageSql, rows))
  }

  /** Controls a chunk while the one before is stored, then hands it on. */
  async #control(invoices: readonly EfactInvoice[], frameIssues: readonly InvoiceIssue[]): Promise<void> {
    const tariffs = await this.#context.tariffs.current()
    const controlled = await controlChunk(this.#context, invoices, this.today, tariffs)
    const sealed = await sealInvoices(this.#context.vault, this.#fileId, controlled)
    for (const item of controlled) this.#count(item)
    // from here on only text is held
    const rows = await mapInSlices(controlled, (item, at) => stagedRow(this.#fileId, item, sealed[at]!, this.#test))
    const issues = [...frameIssues, ...controlled.flatMap((item) => issuesOfInvoice(item, item.invoice.index))]
    await this.#writing
    if (this.#failure !== undefined) return
    this.#writing = this.#write(rows, issues).catch((error: unknown) => this.#failed(error))
  }

  async #write(rows: readonly string[], issues: readonly InvoiceIssue[]): Promise<void> {
    await this.#context.database.transaction(async (tx) => {
      if (!(await extendLease(tx, this.#fileId))) throw new UploadSwept(this.#fileId)
      await copyIn(tx, stageSql, rows)
      await storeIssues(tx, this.#fileId, issues)
    })
  }

  #count({ invoice, read, verdict, errorLines }: ControlledInvoice): void {
    const { destination = '' } = read.claim
    const part = this.#parts.get(destination) ?? { records: 0, lines: 0, refusedLines: 0, askedCents: 0 }
    this.#parts.set(destination, part)
    const lines = read.claim.lines.length
    part.records += invoice.records.length
    part.lines += lines
    part.refusedLines += verdict.assessment.lines.filter((line) => line.outcome === 'refused').length
    part.askedCents += verdict.askedCents
    this.#invoices += 1
    this.#lines += lines
    this.#errorLines += errorLines
    this.#blockingInvoices += read.blocking
    this.#askedCents += verdict.askedCents
  }

  /** Waits for the chunks on their way; throws what went wrong with them. */
  async settle(): Promise<void> {
    await this.#controlling
    await this.#writing
    this.#throwFailure()
  }

  #failed(error: unknown): void {
    this.#failure ??= error
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure
  }
}

const invoiceTypes: ReadonlySet<string> = new Set(['20', '30', '40', '50', '51', '52', '80'])

const stageSql = `copy app.staged_invoices (file_id, sequence, destination, ziekenfonds, first_record, records, patient_subject, patient,
  verdict, asked_cents, paid_cents) from stdin (format text)`

const stagedRow = (
  fileId: string,
  { invoice, read, verdict }: ControlledInvoice,
  sealed: SealedInvoice,
  test: boolean,
): string =>
  copyRow([
    fileId,
    invoice.index,
    read.claim.destination,
    verdict.assessment.ziekenfonds,
    invoice.header.index,
    sealed.records,
    sealed.subjectId,
    sealed.patient,
    packVerdict(verdict),
    verdict.askedCents,
    test ? 0 : paidCentsOf(verdict),
  ])
