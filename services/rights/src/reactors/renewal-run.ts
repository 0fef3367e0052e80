import type { EventStore } from '@ziv/event-store'
import { type Clock, type Instant, type IsoDate, uuidV5, yearOf } from '@ziv/kernel'
import type { Law } from '@ziv/law'
import type { Database } from '@ziv/postgres'
import type { DecisionContext } from './redecide.ts'
import { renewChunk } from './renewal-chunk.ts'
import { advanceRun, findRun, finishRun, openRun, type Run, type RunKind, unfinishedRuns } from './run-store.ts'
import { warnChunk } from './warning-chunk.ts'

export interface RunnerDeps {
  readonly database: Database
  readonly store: EventStore
  readonly clock: Clock
  readonly law: Law
  /** Told after every chunk: for progress bars and the wake-up of the relay. */
  readonly onProgress?: (run: Run) => void
}

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
export const runIdOf = (kind: RunKind, year: number, businessDate: IsoDate): string =>
  uuidV5(`rights/${kind}/${year}/${businessDate}`)

/** Makes the runner. Chunks are single transactions that carry the cursor, so a kill costs at most the chunk in hand. */
export function createRunner(deps: RunnerDeps): Runner {
  let stopping = false
  const background = new Set<Promise<unknown>>()

  const open = (kind: RunKind, year: number): Promise<Run> => {
    const businessDate = deps.clock.today()
    const runId = runIdOf(kind, year, businessDate)
    return openRun(deps.database, { runId, kind, year, businessDate, startedAt: deps.clock.now() })
  }

  const work = async (from: Run, actor: string): Promise<Run> => {
    let run = from
    while (run.state === 'running' && !stopping) {
      const context = contextOf(deps, run, actor)
      const next =
        run.kind === 'renewal'
          ? await renewChunk(deps.database, context, run)
          : await warnChunk(deps.database, context, run)
      if (next !== null) run = next
      else if (run.kind === 'renewal' && run.phase === 1) run = await nextPhase(deps.database, run)
      else {
        await finishRun(deps.database, run.runId, deps.clock.now())
        run = (await findRun(deps.database, run.runId)) as Run
      }
      deps.onProgress?.(run)
    }
    return run
  }

  const inBackground = (run: Run, actor: string): void => {
    const task = work(run, actor).finally(() => background.delete(task))
    background.add(task)
    task.catch(() => undefined)
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
      await Promise.allSettled(background)
    },
  }
}

async function nextPhase(database: Database, run: Run): Promise<Run> {
  await advanceRun(database, run.runId, { phase: 2, cursor: null, examined: 0, granted: 0, refused: 0, warned: 0 })
  return { ...run, phase: 2, cursor: null }
}

/** A run decides as of its own business date, also when it is taken up again later. */
function contextOf(deps: RunnerDeps, run: Run, actor: string): DecisionContext {
  const businessDate = run.businessDate as IsoDate
  const today =
    yearOf(businessDate) >= run.year || run.kind === 'warning' ? businessDate : (`${run.year}-01-01` as IsoDate)
  return {
    store: deps.store,
    rules: { law: deps.law },
    today,
    recordedAt: deps.clock.now() as Instant,
    metadata: { actor, correlationId: run.runId, law: deps.law.version },
  }
}
