import type { Cents, IsoDate } from '@ziv/kernel'
import { IssueLog, type IssuePlace, type Severity } from '../issue.ts'
import type { Unreadable } from '../unreadable.ts'
import { type SlipMessageParams, slipMessages } from './messages.ts'
import { type RowValues, slipOf } from './slip-row.ts'
import type { SlipEnd, SlipItem, SlipOptions } from './types.ts'

/** So many unreadable lines at the start mean that this is another kind of file. */
const maxStrangeStart = 100
/** So many rows at the start of which none is usable: something is wrong with the file as a whole. */
const maxUselessStart = 10_000

/** Counts rows and queues slips and issues of one slip file. */
export class SlipReading {
  readonly #log: IssueLog
  readonly #today: IsoDate | null
  #queue: SlipItem[] = []
  #rows = 0
  #strange = 0
  #usable = 0
  #wage = 0n

  constructor(options: SlipOptions) {
    this.#log = new IssueLog(options)
    this.#today = options.today ?? null
  }

  take(): SlipItem[] {
    const items = this.#queue
    this.#queue = []
    return items
  }

  get rows(): number {
    return this.#rows
  }

  /** Takes a row; `columnOf` tells the character where a column starts. False when the whole file is of no use. */
  row(values: RowValues, line: number, columnOf: (name: string) => number): boolean {
    this.#rows += 1
    const slip = slipOf(values, line, this.#today, (code, params) => {
      const name = params.column ?? ''
      this.issue(code, 'error', params, { line, column: columnOf(name), path: name })
    })
    if (slip === null) return this.#usable > 0 || this.#rows < maxUselessStart || this.#giveUp(line)
    this.#usable += 1
    this.#wage += BigInt(slip.amountCents)
    this.#queue.push({ kind: 'slip', slip })
    return true
  }

  #giveUp(line: number): false {
    this.issue('SLIP-NOT-SLIPS', 'fatal', {}, { line, column: 1 })
    return false
  }

  /** Notes a line that is no row; false when the file is clearly something else. */
  strangeLine(code: string, line: number, params: SlipMessageParams = {}): boolean {
    this.#rows += 1
    this.#strange += 1
    this.issue(code, 'error', params, { line, column: 1 })
    return this.#strange < this.#rows || this.#strange < maxStrangeStart || this.#giveUp(line)
  }

  issue(code: string, severity: Severity, params: SlipMessageParams, place: IssuePlace): void {
    if (!this.#log.admit(code, severity)) return
    this.#queue.push({ kind: 'issue', issue: { code, severity, ...slipMessages[code]!(params), place } })
  }

  stop({ reason, words, place }: Unreadable): void {
    const code = `SLIP-${reason}`
    this.#log.admit(code, 'fatal')
    this.#queue.push({ kind: 'issue', issue: { code, severity: 'fatal', ...words, place } })
  }

  end(bytes: number, complete: boolean): SlipEnd {
    const wage = this.#wage > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(this.#wage)
    const amountCents = wage as Cents
    return { rows: this.#rows, usable: this.#usable, amountCents, bytes, issues: this.#log.totals(), complete }
  }
}
