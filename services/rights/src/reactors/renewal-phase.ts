import type { Database } from '@ziv/postgres'
import { recordedNow } from './context.ts'
import { type ChunkRequest, needsFold, recordBases, renewChunk, type Stretch } from './renewal-chunk.ts'
import { type Run, type RunStep, stepped } from './run-store.ts'

export interface PhaseOptions extends Pick<ChunkRequest, 'context' | 'yearBeforeDone' | 'personsPerChunk'> {
  /** Chunks in hand at the same time, each on a connection of its own. */
  readonly chunksInHand: number
  readonly stopping: () => boolean
  readonly onProgress?: ((run: Run) => void) | undefined
}

/** Among so many persons nearly every kind of decision is met. */
const PERSONS_TRIED = 200

interface Flight {
  readonly stretch: Stretch
  /** Last person of the chunk, null when nobody was left; known before the chunk is stored. */
  readonly read: Promise<string | null>
  readonly stored: Promise<RunStep | null>
}

/**
 * Takes a phase of a renewal run to its end with several chunks in hand: while PostgreSQL stores one, the next are read and
 * decided. A chunk commits only after the one before has, so the stored cursor never passes work that is not stored, and
 * begins only after the one before holds its locks, so chunks never wait for each other in a circle. When one fails, those
 * behind it are undone.
 */
export async function renewPhase(db: Database, from: Run, options: PhaseOptions): Promise<Run> {
  await recordBases(db, from, PERSONS_TRIED, options.context)
  const flights: Flight[] = []
  let run = from
  let after: string | null = from.cursor
  let more = true
  try {
    while (true) {
      while (more && !options.stopping() && flights.length < options.chunksInHand) {
        const flight = startChunk(db, run, { after, through: null }, flights.at(-1)?.stored, options)
        flights.push(flight)
        const last = await flight.read
        if (last === null) more = false
        else after = last
      }
      const flight = flights.shift()
      if (flight === undefined) return run
      const step = await flight.stored.catch(async (error: unknown) => {
        if (!needsFold(error)) throw error
        // somebody has decisions of the year: the chunk is taken again alone, so that it never waits for one behind it
        await landed(flights.splice(0))
        after = flight.stretch.through
        more = true
        return await startChunk(db, run, flight.stretch, undefined, options, true).stored
      })
      if (step === null) return run
      run = stepped(run, step)
      await options.context.bases.record(db, recordedNow(options.context))
      options.onProgress?.(run)
    }
  } finally {
    await landed(flights)
  }
}

const landed = (flights: readonly Flight[]): Promise<unknown> => Promise.allSettled(flights.map(({ stored }) => stored))

function startChunk(
  db: Database,
  run: Run,
  stretch: Stretch,
  before: Promise<unknown> | undefined,
  { context, yearBeforeDone, personsPerChunk }: PhaseOptions,
  byFold = false,
): Flight {
  const read = Promise.withResolvers<string | null>()
  const stored = renewChunk(db, {
    ...{ context, run, stretch, yearBeforeDone, personsPerChunk, byFold },
    onRead: read.resolve,
    before: before ?? Promise.resolve(),
  })
  // a chunk that fails before it has read would leave its reader waiting; the failure itself is thrown where it is awaited
  stored.catch(read.reject)
  read.promise.catch(() => undefined)
  return { stretch, read: read.promise, stored }
}
