import type { EventStore } from '@ziv/event-store'
import { rejectionToProblem } from '@ziv/http'
import { type Clock, type IsoDate, uuidV5, yearOf } from '@ziv/kernel'
import type { Law } from '@ziv/law'
import type { Database } from '@ziv/postgres'
import type { Logger } from 'pino'
import { rejections } from '../domain/rejections.ts'
import type { Bases } from './bases.ts'
import type { RunContext } from './context.ts'
import { renewPhase } from './renewal-phase.ts'
import { finishRun, isYearRenewed, openRun, type Run, type RunKind, startPhase, unfinishedRuns } from './run-store.ts'
import { warnChunk } from './warning-chunk.ts'

export interface RunnerDeps {
  readonly database: Database
  readonly store: EventStore
  readonly bases: Bases
  readonly clock: Clock
  readonly law: Law
  readonly logger: Logger
  readonly personsPerChunk: number
  /** Told after every chunk: for progress bars and the wake-up of the relay. */
  readonly onProgress?: ((run: Run) => void) | undefined
}

/** Enough that PostgreSQL always has a chunk to store while the next are decided; measured, more gain nothing. */
const CHUNKS_IN_HAND = 3

/** Long work over all persons: the renewal of 1 January and the warnings of 1 December. */
export interface Runner {
  /** Starts the run of a year, or finds the one already started on this business date, and takes it to its end. */
  run(kind: RunKind, year: number, actor: string): Promise<Run>
  /** Starts it in the background; the answer is its first state. */
  start(kind: RunKind, year: number, actor: string): Promise<Run>
  /** Takes up what a stopped process left. */
  resume(): Promise<void>
  stop(): Promise<void>
}

/** The id of a run follows from what it is about: the same command twice is one run. */
const runIdOf = (kind: RunKind, year: number, businessDate: IsoDate): string =>
  uuidV5(`rights/${kind}/${year}/${businessDate}`)

/** Makes the runner. Chunks are single transactions that carry the cursor, so a kill costs at most the chunks in hand. */
export function createRunner(deps: RunnerDeps): Runner {
  let stopping = false
  const background = new Map<string, Promise<Run>>()

  const open = (kind: RunKind, year: number): Promise<Run> => {
    const businessDate = deps.clock.today()
    if (kind === 'renewal' && year > yearOf(businessDate)) {
      throw rejectionToProblem(rejections, { code: 'RIG-0001', params: { year } })
    }
    const runId = runIdOf(kind, year, businessDate)
    return openRun(deps.database, { runId, kind, year, businessDate, startedAt: deps.clock.now() })
  }

  /** A run that is under way in this process is joined, not run a second time beside itself. */
  const work = (run: Run, actor: string): Promise<Run> => {
    const running = background.get(run.runId)
    if (running !== undefined) return running
    const task = takeToEnd(deps, run, actor, () => stopping).finally(() => background.delete(run.runId))
    background.set(run.runId, task)
    return task
  }

  const inBackground = (run: Run, actor: string): void => {
    work(run, actor).catch((error: unknown) => {
      deps.logger.error({ err: error, run: run.runId }, 'a run stopped; it goes on at the next start')
    })
  }

  return {
    run: async (kind, year, actor) => work(await open(kind, year), actor),
    start: async (kind, year, actor) => {
      const run = await open(kind, year)
      if (run.state === 'running') inBackground(run, actor)
      return run
    },
    resume: async () => {
      for (const run of await unfinishedRuns(deps.database)) inBackground(run, 'rights')
    },
    stop: async () => {
      stopping = true
      await Promise.allSettled(background.values())
    },
  }
}

async function takeToEnd(deps: RunnerDeps, from: Run, actor: string, stopping: () => boolean): Promise<Run> {
  if (from.state === 'done') return from
  const context = contextOf(deps, from, actor)
  const run = await (from.kind === 'renewal' ? renew : warn)(deps, from, context, stopping)
  if (stopping()) return run
  const done = await finishRun(deps.database, run.runId, deps.clock.now())
  deps.onProgress?.(done)
  return done
}

type Work = (deps: RunnerDeps, from: Run, context: RunContext, stopping: () => boolean) => Promise<Run>

const renew: Work = async ({ database, personsPerChunk, onProgress }, from, context, stopping) => {
  const yearBeforeDone = await isYearRenewed(database, from.year - 1)
  const options = { context, yearBeforeDone, personsPerChunk, stopping, onProgress, chunksInHand: CHUNKS_IN_HAND }
  let run = from
  if (run.phase === 1) {
    run = await renewPhase(database, run, options)
    if (stopping()) return run
    run = await startPhase(database, run, 2)
  }
  return renewPhase(database, run, options)
}

const warn: Work = async ({ database, personsPerChunk, onProgress }, from, context, stopping) => {
  let run = from
  while (!stopping()) {
    const next = await warnChunk(database, context, run, personsPerChunk)
    if (next === null) break
    run = next
    onProgress?.(run)
  }
  return run
}

/** A run decides as of its own business date, also when it is taken up again later. */
function contextOf(deps: RunnerDeps, run: Run, actor: string): RunContext {
  return {
    store: deps.store,
    bases: deps.bases,
    rules: { law: deps.law },
    today: run.businessDate as IsoDate,
    clock: deps.clock,
    metadata: { actor, correlationId: run.runId, law: deps.law.version },
  }
}
