import { createHash } from 'node:crypto'
import { type IsoDate, LANGUAGES, type Quarter, quarterOf, renderRejection } from '@ziv/kernel'
import type { Law } from '@ziv/law'
import type { Database } from '@ziv/postgres'
import type { Vault } from '@ziv/privacy'
import { contributionRejections } from '../domain/contribution-year.rejections.ts'
import { type SlipIssueCode, slipIssueTexts } from '../domain/slip-issues.ts'
import { refuseSlip } from '../domain/slip-rules.ts'
import { extendLease, storeIssues } from './intake-store.ts'
import { placeText } from './place-text.ts'
import { readSlipFile } from './read-slip-file.ts'
import { PageBuffer } from './staged-pages.ts'
import type { IntakeIssue, SlipFileFormat, SlipFileItem } from './types.ts'

export interface StageContext {
  readonly database: Database
  readonly vault: Vault
  readonly today: IsoDate
  /** When the file came in, in milliseconds. */
  readonly receivedAt: number
  readonly law: Law
  /** Slips held in memory until they are stored, in one transaction. */
  readonly rowsPerChunk: number
  /** Issues listed per file; the others are only counted. */
  readonly issuesMax: number
}

/** What the first pass found. `fatal` holds what makes the file unreadable as a whole; then nothing may stay. */
export interface StagedFile {
  readonly hash: Buffer
  readonly sizeBytes: number
  readonly records: number
  readonly refused: number
  /** Good records of work that gives no slip; they are among `records`. */
  readonly withoutSlip: number
  readonly fatal: readonly IntakeIssue[]
}

const flushMsMax = 10_000

/**
 * First pass over a file: hashes, reads, checks and stages its slips in pages, with constant memory. The INSZ is staged
 * as a keyed hash only. The next chunk is read while PostgreSQL stores the one before.
 */
export async function stageFile(
  context: StageContext,
  intakeId: string,
  source: AsyncIterable<Uint8Array>,
  format: SlipFileFormat,
): Promise<StagedFile> {
  const stage = new Stage(context, intakeId)
  const hash = createHash('sha256')
  let sizeBytes = 0
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      hash.update(chunk)
      sizeBytes += chunk.byteLength
      yield chunk
    }
  }
  let complete = false
  try {
    for await (const items of readSlipFile(hashed(), format, { today: context.today, maxIssues: context.issuesMax })) {
      for (const item of items) {
        if (item.kind === 'end') {
          complete = item.complete
          stage.refused += item.refused
        } else stage.take(item)
      }
      if (stage.isDue) await stage.flush()
    }
  } finally {
    await stage.settle()
  }
  if (!complete && stage.fatal.length === 0) stage.addFatal('SLP-0102')
  const { refused, withoutSlip } = stage
  const records = stage.records + refused + withoutSlip
  if (complete && records === 0) stage.addFatal('SLP-0101')
  if (stage.fatal.length === 0) await stage.flush()
  await stage.settle()
  return { hash: hash.digest(), sizeBytes, records, refused, withoutSlip, fatal: stage.fatal }
}

class Stage {
  records = 0
  refused = 0
  withoutSlip = 0
  readonly fatal: IntakeIssue[] = []
  #pages = new PageBuffer()
  /** On their way to PostgreSQL; empty again when they are there. */
  #stored = new PageBuffer()
  #flushes = 0
  #flushedAt = performance.now()
  #last = { insz: '', index: '' }
  #issues: IntakeIssue[] = []
  #issueCount = 0
  #writing: Promise<void> = Promise.resolve()
  #failure: unknown
  readonly #context: StageContext
  readonly #intakeId: string
  readonly #currentQuarter: Quarter

  constructor(context: StageContext, intakeId: string) {
    this.#context = context
    this.#intakeId = intakeId
    this.#currentQuarter = quarterOf(context.today)
  }

  /** Time to store: there is enough, or the file comes so slowly that its lease would run out. */
  get isDue(): boolean {
    const held = Math.max(this.#pages.size, this.#issues.length)
    return held >= this.#context.rowsPerChunk || (held > 0 && performance.now() - this.#flushedAt > flushMsMax)
  }

  take(item: Exclude<SlipFileItem, { kind: 'end' }>): void {
    if (item.kind === 'issue') {
      const { code, nl, fr, de, en, place, severity } = item.issue
      this.#note({ line: place.line ?? 0, place: placeText(place), code, nl, fr, de, en }, severity === 'fatal')
      return
    }
    if (item.kind === 'withoutSlip') {
      this.#takeWithoutSlip(item)
      return
    }
    const { employerNumber: sender, quarter, amountCents } = item
    const slip = { source: 'rsz', sender, quarter: quarter as Quarter, amountCents } as const
    const refusal = refuseSlip(slip, this.#currentQuarter, this.#context.law)
    if (refusal !== undefined) {
      this.refused += 1
      // of a file that is wrong throughout, millions would be put in words for nothing
      if (this.#issueCount >= this.#context.issuesMax) return
      const { line, form, workerRecord } = item
      const place = placeText({ line, ...(form === undefined ? {} : { form, workerRecord }) })
      const [nl, fr, de, en] = LANGUAGES.map((language) => renderRejection(contributionRejections, refusal, language))
      this.#note({ line, place, code: refusal.code, nl: nl!, fr: fr!, de: de!, en: en! }, false)
      return
    }
    this.records += 1
    const { employerNumber, createdAt = this.#context.receivedAt } = item
    const inszIndex = this.#indexOf(item.insz)
    this.#pages.add({ inszIndex, employerNumber, quarter, amountCents, createdAt, part: this.records })
  }

  /** Counted, and named while room remains: half of the list is kept for what is wrong. */
  #takeWithoutSlip({ student, place }: Extract<SlipFileItem, { kind: 'withoutSlip' }>): void {
    this.withoutSlip += 1
    if (this.withoutSlip * 2 > this.#context.issuesMax) return
    const code: SlipIssueCode = student ? 'SLP-0007' : 'SLP-0008'
    this.#note({ line: place.line ?? 0, place: placeText(place), code, ...slipIssueTexts[code] }, false)
  }

  /** The records of one person follow each other: a hash serves for all of them. */
  #indexOf(insz: string): string {
    if (this.#last.insz !== insz) this.#last = { insz, index: this.#context.vault.blindIndex('insz', insz) }
    return this.#last.index
  }

  addFatal(code: SlipIssueCode): void {
    this.#note({ line: 0, place: 'file', code, ...slipIssueTexts[code] }, true)
  }

  #note(issue: Omit<IntakeIssue, 'number'>, fatal: boolean): void {
    if (this.#issueCount >= this.#context.issuesMax && !fatal) return
    this.#issueCount += 1
    const numbered = { number: this.#issueCount, ...issue }
    if (fatal) this.fatal.push(numbered)
    this.#issues.push(numbered)
  }

  /** Hands the chunk to PostgreSQL once the one before is stored, and goes on reading. */
  async flush(): Promise<void> {
    await this.settle()
    if (this.#failure !== undefined) throw this.#failure
    const pages = this.#pages
    const issues = this.#issues
    if (pages.size === 0 && issues.length === 0) return
    this.#pages = this.#stored
    this.#stored = pages
    this.#issues = []
    this.#writing = this.#write(pages, issues).catch((error: unknown) => {
      this.#failure = error
    })
  }

  async #write(pages: PageBuffer, issues: readonly IntakeIssue[]): Promise<void> {
    this.#flushes += 1
    this.#flushedAt = performance.now()
    const page = this.#flushes
    await this.#context.database.transaction(async (tx) => {
      if (!(await extendLease(tx, this.#intakeId))) throw new UploadSwept(this.#intakeId)
      await pages.store(tx, this.#intakeId, page)
      await storeIssues(tx, this.#intakeId, issues)
    })
    pages.clear()
  }

  /** Waits for the chunk on its way; its failure shows at the next flush or at the end. */
  async settle(): Promise<void> {
    await this.#writing
    if (this.#failure !== undefined) throw this.#failure
  }
}

/** The upload stood still longer than its lease and another process removed it: it has to be sent again. */
class UploadSwept extends Error {
  readonly code = 'CONTRIBUTIONS_UPLOAD_SWEPT'
  constructor(intakeId: string) {
    super(`upload ${intakeId} stood still too long and was removed: send the file again`)
    this.name = 'UploadSwept'
  }
}
