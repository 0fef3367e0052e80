import type { Database } from '@ziv/postgres'
import { type ChunkRequest, renewChunk, type Stretch } from './renewal-chunk.ts'
import { type Run, type RunStep, stepped } from './run-store.ts'

export interface PhaseOptions extends Pick<ChunkRequest, 'context' | 'yearBeforeDone' | 'personsPerChunk'> {
  readonly stopping: () => boolean
  readonly onProgress?: ((run: Run) => void) | undefined
}

interface Flight {
  /** Last person of the chunk, null when nobody was left; known before the chunk is stored. */
  readonly read: Promise<string | null>
  readonly stored: Promise<RunStep | null>
}

/**
 * Takes a phase of a renewal run to its end. While PostgreSQL stores a chunk of holders the next one is read and decided;
 * it commits only after the one before has. When a chunk fails, the one behind it is undone, and the run goes on from the
 * cursor that was stored. Dependants lock their holders, who may be in another chunk: they go one chunk at a time.
 */
export async function renewPhase(db: Database, from: Run, options: PhaseOptions): Promise<Run> {
  const inFlightMax = from.phase === 1 ? 2 : 1
  const flights: Flight[] = []
  let run = from
  let after: string | null = from.cursor
  let more = true
  try {
    while (true) {
      while (more && !options.stopping() && flights.length < inFlightMax) {
        const flight = startChunk(db, run, { after, through: null }, flights.at(-1)?.stored, options)
        flights.push(flight)
        const last = await flight.read
        if (last === null) more = false
        else after = last
      }
      const step = await flights.shift()?.stored
      if (step === undefined || step === null) return run
      run = stepped(run, step)
      options.onProgress?.(run)
    }
  } finally {
    await Promise.allSettled(flights.map(({ stored }) => stored))
  }
}

function startChunk(
  db: Database,
  run: Run,
  stretch: Stretch,
  before: Promise<unknown> | undefined,
  { context, yearBeforeDone, personsPerChunk }: PhaseOptions,
): Flight {
  const read = Promise.withResolvers<string | null>()
  const stored = renewChunk(db, {
    ...{ context, run, stretch, yearBeforeDone, personsPerChunk },
    onRead: read.resolve,
    before: before ?? Promise.resolve(),
  })
  // a chunk that fails before it has read would leave its reader waiting; the failure itself is thrown where it is awaited
  stored.catch(read.reject)
  read.promise.catch(() => undefined)
  return { read: read.promise, stored }
}
