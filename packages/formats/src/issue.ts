import type { Words } from '@ziv/kernel'

/** fatal: reading stopped here; error: the item it belongs to cannot be used; warning: usable, but look at it. */
export type Severity = 'fatal' | 'error' | 'warning'

/** Where something was found. Lines, columns, records and positions count from 1; offsets (bytes) from 0. */
export interface IssuePlace {
  readonly line?: number
  readonly column?: number
  readonly offset?: number
  /** Element path (`DmfAOriginal/Form/...`) or column name. */
  readonly path?: string
  readonly form?: number
  /** Sequence number of the person as declared, or counted when it is not readable. */
  readonly person?: number
  readonly workerRecord?: number
  readonly occupation?: number
  /** Physical record of a billing file; 0 for its header segments. */
  readonly record?: number
  readonly recordType?: string
  readonly zone?: string
  readonly position?: number
}

/** Letter of the control codes of the billing file: B blocks the file, F the invoice, R the line; S and E inform. */
export type ErrorLetter = 'B' | 'F' | 'R' | 'S' | 'E'

/** One thing found in a file, for people: what, where, and in four languages. Never holds an INSZ or a name. */
export interface FormatIssue extends Words {
  /** Own stable code: `DMFA-...`, `EFACT-...`, `SLIP-...`, `NOMEN-...`. */
  readonly code: string
  /** Official code where one fits: `00024-004` (RSZ zone and anomaly) or RRZZNN (billing file). */
  readonly officialCode?: string
  readonly letter?: ErrorLetter
  readonly severity: Severity
  readonly place: IssuePlace
}

export interface IssueTotals {
  readonly fatal: number
  readonly error: number
  readonly warning: number
  /** Issues that were counted but not yielded, because the list of a file is bounded. */
  readonly notListed: number
  /** Count per own code. */
  readonly byCode: Readonly<Record<string, number>>
}

export interface IssueOptions {
  /** How many issues are yielded at most; the others are counted. Default 1,000. */
  readonly maxIssues?: number
}

const defaultMaxIssues = 1_000

/** Counts every issue and lets the first `maxIssues` through; a fatal one always passes. */
export class IssueLog {
  readonly #limit: number
  #listed = 0
  #notListed = 0
  readonly #severities = { fatal: 0, error: 0, warning: 0 }
  readonly #byCode = new Map<string, number>()

  constructor(options: IssueOptions = {}) {
    this.#limit = options.maxIssues ?? defaultMaxIssues
  }

  /** Counts the issue; true when it is to be yielded. */
  admit(code: string, severity: Severity): boolean {
    this.#severities[severity] += 1
    this.#byCode.set(code, (this.#byCode.get(code) ?? 0) + 1)
    if (this.#listed >= this.#limit && severity !== 'fatal') {
      this.#notListed += 1
      return false
    }
    this.#listed += 1
    return true
  }

  totals(): IssueTotals {
    return { ...this.#severities, notListed: this.#notListed, byCode: Object.fromEntries(this.#byCode) }
  }
}

/** A value of a file as it may stand in a message: short, printable, on one line. */
export function quote(value: string): string {
  const flat = value.slice(0, 40).replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '·')
  return value.length > 40 ? `${flat}...` : flat
}
