/** What went wrong, for programs (`code`, stable) and for people (`message`: what, where, what to do). */
export interface Failure {
  readonly code: string
  readonly message: string
}

/** Outcome of something that may be refused for a reason outside our control, such as input of others. */
export type Result<T, E = Failure> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E }

/** The successful result. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

/** The refused result, with a stable code and a sentence for people. */
export function err(code: string, message: string): { readonly ok: false; readonly error: Failure } {
  return { ok: false, error: { code, message } }
}

/** The value of a result that is known to be good, for constants and tests; throws a RangeError with the failure's message. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new RangeError(`${result.error.code}: ${result.error.message}`)
}
