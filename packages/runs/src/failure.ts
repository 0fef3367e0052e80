import { isConnectionLost, isRetriable, sqlState } from '@ziv/postgres'
import { PartLost } from './parts.ts'

/** The chunk before was not stored within its time: it may itself wait for a lock of this one, so this one gives up its locks. */
export class TurnMissed extends Error {
  readonly retriable = true
  constructor() {
    super('the chunk before was not stored in time: this one is rolled back and done again')
    this.name = 'TurnMissed'
  }
}

/** The chunk before failed, so this one is rolled back: the cursor never passes work that is not stored. */
export class UndoneWithPrevious extends Error {
  readonly retriable = true
  constructor() {
    super('the chunk before failed')
    this.name = 'UndoneWithPrevious'
  }
}

/** Whoever follows the progress of a run threw: the run is left as it stands, to be taken up again. */
export class Interrupted extends Error {
  constructor(cause: unknown) {
    super('the run was interrupted', { cause })
    this.name = 'Interrupted'
  }
}

/** True when another writer was faster, or a deadlock was broken: the same work may succeed when it is tried again. */
export function isConflict(error: unknown): boolean {
  if (isRetriable(error) || sqlState(error) === '55P03') return true
  return typeof error === 'object' && error !== null && 'retriable' in error && error.retriable === true
}

const SERVER_TROUBLE = /^(53|57|58|XX)/

/** True when the trouble is not with the keys of a chunk: the server is away, is full, or the part belongs to another by now. */
export function isNotOfTheWork(error: unknown): boolean {
  if (error instanceof PartLost || error instanceof Interrupted || isConnectionLost(error)) return true
  const code = sqlState(error) ?? ''
  // 57014: one statement ran into its time limit, which a smaller chunk may not
  return code !== '57014' && SERVER_TROUBLE.test(code)
}

/** What is written down of a failure: its kind and its own words, without what a database adds (values of rows). */
export function failureWords(error: unknown): { readonly code: string; readonly detail: string } {
  const name = error instanceof Error ? error.name : 'Error'
  const state = sqlState(error)
  if (state !== undefined && /^[0-9A-Z]{5}$/.test(state)) return { code: state, detail: 'refused by the database' }
  const words = error instanceof Error ? error.message : String(error)
  return { code: name, detail: words.slice(0, 500) }
}
