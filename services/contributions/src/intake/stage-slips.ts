import { type Staged, storePages, type Upload } from '@ziv/intake'
import { type IsoDate, isoDate, type Quarter, rejectionWords } from '@ziv/kernel'
import type { Context } from '../context.ts'
import { contributionRejections } from '../domain/contribution-year.rejections.ts'
import { type SlipIssueCode, slipIssueTexts, tooManyBadRecords } from '../domain/slip-issues.ts'
import { refuseSlip } from '../domain/slip-rules.ts'
import { placeText } from './place-text.ts'
import { readSlipFile } from './read-slip-file.ts'
import { PageBuffer } from './staged-pages.ts'
import type { SlipFileFacts, SlipFileFormat, SlipFileItem } from './types.ts'

/**
 * First pass over a file of slips: reads, checks and stages them in pages. The INSZ is staged as a keyed hash only. A file with
 * too many bad records is refused as a whole.
 */
export async function stageSlips(
  context: Context,
  upload: Upload,
  source: AsyncIterable<Uint8Array>,
): Promise<Staged<SlipFileFacts>> {
  const stage = new SlipStage(context, upload)
  const options = { today: upload.today, maxIssues: context.config.issuesMax }
  let complete = false
  for await (const items of readSlipFile(source, upload.head.format as SlipFileFormat, options)) {
    for (const item of items) {
      if (item.kind === 'end') {
        complete = item.complete
        stage.refused += item.refused
      } else stage.take(item)
    }
    if (stage.isDue) await stage.store()
  }
  const { refused, withoutSlip } = stage
  const records = stage.records + refused + withoutSlip
  if (!complete && upload.fatal.length === 0) stage.addFatal('fileCutShort')
  if (complete && records === 0) stage.addFatal('fileEmpty')
  if (upload.fatal.length === 0) await stage.store()
  const slips = records - withoutSlip
  const facts = { records, withoutSlip, refused }
  const { badRecordsPercentMax: limit } = context.config
  if (refused * 100 <= slips * limit) return { facts }
  upload.noteRefused({ code: 'fileTooManyBadRecords', ...tooManyBadRecords({ refused, records: slips, limit }) })
  const counts = { received: slips, recorded: 0, unchanged: 0, waiting: 0, refused: slips }
  return { facts, end: { outcome: 'refused', counts } }
}

class SlipStage {
  records = 0
  refused = 0
  withoutSlip = 0
  #pages = new PageBuffer()
  /** On their way to PostgreSQL; empty again when they are there. */
  #stored = new PageBuffer()
  #stores = 0
  #last = { insz: '', index: '' }
  readonly #context: Context
  readonly #upload: Upload
  readonly #receivedOn: IsoDate
  #created: { readonly at: number; readonly on: IsoDate }

  constructor(context: Context, upload: Upload) {
    this.#context = context
    this.#upload = upload
    this.#receivedOn = upload.today
    this.#created = { at: Date.parse(upload.receivedAt), on: upload.today }
  }

  get isDue(): boolean {
    return this.#upload.isDue(this.#pages.size, this.#context.config.rowsPerChunk)
  }

  take(item: Exclude<SlipFileItem, { kind: 'end' }>): void {
    if (item.kind === 'issue') {
      const { code, nl, fr, de, en, place, severity } = item.issue
      this.#upload.note({ line: place.line ?? 0, place: placeText(place), code, nl, fr, de, en }, severity === 'fatal')
      return
    }
    if (item.kind === 'withoutSlip') {
      this.#takeWithoutSlip(item)
      return
    }
    const { employerNumber, quarter, amountCents, createdAt = null } = item
    const about = { source: 'rsz', sender: employerNumber, quarter: quarter as Quarter } as const
    const slip = {
      ...about,
      amountCents,
      createdOn: createdAt === null ? this.#receivedOn : this.#createdOn(createdAt),
    }
    const refusal = refuseSlip(slip, this.#receivedOn, this.#context.law)
    if (refusal !== undefined) {
      this.#refuse(item, refusal)
      return
    }
    this.records += 1
    const inszIndex = this.#indexOf(item.insz)
    this.#pages.add({ inszIndex, employerNumber, quarter, amountCents, createdAt, part: this.records })
  }

  #refuse(
    { line, form, workerRecord }: Extract<SlipFileItem, { kind: 'slip' }>,
    refusal: NonNullable<ReturnType<typeof refuseSlip>>,
  ): void {
    this.refused += 1
    // of a file that is wrong throughout, millions would be put in words for nothing
    if (this.#upload.room === 0) return
    const place = placeText({ line, ...(form === undefined ? {} : { form, workerRecord }) })
    this.#upload.note({ line, place, code: refusal.code, ...rejectionWords(contributionRejections, refusal) })
  }

  /** Counted, and named while room remains: half of the list is kept for what is wrong. */
  #takeWithoutSlip({ student, place }: Extract<SlipFileItem, { kind: 'withoutSlip' }>): void {
    this.withoutSlip += 1
    if (this.withoutSlip * 2 > this.#context.config.issuesMax) return
    const code: SlipIssueCode = student ? 'studentWork' : 'noWage'
    this.#upload.note({ line: place.line ?? 0, place: placeText(place), code, ...slipIssueTexts[code] })
  }

  /** The records of one person follow each other: a hash serves for all of them. */
  #indexOf(insz: string): string {
    if (this.#last.insz !== insz) this.#last = { insz, index: this.#context.vault.blindIndex('insz', insz) }
    return this.#last.index
  }

  /** The slips of one form follow each other: a day serves for all of them. */
  #createdOn(at: number): IsoDate {
    if (this.#created.at !== at) this.#created = { at, on: isoDate(new Date(at).toISOString().slice(0, 10)) }
    return this.#created.on
  }

  addFatal(code: SlipIssueCode): void {
    this.#upload.note({ line: 0, place: 'file', code, ...slipIssueTexts[code] }, true)
  }

  /** Hands the pages on once those before are stored, and goes on reading into the other buffer. */
  async store(): Promise<void> {
    await this.#upload.settle()
    const pages = this.#pages
    if (pages.size === 0) return
    this.#pages = this.#stored
    this.#stored = pages
    this.#stores += 1
    const page = this.#stores
    await this.#upload.store(
      (tx) => storePages(tx, this.#upload.fileId, pages.pages(page)),
      () => pages.clear(),
    )
  }
}
