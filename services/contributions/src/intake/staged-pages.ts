import type { Quarter } from '@ziv/kernel'
import { copyIn, type Queryable, type Transaction } from '@ziv/postgres'

/** A slip as it waits between the two passes over a file: several records of one person at one employer make one. */
export interface StagedSlip {
  readonly inszIndex: string
  readonly employerNumber: string
  readonly quarter: Quarter
  readonly amountCents: number
  /** Number of its first record in the file. */
  readonly part: number
}

export interface StagedRecord {
  readonly inszIndex: string
  readonly employerNumber: string
  readonly quarter: string
  readonly amountCents: number
  readonly part: number
}

/** Pages in the making: records by the first character of their index. */
export class PageBuffer {
  readonly #pages = new Map<number, string>()
  #size = 0

  get size(): number {
    return this.#size
  }

  /** The texts may hold neither blanks nor commas. */
  add({ inszIndex, employerNumber, quarter, part, amountCents }: StagedRecord): void {
    const bucket = inszIndex.charCodeAt(0)
    const before = this.#pages.get(bucket)
    const record = `${inszIndex} ${employerNumber} ${quarter} ${part} ${amountCents}`
    this.#pages.set(bucket, before === undefined ? record : `${before},${record}`)
    this.#size += 1
  }

  /** Stores the pages; `page` numbers rise from call to call. */
  async store(tx: Transaction, intakeId: string, page: number): Promise<void> {
    if (this.#size === 0) return
    const lines = this.#pages.entries().map(([bucket, slips]) => `${intakeId}\t${bucket}\t${page}\t${slips}\n`)
    await copyIn(tx, 'copy app.staged_slips (intake_id, bucket, page, slips) from stdin (format text)', lines)
  }
}

interface PageRow {
  readonly bucket: number
  readonly page: number
  readonly slips: string
}

const pagesPerRead = 32

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
 * The staged slips of a file behind an index, in the order of index, employer and quarter, one bucket at a time: a
 * sixty-fourth of the file.
 */
export async function* stagedSlips(q: Queryable, intakeId: string, after: string): AsyncGenerator<StagedSlip[]> {
  let bucket = -1
  let pages: string[] = []
  for await (const rows of readPages(q, intakeId, after === '' ? 0 : after.charCodeAt(0))) {
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
    const [inszIndex, employerNumber, quarter, part, amountCents] = record.split(' ') as [
      string,
      string,
      Quarter,
      string,
      string,
    ]
    if (inszIndex <= after) continue
    const next = { inszIndex, employerNumber, quarter, amountCents: Number(amountCents), part: Number(part) }
    const last = slips.at(-1)
    if (last !== undefined && isSameSlip(last, next)) slips[slips.length - 1] = joined(last, next)
    else slips.push(next)
  }
  return slips
}

const isSameSlip = (a: StagedSlip, b: StagedSlip): boolean =>
  a.inszIndex === b.inszIndex && a.employerNumber === b.employerNumber && a.quarter === b.quarter

const joined = (a: StagedSlip, b: StagedSlip): StagedSlip => ({
  ...a,
  amountCents: a.amountCents + b.amountCents,
  part: Math.min(a.part, b.part),
})
