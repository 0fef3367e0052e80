import type { Run } from './types.ts'

/** A run in the form of the guide's task resource (`LongRunningTaskStatus`). */
export interface RunTask {
  readonly state: Run['state']
  /** When the work ended. */
  readonly completed?: string
  readonly progress: { readonly done: number; readonly total?: number }
  /** The problem document of work that failed. */
  readonly problem?: Readonly<Record<string, unknown>>
}

/** The task resource of a run: its state, its progress in keys, and why it failed when it did. */
export function taskOf(run: Run): RunTask {
  const { state, done, total, finishedAt, problem } = run
  return {
    state,
    progress: { done, ...(total === null ? {} : { total: Math.max(total, done) }) },
    ...(finishedAt === null ? {} : { completed: finishedAt }),
    ...(problem === null ? {} : { problem: problemOf(problem) }),
  }
}

/** The problem document of work that failed, with why. */
export const problemOf = (detail: string): Readonly<Record<string, unknown>> => ({
  type: 'urn:problem-type:belgif:internalServerError',
  title: 'Internal Server Error',
  status: 500,
  detail,
})
