import type { Instant, IsoDate, Words } from '@ziv/kernel'
import type { Database, Transaction } from '@ziv/postgres'
import { extendLease, storeIssues } from './store.ts'
import { type FileHead, type FileIssue, UploadSwept } from './types.ts'

const storeMsMax = 10_000

/** An issue as a kind notes it; without `number` the engine counts on. */
export interface NewIssue extends Words, Omit<FileIssue, 'number'> {
  readonly number?: number
}

/**
 * A file on its way in. What a kind stages goes to PostgreSQL one piece at a time while the next is read: memory stays
 * constant, and a sender that is faster than the database is held back.
 */
export class Upload {
  readonly fileId: string
  readonly head: FileHead
  /** Day and moment at which it began; it counts as received once it is whole: see `IntakeFile`. */
  readonly today: IsoDate
  readonly receivedAt: Instant
  /** What makes the file unreadable as a whole. */
  readonly fatal: FileIssue[] = []
  readonly #database: Database
  readonly #issuesMax: number
  #issues: FileIssue[] = []
  #noted = 0
  #storedAt = performance.now()
  #writing: Promise<void> = Promise.resolve()
  #failure: unknown

  constructor(
    options: { readonly database: Database; readonly issuesMax: number },
    file: Pick<Upload, 'fileId' | 'head' | 'today' | 'receivedAt'>,
  ) {
    this.#database = options.database
    this.#issuesMax = options.issuesMax
    this.fileId = file.fileId
    this.head = file.head
    this.today = file.today
    this.receivedAt = file.receivedAt
  }

  /** Issues that are not stored yet. */
  get waitingIssues(): number {
    return this.#issues.length
  }

  /** How many issues are still listed: who would put millions in words for nothing asks first. */
  get room(): number {
    return Math.max(0, this.#issuesMax - this.#noted)
  }

  /** Time to store: there is enough, or the file comes so slowly that its lease would run out. */
  isDue(held: number, heldMax: number): boolean {
    const most = Math.max(held, this.#issues.length)
    return most >= heldMax || (most > 0 && performance.now() - this.#storedAt > storeMsMax)
  }

  /** Notes something wrong while there is room; something fatal always, and the file is refused. */
  note(issue: NewIssue, fatal = false): void {
    if (this.room === 0 && !fatal) return
    this.#noted += 1
    const numbered = { ...issue, number: issue.number ?? this.#noted }
    if (fatal) this.fatal.push(numbered)
    else this.#issues.push(numbered)
  }

  /**
   * Notes why a file is refused as a whole though it could be read: once, before everything else in the list, and also when that is
   * full. A reader of a few issues of thousands would not find out.
   */
  noteRefused(issue: Words & Pick<FileIssue, 'code' | 'detail'>): void {
    this.#issues.push({ ...issue, line: 0, number: 0, place: 'file' })
  }

  /**
   * Hands a piece to PostgreSQL, with the issues noted so far, once the piece before is stored; resolves when it is on its way.
   * `write` may be run again after a conflict; `stored` is told when the piece is there for good. Throws what went wrong with an
   * earlier one.
   */
  async store(
    write: (tx: Transaction) => Promise<unknown> = async () => undefined,
    stored: () => void = () => undefined,
  ): Promise<void> {
    await this.settle()
    const issues = this.#issues
    this.#issues = []
    this.#storedAt = performance.now()
    this.#writing = this.#write(issues, write)
      .then(stored)
      .catch((error: unknown) => {
        this.#failure ??= error
      })
  }

  async #write(issues: readonly FileIssue[], write: (tx: Transaction) => Promise<unknown>): Promise<void> {
    await this.#database.transaction(async (tx) => {
      if (!(await extendLease(tx, this.fileId))) throw new UploadSwept(this.fileId)
      await write(tx)
      await storeIssues(tx, this.fileId, issues)
    })
  }

  /** Waits for the piece on its way; throws what went wrong with it. */
  async settle(): Promise<void> {
    await this.#writing
    if (this.#failure !== undefined) throw this.#failure
  }
}
