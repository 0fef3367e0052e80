import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '@ziv/kernel'
import { type ChunkWork, commitInTurn, workChunk } from './chunk.ts'
import { failureWords, isConflict, isNotOfTheWork } from './failure.ts'
import { commitPart, storeFailure } from './parts.ts'
import { DONE } from './store.ts'

export interface PartWork<P, I> extends ChunkWork<P, I> {
  readonly clock: Clock
  readonly stopping: () => boolean
  /** Told after every commit, and waited for. */
  readonly afterCommit: () => void | Promise<void>
  /** Told of a key that was given up. */
  readonly onFailure: (key: string, error: unknown) => void
}

interface Flight {
  /** Last key of the chunk; null: it failed before it had read, so that its failure is met in its turn. */
  readonly through: string | null
  readonly stored: Promise<string | null>
}

const CONFLICTS_MAX = 5

/**
 * Takes a part to its end with several chunks on their way: while PostgreSQL stores one, the next are read and decided. A
 * chunk commits only after the one before has, and begins only once the one before holds its locks, so that they are taken
 * in key order. When one fails, those behind it are undone, and it is tried alone.
 */
export async function workPart<P, I>(work: PartWork<P, I>): Promise<void> {
  const { kind, part } = work
  const inFlight = kind.inFlight ?? 3
  const flights: Flight[] = []
  let after = part.current.cursor
  let more = true
  try {
    while (true) {
      while (more && !work.stopping() && flights.length < inFlight) {
        const flight = await takeOff(work, after, flights.at(-1)?.stored)
        if (flight === null) more = false
        else {
          flights.push(flight)
          // what it was to hold is not known: nothing is read behind it before it was done alone
          if (flight.through === null) more = false
          else after = flight.through
        }
      }
      const flight = flights.shift()
      if (flight === undefined) break
      try {
        await flight.stored
      } catch (error) {
        if (isNotOfTheWork(error)) throw error
        await landed(flights.splice(0))
        more = await workAlone(work, flight.through)
        after = work.part.current.cursor
        continue
      }
      await work.afterCommit()
    }
  } finally {
    await landed(flights)
  }
  if (!work.stopping()) await finishPart(work)
}

const landed = (flights: readonly Flight[]): Promise<unknown> => Promise.allSettled(flights.map(({ stored }) => stored))

/** Starts a chunk and waits until it has read; null when nothing was left. */
async function takeOff<P, I>(
  work: PartWork<P, I>,
  after: string | null,
  before: Promise<unknown> = Promise.resolve(),
): Promise<Flight | null> {
  const read = Promise.withResolvers<string | null>()
  const range = { after, through: work.part.current.through, limit: work.kind.chunkSize }
  const stored = workChunk(work, { range, mode: 'together', before, onRead: read.resolve })
  // a chunk that fails before it has read would leave its reader waiting
  const failed = stored.then(
    () => null,
    () => 'failed' as const,
  )
  const through = await Promise.race([read.promise, failed])
  if (through === 'failed') return { through: null, stored }
  return through === null ? null : { through, stored }
}

/**
 * Does a range again with nothing else on its way: whole, then in halves, down to the keys that fail, which are given up.
 * Without `through` only its next chunk. False: nothing is left of the part.
 */
async function workAlone<P, I>(work: PartWork<P, I>, through: string | null): Promise<boolean> {
  const { kind } = work
  const { chunkSize } = kind
  let limit = chunkSize
  let conflicts = 0
  while (!work.stopping()) {
    const after = work.part.current.cursor
    if (through !== null && after === through) return true
    const range = { after, through: through ?? work.part.current.through, limit }
    try {
      const last = await workChunk(work, { range, mode: 'alone', before: Promise.resolve() })
      if (last === null && through === null) return false
      // whoever was left of the range is gone: nothing of it is to be done any more
      if (last === null) await passTo(work, through as string)
      conflicts = 0
      limit = Math.min(chunkSize, limit * 2)
      await work.afterCommit()
      if (through === null) return true
    } catch (error) {
      if (isNotOfTheWork(error)) throw error
      if (isConflict(error) && conflicts < CONFLICTS_MAX) {
        conflicts += 1
        await sleep(20 * conflicts)
      } else if (limit > 1) limit = Math.floor(limit / 2)
      else if (kind.whole === true) throw error
      else if (!(await giveUp(work, range.through, error))) return false
    }
  }
  return true
}

async function passTo<P, I>(work: PartWork<P, I>, cursor: string): Promise<void> {
  work.part.current = await work.database.transaction((tx) => commitInTurn(tx, work, Promise.resolve(), cursor, {}))
}

/** Writes the first key of the range down as failed and goes on behind it. False: the range holds none. */
async function giveUp<P, I>(work: PartWork<P, I>, through: string | null, error: unknown): Promise<boolean> {
  const { database, kind, run, part, clock } = work
  const failed = await database.transaction(async (tx) => {
    const read = await kind.read(tx, { after: part.current.cursor, through, limit: 1 }, run)
    if (read === null) return null
    for (const item of read.items) {
      const failure = { key: kind.itemKey(item), phase: part.current.phase, ...failureWords(error) }
      await storeFailure(tx, run.runId, failure, clock.now())
    }
    const counts = { ...(await kind.givenUp?.(tx, read, run)), [DONE]: read.items.length }
    const moved = await commitInTurn(tx, work, Promise.resolve(), read.last, counts)
    return { moved, keys: read.items.map((item) => kind.itemKey(item)) }
  })
  if (failed === null) return false
  part.current = failed.moved
  for (const key of failed.keys) work.onFailure(key, error)
  await work.afterCommit()
  return true
}

async function finishPart<P, I>({ database, part, leaseMs }: PartWork<P, I>): Promise<void> {
  const { current } = part
  await database.transaction((tx) => commitPart(tx, current, { ...current, done: true }, leaseMs))
}
