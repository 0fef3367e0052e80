import type { Clock } from '@ziv/kernel'
import type { Database } from '@ziv/postgres'
import { onceRunId, type Runs } from '@ziv/runs'
import { type AnyFileKind, clearStaged } from './file-run.ts'
import { closeFile, lockFile } from './store.ts'
import type { FileEnd, Withdrawn } from './types.ts'

interface WithdrawOptions {
  readonly database: Database
  readonly clock: Clock
  readonly runs: Pick<Runs, 'find'>
}

/**
 * Ends a file whose work failed, without anything of it: those behind it need not wait for it any more. One that is withdrawn already
 * stays so; one that is answered, or whose work may still end by itself, is not withdrawn. Throws for a file or a kind that has no such end.
 */
export async function withdrawFile<F>(
  { database, clock, runs }: WithdrawOptions,
  kind: AnyFileKind,
  fileId: string,
): Promise<Withdrawn<F>> {
  const end: FileEnd | undefined = kind.withdrawn
  if (end === undefined) throw new Error(`a file of the kind ${kind.kind} is not withdrawn`)
  const why = await database.transaction(async (tx) => {
    const file = await lockFile<F>(tx, fileId)
    if (file === null) throw new Error(`file ${fileId} does not exist`)
    if (file.state === 'done') return file.outcome === end.outcome ? null : 'fileAnswered'
    // asked under the lock: whoever took the work up before is seen, whoever does from here on finds the file answered, see `fileRunKind`
    const run = await runs.find(onceRunId(kind.kind, fileId), tx)
    if (run?.state !== 'failed') return 'fileAtWork'
    const completedAt = clock.now()
    await closeFile(tx, fileId, end, completedAt)
    await kind.end?.(tx, file, end, completedAt)
    return null
  })
  if (why !== null) return { ok: false, why }
  await clearStaged(database, kind, fileId, 'ended')
  const file = await database.transaction((tx) => lockFile<F>(tx, fileId))
  return { ok: true, file: file! }
}
