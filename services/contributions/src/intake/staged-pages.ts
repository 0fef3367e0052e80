import type { Quarter } from '@ziv/kernel'
import { copyIn, type Queryable, type Transaction } from '@ziv/postgres'

/** A slip as it waits between the two passes over a file: several records of one person at one employer, declared at one moment, make one. */
export interface StagedSlip {
  readonly inszIndex: string
  readonly employerNumber: string
  readonly quarter: Quarter
  readonly amountCents: number
  /** When its declaration was created, in milliseconds. */
  readonly createdAt: number
  /** Number of its first record in the file. */
  readonly part: number
}

export interface StagedRecord {
  readonly inszIndex: string
  readonly employerNumber: string
  readonly quarter: string
  readonly amountCents: number
  /** When its declaration was created, in milliseconds. */
  readonly createdAt: number
  readonly part: number
}

/** Some 600 of them in the order of the indexes: by the first character and a part of the second. */
const bucketOf = (inszIndex: string): number => inszIndex.charCodeAt(0) * 16 + (inszIndex.charCodeAt(1) >> 3)

interface Page {
  bytes: Buffer
  length: number
}

const pageBytes = 4_096
const recordBytesMax = 256

/** Pages in the making, by bucket: as bytes, for texts that stay until a page is full would weigh on every collection. */
export class PageBuffer {
  readonly #pages = new Map<number, Page>()
  #size = 0

  get size(): number {
    return this.#size
  }

  /** The texts may hold neither blanks nor commas. */
  add({ inszIndex, employerNumber, quarter, createdAt, part, amountCents }: StagedRecord): void {
    const record = `${inszIndex} ${employerNumber} ${quarter} ${createdAt} ${part} ${amountCents},`
    if (record.length > recordBytesMax) throw new RangeError('a staged record is longer than a page can take')
    const page = this.#pageOf(bucketOf(inszIndex))
    page.length += page.bytes.write(record, page.length, 'latin1')
    this.#size += 1
  }

  #pageOf(bucket: number): Page {
    let page = this.#pages.get(bucket)
    if (page === undefined) {
      page = { bytes: Buffer.allocUnsafeSlow(pageBytes), length: 0 }
      this.#pages.set(bucket, page)
    } else if (page.length + recordBytesMax > page.bytes.length) {
      page.bytes = Buffer.concat([page.bytes], page.bytes.length * 2)
    }
    return page
  }

  /** Stores the pages; their numbers rise from call to call. */
  async store(tx: Transaction, intakeId: string, number: number): Promise<void> {
    if (this.#size > 0) await copyIn(tx, copySql, this.#lines(intakeId, number))
  }

  /** Empties the pages, once they are stored for good. */
  clear(): void {
    for (const page of this.#pages.values()) page.length = 0
    this.#size = 0
  }

  *#lines(intakeId: string, number: number): Generator<string> {
    for (const [bucket, { bytes, length }] of this.#pages) {
      // without the comma behind the last record
      if (length > 0) yield `${intakeId}\t${bucket}\t${number}\t${bytes.toString('latin1', 0, length - 1)}\n`
    }
  }
}

const copySql = 'copy app.staged_slips (intake_id, bucket, page, slips) from stdin (format text)'

interface PageRow {
  readonly bucket: number
  readonly page: number
  readonly slips: string
}

const pagesPerRead = 100

async function* readPages(q: Queryable, intakeId: string, fromBucket: number): AsyncGenerator<readonly PageRow[]> {
  let after: readonly [bucket: number, page: number] = [fromBucket - 1, 2 ** 31 - 1]
  for (;;) {
    const { rows } = await q.query<PageRow>({
      name: 'contributions-staged-pages',
      text: `select bucket, page, slips from app.staged_slips
              where intake_id = $1 and (bucket, page) > ($2::smallint, $3::int) order by bucket, page limit ${pagesPerRead}`,
      values: [intakeId, ...after],
    })
    if (rows.length > 0) yield rows
    if (rows.length < pagesPerRead) return
    const last = rows.at(-1)!
    after = [last.bucket, last.page]
  }
}

/**
 * The staged slips of a file behind an index, in the order of index, employer and quarter, one bucket at a time: of a
 * file of a million slips two thousand or so.
 */
export async function* stagedSlips(q: Queryable, intakeId: string, after: string): AsyncGenerator<StagedSlip[]> {
  let bucket = -1
  let pages: string[] = []
  for await (const rows of readPages(q, intakeId, after === '' ? 0 : bucketOf(after))) {
    for (const row of rows) {
      if (row.bucket !== bucket && pages.length > 0) {
        yield slipsOf(pages, after)
        pages = []
      }
      bucket = row.bucket
      pages.push(row.slips)
    }
  }
  if (pages.length > 0) yield slipsOf(pages, after)
}

function slipsOf(pages: readonly string[], after: string): StagedSlip[] {
  // a blank sorts before every digit, so the texts sort like their fields
  const records = pages.flatMap((page) => page.split(',')).sort()
  const slips: StagedSlip[] = []
  for (const record of records) {
    const [inszIndex, employerNumber, quarter, createdAt, part, amountCents] = record.split(' ') as [
      string,
      string,
      Quarter,
      string,
      string,
      string,
    ]
    if (inszIndex <= after) continue
    const numbers = { createdAt: Number(createdAt), amountCents: Number(amountCents), part: Number(part) }
    const next = { inszIndex, employerNumber, quarter, ...numbers }
    const last = slips.at(-1)
    if (last !== undefined && isSameSlip(last, next)) slips[slips.length - 1] = joined(last, next)
    else slips.push(next)
  }
  return slips
}

const isSameSlip = (a: StagedSlip, b: StagedSlip): boolean =>
  a.inszIndex === b.inszIndex &&
  a.employerNumber === b.employerNumber &&
  a.quarter === b.quarter &&
  a.createdAt === b.createdAt

const joined = (a: StagedSlip, b: StagedSlip): StagedSlip => ({
  ...a,
  amountCents: a.amountCents + b.amountCents,
  part: Math.min(a.part, b.part),
})
