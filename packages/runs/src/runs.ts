import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Clock, uuidV7 } from '@ziv/kernel'
import type { Database, Queryable } from '@ziv/postgres'
import type { Logger } from 'pino'
import { failureWords, Interrupted, isConflict, isNotOfTheWork } from './failure.ts'
import { claimPart, keepPart, PartLost, releasePart } from './parts.ts'
import {
  failuresOf,
  findRun,
  isPlanned,
  listRuns,
  newestRun,
  onceRunId,
  openRun,
  type RunPlace,
  reopenRun,
  runsAtWork,
  storePlan,
} from './store.ts'
import type { Run, RunFailure, RunKind, RunOrigin } from './types.ts'
import { workPart } from './work-part.ts'

/** Told after every commit with the run as it stands, and waited for: progress, and specs that kill by throwing. */
type OnProgress = (run: Run) => void | Promise<void>

export interface RunsOptions {
  readonly database: Database
  readonly clock: Clock
  readonly logger: Logger
  readonly onProgress?: OnProgress | undefined
  /** How long a silent replica keeps a part. Default 5 s. */
  readonly leaseMs?: number
  /** How often a replica looks for runs that others started or left. Default 5 s; 0: never. */
  readonly pollMs?: number
  /** A chunk waits so long for the one before it, then gives up its locks. Default 5 s. */
  readonly turnMs?: number
  /** A run with more failed keys than this fails as a whole. Default 1,000. */
  readonly failuresMax?: number
}

// biome-ignore lint/suspicious/noExplicitAny: kinds of different parameters and items stand in one list
type AnyKind = RunKind<any, any, any>

/** The long work of one service in this process; every replica has one, and they share the parts of a run. */
export interface Runs {
  /** Starts a run in the background, or finds the one of the same key; answers with its first state. */
  start<P>(kind: string, params: P, origin: RunOrigin): Promise<Run<P>>
  /**
   * Starts a run, or joins the one of the same key, and takes it to its end. Throws what interrupted it; a run that failed
   * comes back as such.
   */
  run<P>(kind: string, params: P, origin: RunOrigin, onProgress?: OnProgress): Promise<Run<P>>
  /** One run by id, or null; with `q` as a transaction sees it. */
  find<P>(runId: string, q?: Queryable): Promise<Run<P> | null>
  /** Runs of these kinds (absent: every one) behind one (null: from the newest on), the newest first. */
  list(behind: RunPlace | null, limit: number, kinds?: readonly string[]): Promise<readonly Run[]>
  /** The kinds whose runs are tasks of their own. */
  taskKinds(): readonly string[]
  /** Address of what a run came to; null: nothing to read. */
  resultOf(run: Pick<Run, 'kind' | 'runId'>): string | null
  /** Keys of a run that failed, in key order after one. */
  failures(runId: string, after: string, limit: number): Promise<readonly RunFailure[]>
  /** Takes up what was left, and from now on what other replicas start. */
  resume(): Promise<void>
  /** Resolves when nothing is at work in this process. */
  idle(): Promise<void>
  /** Stops after the chunks on their way, and gives the parts back. */
  stop(): Promise<void>
}

/**
 * Makes the engine of a service's long work. A chunk is one transaction that carries the cursor, so a kill costs at most the
 * chunks on their way; parts of a run are divided over the replicas by key, and the part of a replica that died is taken
 * over when its lease has run out.
 */
export function createRuns(options: RunsOptions, kinds: readonly AnyKind[]): Runs {
  const { database, logger, pollMs = 5_000 } = options
  const byName = new Map(kinds.map((kind) => [kind.kind, kind]))
  const holder = randomUUID()
  const atWork = new Map<string, Promise<Run>>()
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  const kindOf = (name: string): AnyKind => {
    const kind = byName.get(name)
    if (kind === undefined) throw new Error(`there is no kind of run called ${name}`)
    return kind
  }
  const open = (name: string, params: unknown, origin: RunOrigin): Promise<Run> =>
    openOrFind(options, kindOf(name), params, origin)
  /** A run that is at work in this process is joined, not worked on a second time beside itself. */
  const work = (run: Run, onProgress = options.onProgress): Promise<Run> => {
    const running = atWork.get(run.runId)
    if (running !== undefined) return running
    const task = takeToEnd({ ...options, onProgress, holder, stopping: () => stopping }, kindOf(run.kind), run)
    const tracked = task.finally(() => atWork.delete(run.runId)).catch(causeOfInterruption)
    atWork.set(run.runId, tracked)
    return tracked
  }
  const inBackground = (run: Run): void => {
    if (run.state !== 'processing' || stopping) return
    work(run).catch((error: unknown) => {
      logger.error({ err: error, run: run.runId, kind: run.kind }, 'a run stopped; it is taken up again')
    })
  }
  const takeUp = async (): Promise<void> => {
    for (const run of await runsAtWork(database, [...byName.keys()])) inBackground(run)
  }
  const poll = (): void => {
    if (stopping || pollMs === 0) return
    timer = setTimeout(() => {
      takeUp()
        .catch((error: unknown) => logger.warn({ err: error }, 'looking for runs failed; looking again later'))
        .finally(poll)
    }, pollMs)
    timer.unref()
  }
  return {
    start: async <P>(name: string, params: P, origin: RunOrigin) => {
      const run = await open(name, params, origin)
      inBackground(run)
      return run as Run<P>
    },
    run: async <P>(name: string, params: P, origin: RunOrigin, onProgress?: OnProgress) => {
      const run = await open(name, params, origin)
      return (run.state === 'processing' ? await work(run, onProgress) : run) as Run<P>
    },
    find: (runId, q = database) => findRun(q, runId),
    list: (behind, limit, kinds) => listRuns(database, behind, limit, kinds),
    taskKinds: () => taskKindsOf(kinds),
    resultOf: ({ kind, runId }) => byName.get(kind)?.resultOf?.(runId) ?? null,
    failures: (runId, after, limit) => failuresOf(database, runId, after, limit),
    resume: async () => {
      await takeUp()
      poll()
    },
    idle: async () => {
      while (atWork.size > 0) await Promise.allSettled(atWork.values())
    },
    stop: async () => {
      stopping = true
      clearTimeout(timer)
      await Promise.allSettled(atWork.values())
    },
  }
}

const taskKindsOf = (kinds: readonly AnyKind[]): string[] =>
  kinds.filter(({ ofFile }) => ofFile !== true).map(({ kind }) => kind)

/** Who interrupted a run gets back what it threw. */
function causeOfInterruption(error: unknown): never {
  throw error instanceof Interrupted ? error.cause : error
}

async function openOrFind(
  { database, clock }: RunsOptions,
  kind: AnyKind,
  params: unknown,
  origin: RunOrigin,
): Promise<Run> {
  const businessDate = clock.today()
  const key = kind.keyOf(params, businessDate)
  const known = await newestRun(database, kind.kind, key)
  if (known?.state === 'processing' || (known?.state === 'done' && kind.once === true)) return known
  if (known !== null && kind.once === true) return await reopenRun(database, known)
  const runId = kind.once === true ? onceRunId(kind.kind, key) : uuidV7(clock)
  await openRun(database, { ...origin, runId, kind: kind.kind, key, params, businessDate, startedAt: clock.now() })
  return (await newestRun(database, kind.kind, key))!
}

interface Work extends RunsOptions {
  readonly holder: string
  readonly stopping: () => boolean
}

/** Works on a run until it is done, by this process and others, or until this process stops. */
async function takeToEnd(work: Work, kind: AnyKind, opened: Run): Promise<Run> {
  const { database, stopping, leaseMs = 5_000 } = work
  let prepared = false
  while (true) {
    const run = (await findRun(database, opened.runId))!
    if (run.state !== 'processing' || stopping()) return run
    try {
      if (!prepared) await kind.prepare?.(opened)
      prepared = true
      await divide(database, kind, run)
      await workParts(work, kind, run)
    } catch (error) {
      // without the server, or without the part, somebody goes on later; what the work itself throws would come again
      if (isNotOfTheWork(error) || (!prepared && isConflict(error))) throw error
      work.logger.error({ err: error, run: run.runId, kind: run.kind }, 'a run failed')
      await endRun(work, run.runId, 'failed', failureWords(error).detail)
      continue
    }
    if (stopping()) continue
    if (run.failed > (work.failuresMax ?? 1_000)) {
      await endRun(work, run.runId, 'failed', `${run.failed} keys failed: the first are listed with the run`)
    } else if (!(await nextPhase(work, kind, run))) {
      // others are at the last parts, or one of them died with a part
      await sleep(Math.min(leaseMs / 5, 500))
    }
  }
}

async function divide(database: Database, kind: AnyKind, run: Run): Promise<void> {
  if (await isPlanned(database, run.runId, run.phase)) return
  const plan = (await kind.plan?.(database, run, run.phase)) ?? { bounds: [], total: null }
  await database.transaction((tx) => storePlan(tx, run.runId, run.phase, plan))
}

/** Works on parts as long as one is free. */
async function workParts(work: Work, kind: AnyKind, run: Run): Promise<void> {
  const { database, clock, logger, holder, stopping, onProgress, leaseMs = 5_000, turnMs = 5_000 } = work
  let failed = run.failed
  while (!stopping() && failed <= (work.failuresMax ?? 1_000)) {
    const claimed = await claimPart(database, run, holder, leaseMs)
    if (claimed === null) return
    const part = { current: claimed }
    const heartbeat = setInterval(() => {
      // a lease that cannot be kept is found lost at the next commit
      keepPart(database, part.current, leaseMs).catch(() => undefined)
    }, leaseMs / 3)
    try {
      await workPart({
        ...{ database, kind, run, part, leaseMs, turnMs, clock },
        stopping: () => stopping() || failed > (work.failuresMax ?? 1_000),
        afterCommit: async () => {
          await kind.afterCommit?.(run)
          await tell(database, run.runId, onProgress)
        },
        onFailure: (key, error) => {
          failed += 1
          logger.error({ err: error, run: run.runId, key }, 'a key of a run failed alone and was left out')
        },
      })
    } catch (error) {
      if (!(error instanceof PartLost)) throw error
      logger.warn({ run: run.runId, part: claimed.part }, 'a part was taken over by another process')
    } finally {
      clearInterval(heartbeat)
      await releasePart(database, part.current).catch(() => undefined)
    }
  }
}

async function tell(database: Database, runId: string, onProgress: OnProgress | undefined): Promise<void> {
  if (onProgress === undefined) return
  const run = (await findRun(database, runId))!
  try {
    await onProgress(run)
  } catch (error) {
    throw new Interrupted(error)
  }
}

/** Moves to the next phase, or ends the run, when every part of this one is done. False: parts are still at work. */
async function nextPhase(work: Work, kind: AnyKind, run: Run): Promise<boolean> {
  const { database } = work
  const { rowCount } = await database.query(
    'select from app_runs.parts where run_id = $1 and phase = $2 and not done limit 1',
    [run.runId, run.phase],
  )
  if (rowCount !== 0) return false
  if (run.phase < (kind.phases ?? 1)) {
    await database.query(
      `update app_runs.runs set phase = phase + 1 where run_id = $1 and phase = $2 and state = 'processing'`,
      [run.runId, run.phase],
    )
  } else {
    await endRun(work, run.runId, 'done', null, kind)
    await kind.ended?.(run)
  }
  return true
}

async function endRun(
  { database, clock, onProgress }: Work,
  runId: string,
  state: 'done' | 'failed',
  problem: string | null,
  kind?: AnyKind,
): Promise<void> {
  await database.transaction(async (tx) => {
    const { rowCount } = await tx.query(
      `select from app_runs.runs where run_id = $1 and state = 'processing' for update`,
      [runId],
    )
    if (rowCount === 0) return
    await kind?.finish?.(tx, (await findRun(tx, runId))!)
    await tx.query('update app_runs.runs set state = $2, problem = $3, finished_at = $4 where run_id = $1', [
      runId,
      state,
      problem,
      clock.now(),
    ])
  })
  await tell(database, runId, onProgress)
}
