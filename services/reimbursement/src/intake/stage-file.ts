import { type EfactHeader, type EfactInvoice, type EfactRecord, readEfact, zone } from '@ziv/formats'
import type { Upload } from '@ziv/intake'
import { copyIn, copyRow } from '@ziv/postgres'
import type { Sealed } from '@ziv/privacy'
import type { Context } from '../context.ts'
import { type ControlledInvoice, controlChunk } from './control-chunk.ts'
import { mapInSlices } from './in-slices.ts'
import { formIssue, issuesOfInvoice } from './issues.ts'
import { numberOf } from './read-invoice.ts'
import { type SealedInvoice, sealFrames, sealInvoices } from './seal.ts'
import type { InvoiceFileFacts, StagedPart } from './types.ts'
import { packVerdict, paidCentsOf } from './verdict-text.ts'

/** What the first pass found. */
export interface ControlledFile {
  readonly facts: InvoiceFileFacts
  /** Number of who bills in it. */
  readonly sender: string
  /** Of the blocking errors those that stand around the invoices. */
  readonly blockingForm: number
}

/** The sender may only send files of its own. */
export class NotYourFile extends Error {
  readonly code = 'REIMBURSEMENT_NOT_YOUR_FILE'
}

/**
 * First pass over a billing file: reads, controls and stages it. The number of the patient and the accounts of the sender are staged
 * sealed only. One chunk is read while the one before is controlled and the one before that is stored.
 */
export async function stageInvoices(
  context: Context,
  upload: Upload,
  source: AsyncIterable<Uint8Array>,
): Promise<ControlledFile | null> {
  const stage = new InvoiceStage(context, upload)
  const options = { today: upload.today, maxIssues: context.config.issuesMax }
  let complete = false
  try {
    for await (const item of readEfact(source, options)) {
      if (item.kind === 'end') complete = item.end.complete
      else if (item.kind === 'invoice') await stage.invoice(item.invoice)
      else if (item.kind === 'issue') stage.issue(item.issue)
      else if (item.kind === 'header') await stage.openHeader(item.header)
      else stage.frame(item.record, item.kind === 'batch')
    }
    if (complete && upload.fatal.length === 0) await stage.finish()
  } finally {
    await stage.settle()
  }
  return complete && upload.fatal.length === 0 ? stage.summary() : null
}

type MutablePart = { -readonly [K in keyof StagedPart]: StagedPart[K] }

class InvoiceStage {
  readonly #context: Context
  readonly #upload: Upload
  readonly #parts = new Map<string, MutablePart>()
  #waiting: EfactInvoice[] = []
  #waitingLines = 0
  #before: EfactRecord[] = []
  #after: EfactRecord[] = []
  #header: Sealed | null = null
  #test = false
  #sender = ''
  #invoices = 0
  #lines = 0
  #errorLines = 0
  #blockingInvoices = 0
  #blockingForm = 0
  #askedCents = 0
  #formIssues = 0
  #controlling: Promise<void> = Promise.resolve()
  #failure: unknown

  constructor(context: Context, upload: Upload) {
    this.#context = context
    this.#upload = upload
  }

  /** What was found; null without a header. */
  summary(): ControlledFile | null {
    if (this.#header === null) return null
    const facts = {
      ...{ test: this.#test, header: this.#header, invoices: this.#invoices, lines: this.#lines },
      ...{ errorLines: this.#errorLines, blockingErrors: this.#blockingInvoices + this.#blockingForm },
      ...{ askedCents: this.#askedCents, parts: [...this.#parts.values()].sort(byDestination) },
    }
    return { facts, sender: this.#sender, blockingForm: this.#blockingForm }
  }

  async openHeader(header: EfactHeader): Promise<void> {
    this.#test = header.test
    const { fileId } = this.#upload
    const plaintext = JSON.stringify([header.segment200.text, header.segment300.text])
    const [sealed] = await this.#context.vault.seal([
      { subjectId: fileId, context: `invoiceFile:${fileId}:header`, plaintext },
    ])
    this.#header = sealed!
  }

  /** Records around the invoices: 10 before them; 90, 95 and 96 after them. */
  frame(record: EfactRecord, first: boolean): void {
    if (!first) {
      this.#after.push(record)
      return
    }
    this.#before.push(record)
    this.#sender = numberOf(zone(record, '14'))
    const { sender } = this.#upload.head
    if (sender !== undefined && sender !== this.#sender) throw new NotYourFile()
  }

  issue(issue: Parameters<typeof formIssue>[0]): void {
    if (issue.severity === 'fatal') {
      this.#upload.note(formIssue(issue, 0, this.#upload.fatal.length + 1, ''), true)
      return
    }
    // those of an invoice come again with it
    if (issue.place.recordType !== undefined && invoiceTypes.has(issue.place.recordType)) return
    this.#formIssues += 1
    if (issue.severity === 'error') this.#blockingForm += 1
    this.#upload.note(formIssue(issue, 0, this.#formIssues, ''))
  }

  async invoice(invoice: EfactInvoice): Promise<void> {
    this.#waiting.push(invoice)
    this.#waitingLines += invoice.services.length
    if (this.#waitingLines >= this.#context.config.linesPerChunk) await this.#flush()
  }

  /** Hands the chunk on once the one before is controlled, and goes on reading. */
  async #flush(): Promise<void> {
    await this.settle()
    const invoices = this.#waiting
    if (invoices.length === 0) return
    this.#waiting = []
    this.#waitingLines = 0
    this.#controlling = this.#control(invoices).catch((error: unknown) => {
      this.#failure ??= error
    })
  }

  async finish(): Promise<void> {
    await this.#flush()
    await this.settle()
    const { fileId } = this.#upload
    const frames = [
      { sequence: 0, records: this.#before },
      { sequence: this.#invoices + 1, records: this.#after },
    ]
    const sealed = await sealFrames(this.#context.vault, fileId, frames)
    const rows = frames.map(({ sequence, records }, at) =>
      copyRow([fileId, sequence, '', null, records[0]?.index ?? 0, '', fileId, sealed[at], '', 0, 0]),
    )
    await this.#upload.store((tx) => copyIn(tx, stageSql, rows))
  }

  /** Controls a chunk while the one before is stored, then hands it on. */
  async #control(invoices: readonly EfactInvoice[]): Promise<void> {
    const { fileId, today } = this.#upload
    const tariffs = await this.#context.tariffs.current()
    const controlled = await controlChunk(this.#context, invoices, today, tariffs)
    const sealed = await sealInvoices(this.#context.vault, fileId, controlled)
    for (const item of controlled) this.#count(item)
    // from here on only text is held
    const rows = await mapInSlices(controlled, (item, at) => stagedRow(fileId, item, sealed[at]!, this.#test))
    for (const item of controlled) {
      // words that nobody would be shown are not made
      if (this.#upload.room === 0) break
      for (const issue of issuesOfInvoice(item, item.invoice.index, today)) this.#upload.note(issue)
    }
    await this.#upload.store((tx) => copyIn(tx, stageSql, rows))
  }

  #count({ invoice, read, verdict, errorLines }: ControlledInvoice): void {
    const { destination = '' } = read.claim
    const part = this.#parts.get(destination) ?? { destination, records: 0, lines: 0, refusedLines: 0, askedCents: 0 }
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

  /** Waits for the chunk that is controlled; throws what went wrong with it. */
  async settle(): Promise<void> {
    await this.#controlling
    if (this.#failure !== undefined) throw this.#failure
  }
}

const byDestination = (a: StagedPart, b: StagedPart): number => (a.destination < b.destination ? -1 : 1)

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
    ...[fileId, invoice.index, read.claim.destination, verdict.assessment.ziekenfonds, invoice.header.index],
    ...[sealed.records, sealed.subjectId, sealed.patient, packVerdict(verdict), verdict.askedCents],
    test ? 0 : paidCentsOf(verdict),
  ])
