import { problem } from '../problems/problem-error.ts'
import type { Caller, Role } from '../types.ts'

/** Roles of people who read and type; programs of hospitals, OCMWs, the RSZ and integrators have no such limit. */
const people: readonly Role[] = [
  'clerk',
  'landsbondViewer',
  'landsbondApprover',
  'rizivDistributor',
  'rizivSupervisor',
  'insured',
]

/** How many requests one person may make within how many seconds. */
export interface CallerLimit {
  readonly requests: number
  readonly seconds: number
}

/** Far above what hands can do, far below what copies a register: 20 a second for ten seconds. */
export const defaultCallerLimit: CallerLimit = { requests: 200, seconds: 10 }

/**
 * Counts requests per subject in windows of fixed length, in this process, and throws `tooManyRequests` (429, with
 * Retry-After) beyond the limit. Part of the guard that knows the caller: a hook of its own would cost every request more
 * than the count. `requests` 0 counts nothing.
 */
export function createCallerLimit(
  { requests, seconds }: CallerLimit,
  nowMs: () => number = () => performance.now(),
): (caller: Caller) => void {
  let counts = new Map<string, number>()
  let endsAt = 0
  return (caller) => {
    if (requests === 0 || !caller.roles.every((role) => people.includes(role))) return
    const now = nowMs()
    if (now >= endsAt) {
      counts = new Map()
      endsAt = now + seconds * 1_000
    }
    const count = (counts.get(caller.subject) ?? 0) + 1
    counts.set(caller.subject, count)
    if (count <= requests) return
    throw problem('tooManyRequests', 429, { headers: { 'Retry-After': String(Math.ceil((endsAt - now) / 1_000)) } })
  }
}
