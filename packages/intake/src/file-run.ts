import type { Clock } from '@ziv/kernel'
import type { Database, Queryable } from '@ziv/postgres'
import type { RunKind, Runs } from '@ziv/runs'
import { dropPages } from './pages.ts'
import { closeFile, filesBefore, lockFile } from './store.ts'
import type { FileKind, FileParams } from './types.ts'

// biome-ignore lint/suspicious/noExplicitAny: kinds of different facts and items stand in one list
export type AnyFileKind = FileKind<any, any, any>

interface FileRunOptions {
  readonly database: Database
  readonly clock: Clock
  /** The runs that this one is among. */
  readonly runs: () => Pick<Runs, 'run'>
}

/** A file may not take over from one whose work failed: taken up later, that one would take over from it. */
class PreviousFailed extends Error {
  constructor(fileId: string, problem: string | null) {
    super(`file ${fileId}, which came in before, failed: ${problem}. Mend that and go on with either of the two.`)
    this.name = 'PreviousFailed'
  }
}

/**
 * The second pass over the files of a kind, for the runs of the service: once per file, resumed after a kill, shared by
 * replicas where the kind plans parts. The end of the run is the end of the file, in one transaction.
 */
export function fileRunKind(
  { database, clock, runs }: FileRunOptions,
  kind: AnyFileKind,
): RunKind<FileParams, unknown> {
  const { close, inTurn, ...work } = kind.work
  return {
    ...work,
    prepare: async (run) => {
      await work.prepare?.(run)
      if (inTurn !== true) return
      for (const file of await filesBefore(database, kind.kind, run.params.fileId)) {
        const before = await runs().run(kind.kind, { fileId: file.fileId }, file)
        if (before.state === 'failed') throw new PreviousFailed(file.fileId, before.problem)
      }
    },
    store: async (tx, read, run, ...rest) => {
      // a file that was withdrawn meanwhile stays as it was answered
      const file = kind.withdrawn === undefined ? null : await lockFile(tx, run.params.fileId)
      return file?.state === 'done' ? {} : await work.store(tx, read, run, ...rest)
    },
    kind: kind.kind,
    keyOf: ({ fileId }) => fileId,
    once: true,
    ofFile: true,
    finish: async (tx, run) => {
      const file = await lockFile(tx, run.params.fileId)
      if (file === null) throw new Error(`file ${run.params.fileId} does not exist`)
      if (file.state === 'done') return
      const end = await close(tx, file, run)
      const completedAt = clock.now()
      await closeFile(tx, file.fileId, end, completedAt)
      await kind.end?.(tx, file, end, completedAt)
    },
    ended: ({ params: { fileId } }) => clearStaged(database, kind, fileId, 'ended'),
  }
}

/** Nothing is left of what waited between the two passes. The pages go last: they tell who died here that there is more. */
export async function clearStaged(
  q: Queryable,
  kind: AnyFileKind,
  fileId: string,
  why: 'gone' | 'ended',
): Promise<void> {
  await kind.discard?.(q, fileId, why)
  await dropPages(q, fileId)
}
