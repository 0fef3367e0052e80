import { type Page, readPages } from '@ziv/intake'
import type { Quarter } from '@ziv/kernel'
import type { Queryable } from '@ziv/postgres'
import type { Plan, Read, RunRange } from '@ziv/runs'
import type { PersonSlips } from './slip-file.ts'

/** A slip as it waits between the two passes over a file: several records of one person at one employer, declared at one moment, make one. */
export interface StagedSlip {
  readonly inszIndex: string
  readonly employerNumber: string
  readonly quarter: Quarter
  readonly amountCents: number
  /** When its declaration was created, in milliseconds; null: it does not say, and the file counts as received when it is whole. */
  readonly createdAt: number | null
  /** Number of its first record in the file. */
  readonly part: number
}

export interface StagedRecord {
  readonly inszIndex: string
  readonly employerNumber: string
  readonly quarter: string
  readonly amountCents: number
  /** When its declaration was created, in milliseconds; null: it does not say, and the file counts as received when it is whole. */
  readonly createdAt: number | null
  readonly part: number
}

/** Some 600 of them in the order of the indexes: by the first character and a part of the second. */
const bucketOf = (inszIndex: string): number => inszIndex.charCodeAt(0) * 16 + (inszIndex.charCodeAt(1) >> 3)

interface OpenPage {
  bytes: Buffer
  length: number
}

const pageBytes = 4_096
const recordBytesMax = 256
/** Stands for a moment that the file does not say. */
const UNSAID = '-'

/** Pages in the making, by bucket: as bytes, for texts that stay until a page is full would weigh on every collection. */
export class PageBuffer {
  readonly #pages = new Map<number, OpenPage>()
  #size = 0

  get size(): number {
    return this.#size
  }

  /** The texts may hold neither blanks nor commas. */
  add({ inszIndex, employerNumber, quarter, createdAt, part, amountCents }: StagedRecord): void {
    const record = `${inszIndex} ${employerNumber} ${quarter} ${createdAt ?? UNSAID} ${part} ${amountCents},`
    if (record.length > recordBytesMax) throw new RangeError('a staged record is longer than a page can take')
    const page = this.#pageOf(bucketOf(inszIndex))
    page.length += page.bytes.write(record, page.length, 'latin1')
    this.#size += 1
  }

  #pageOf(bucket: number): OpenPage {
    let page = this.#pages.get(bucket)
    if (page === undefined) {
      page = { bytes: Buffer.allocUnsafeSlow(pageBytes), length: 0 }
      this.#pages.set(bucket, page)
    } else if (page.length + recordBytesMax > page.bytes.length) {
      page.bytes = Buffer.concat([page.bytes], page.bytes.length * 2)
    }
    return page
  }

  /** The pages as they are stored, under a number that rises from call to call. */
  *pages(page: number): Generator<Page> {
    for (const [bucket, { bytes, length }] of this.#pages) {
      // without the comma behind the last record
      if (length > 0) yield { bucket, page, content: bytes.toString('latin1', 0, length - 1) }
    }
  }

  /** Empties the pages, once they are stored for good. */
  clear(): void {
    for (const page of this.#pages.values()) page.length = 0
    this.#size = 0
  }
}

/** Bytes of a slip in a page, about. */
const slipBytes = 90
const chunksPerPart = 20

/** Divides a file for the replicas, by its pages: parts of some twenty chunks, each ending with a bucket. */
export async function boundsOfPages(q: Queryable, fileId: string, personsPerChunk: number): Promise<Plan> {
  const { rows } = await q.query<{ bucket: number; bytes: string }>(
    `select bucket, sum(length(content)) as bytes from app_files.pages where file_id = $1 group by bucket order by bucket`,
    [fileId],
  )
  const bounds: string[] = []
  let bytes = 0
  for (const row of rows.slice(0, -1)) {
    bytes += Number(row.bytes)
    if (bytes < slipBytes * personsPerChunk * chunksPerPart) continue
    bounds.push(lastOf(row.bucket))
    bytes = 0
  }
  return { bounds, total: null }
}

/** Behind every index of a bucket and before those of the next: no index holds a tilde. */
const lastOf = (bucket: number): string => `${String.fromCharCode(bucket >> 4, ((bucket & 15) << 3) | 7)}~`

interface Place {
  readonly fileId: string
  readonly buckets: AsyncGenerator<StagedSlip[]>
  after: string
  persons: readonly PersonSlips[]
  next: number
}

/** Reads the staged slips of files in chunks of whole persons; one chunk after another is read on without looking again. */
export class StagedReader {
  readonly #q: Queryable
  #place: Place | undefined
  constructor(q: Queryable) {
    this.#q = q
  }

  /** The persons of a range with their slips; null when it holds none. What is staged never changes: no lock is needed. */
  async read(fileId: string, { after, through, limit }: RunRange): Promise<Read<PersonSlips> | null> {
    const place = this.#placeAt(fileId, after ?? '')
    const items: PersonSlips[] = []
    while (items.length < limit) {
      const person = place.persons[place.next]
      if (person === undefined) {
        const bucket = await place.buckets.next()
        if (bucket.done === true) break
        place.persons = byPerson(bucket.value)
        place.next = 0
        continue
      }
      if (through !== null && person.inszIndex > through) break
      items.push(person)
      place.next += 1
    }
    const last = items.at(-1)?.inszIndex
    if (last === undefined) return null
    place.after = last
    this.#place = place
    return { items, last }
  }

  /** The place where the last chunk ended, or a new one. Whoever reads has it alone. */
  #placeAt(fileId: string, after: string): Place {
    const place = this.#place
    this.#place = undefined
    if (place?.fileId === fileId && place.after === after) return place
    return { fileId, buckets: stagedSlips(this.#q, fileId, after), after, persons: [], next: 0 }
  }
}

function byPerson(slips: readonly StagedSlip[]): PersonSlips[] {
  const persons: { inszIndex: string; slips: StagedSlip[] }[] = []
  for (const slip of slips) {
    const last = persons.at(-1)
    if (last?.inszIndex === slip.inszIndex) last.slips.push(slip)
    else persons.push({ inszIndex: slip.inszIndex, slips: [slip] })
  }
  return persons
}

/**
 * The staged slips of a file behind an index, in the order of index, employer and quarter, one bucket at a time: of a
 * file of a million slips two thousand or so.
 */
async function* stagedSlips(q: Queryable, fileId: string, after: string): AsyncGenerator<StagedSlip[]> {
  let bucket = -1
  let pages: string[] = []
  const behind = { bucket: after === '' ? -1 : bucketOf(after) - 1, page: 2 ** 31 - 1 }
  for await (const rows of readPages(q, fileId, behind)) {
    for (const row of rows) {
      if (row.bucket !== bucket && pages.length > 0) {
        yield slipsOf(pages, after)
        pages = []
      }
      bucket = row.bucket
      pages.push(row.content)
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
    const numbers = {
      createdAt: createdAt === UNSAID ? null : Number(createdAt),
      amountCents: Number(amountCents),
      part: Number(part),
    }
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
