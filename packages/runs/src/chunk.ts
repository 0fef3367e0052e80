import type { Database, Transaction } from '@ziv/postgres'
import { TurnMissed, UndoneWithPrevious } from './failure.ts'
import { addCounts, commitPart, type Part } from './parts.ts'
import { DONE } from './store.ts'
import type { ChunkMode, Counts, Run, RunKind, RunRange } from './types.ts'

/** A part at work: as it stands after the last commit, so that the next commit builds on it. */
export interface PartAtWork {
  current: Part
}

export interface ChunkWork<P, I> {
  readonly database: Database
  readonly kind: RunKind<P, I>
  readonly run: Run<P>
  readonly part: PartAtWork
  readonly leaseMs: number
  readonly turnMs: number
}

export interface ChunkRequest {
  readonly range: RunRange
  readonly mode: ChunkMode
  /** Resolves when the chunk before is stored. */
  readonly before: Promise<unknown>
  /** Told the last key of the chunk as soon as it is read (null: nothing was left). */
  readonly onRead?: (last: string | null) => void
}

const ALL = 2_147_483_647

/**
 * One chunk in one transaction: read and lock, decide and store, wait for the chunk before, move the cursor. Answers with
 * the last key, or null when the range held nothing. A repetition by the database (deadlock) takes the same keys again.
 */
export async function workChunk<P, I>(work: ChunkWork<P, I>, request: ChunkRequest): Promise<string | null> {
  const { database, kind, run } = work
  let pinned: string | null = null
  const moved = await database.transaction(async (tx) => {
    // a key that appeared between two tries lies inside the pinned range and is taken too
    const range = pinned === null ? request.range : { ...request.range, through: pinned, limit: ALL }
    const read = await kind.read(tx, range, run)
    pinned ??= read?.last ?? null
    request.onRead?.(pinned)
    if (read === null || pinned === null) return null
    const turn = () => inTurn(request.before, work.turnMs)
    const counts = await kind.store(tx, read, run, request.mode, turn)
    return await commitInTurn(tx, work, request.before, pinned, { ...counts, [DONE]: read.items.length })
  })
  if (moved === null) return null
  work.part.current = moved
  return moved.cursor
}

/** Moves the cursor once the chunk before is stored; that one may wait for a lock of this one, which then rolls back. */
export async function commitInTurn<P, I>(
  tx: Transaction,
  work: ChunkWork<P, I>,
  before: Promise<unknown>,
  cursor: string,
  counts: Counts,
): Promise<Part> {
  await inTurn(before, work.turnMs)
  const { current } = work.part
  return await commitPart(tx, current, { cursor, counts: addCounts(current.counts, counts), done: false }, work.leaseMs)
}

async function inTurn(before: Promise<unknown>, turnMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new TurnMissed()), turnMs)
  })
  const stored = before.catch(() => {
    throw new UndoneWithPrevious()
  })
  try {
    await Promise.race([stored, tooLong])
  } finally {
    clearTimeout(timer)
  }
}
