import type { Queryable } from '@ziv/postgres'

export type RunKind = 'renewal' | 'warning'

export interface Run {
  readonly runId: string
  readonly kind: RunKind
  readonly year: number
  readonly state: 'running' | 'done'
  /** 1: holders; 2: those whose right follows a holder. */
  readonly phase: number
  readonly cursor: string | null
  readonly examined: number
  readonly granted: number
  readonly refused: number
  readonly warned: number
  readonly businessDate: string
  readonly startedAt: string
  readonly finishedAt: string | null
}

interface RunRow {
  run_id: string
  kind: RunKind
  year: number
  state: 'running' | 'done'
  phase: number
  cursor: string | null
  examined: string
  granted: string
  refused: string
  warned: string
  business_date: string
  started_at: string
  finished_at: string | null
}

const runOf = (row: RunRow): Run => ({
  runId: row.run_id,
  kind: row.kind,
  year: row.year,
  state: row.state,
  phase: row.phase,
  cursor: row.cursor,
  examined: Number(row.examined),
  granted: Number(row.granted),
  refused: Number(row.refused),
  warned: Number(row.warned),
  businessDate: row.business_date,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
})

/** Starts a run, or gives the one that was started for the same year on the same business date. */
export async function openRun(
  q: Queryable,
  run: Pick<Run, 'runId' | 'kind' | 'year' | 'businessDate' | 'startedAt'>,
): Promise<Run> {
  await q.query(
    `insert into app.runs (run_id, kind, year, state, business_date, started_at)
     values ($1, $2, $3, 'running', $4, $5) on conflict do nothing`,
    [run.runId, run.kind, run.year, run.businessDate, run.startedAt],
  )
  const found = await findRun(q, run.runId)
  if (found === null) throw new Error(`run ${run.runId} was not stored: another run has its kind, year and date`)
  return found
}

/** One run, or null. */
export async function findRun(q: Queryable, runId: string): Promise<Run | null> {
  const { rows } = await q.query<RunRow>('select * from app.runs where run_id = $1', [runId])
  return rows[0] === undefined ? null : runOf(rows[0])
}

/** Runs that a stopped process left unfinished. */
export async function unfinishedRuns(q: Queryable): Promise<readonly Run[]> {
  const { rows } = await q.query<RunRow>("select * from app.runs where state = 'running' order by started_at")
  return rows.map(runOf)
}

/** What a chunk did, and how far it got. */
export interface RunStep {
  readonly phase: number
  readonly cursor: string | null
  readonly examined: number
  readonly granted: number
  readonly refused: number
  readonly warned: number
}

/** Moves a run on, in the transaction of the chunk: after a kill it goes on exactly where the last chunk ended. */
export async function advanceRun(q: Queryable, runId: string, step: RunStep): Promise<void> {
  await q.query(
    `update app.runs set phase = $2, cursor = $3, examined = examined + $4, granted = granted + $5,
            refused = refused + $6, warned = warned + $7 where run_id = $1`,
    [runId, step.phase, step.cursor, step.examined, step.granted, step.refused, step.warned],
  )
}

/** A run after a chunk. */
export const stepped = (run: Run, step: RunStep): Run => ({
  ...run,
  phase: step.phase,
  cursor: step.cursor,
  examined: run.examined + step.examined,
  granted: run.granted + step.granted,
  refused: run.refused + step.refused,
  warned: run.warned + step.warned,
})

/** Begins a phase, from its first person. */
export async function startPhase(q: Queryable, run: Run, phase: number): Promise<Run> {
  const step = { phase, cursor: null, examined: 0, granted: 0, refused: 0, warned: 0 }
  await advanceRun(q, run.runId, step)
  return stepped(run, step)
}

/** Closes a run and gives it as it stands. */
export async function finishRun(q: Queryable, runId: string, finishedAt: string): Promise<Run> {
  const { rows } = await q.query<RunRow>(
    `update app.runs set state = 'done', finished_at = $2 where run_id = $1 returning *`,
    [runId, finishedAt],
  )
  return runOf(rows[0] as RunRow)
}

/** True when a renewal run over everybody for the year, or a later one, came to its end. */
export async function isYearRenewed(q: Queryable, year: number): Promise<boolean> {
  return ((await lastYearRenewed(q)) ?? 0) >= year
}

/** The last year that a renewal run decided for everybody, or null. */
export async function lastYearRenewed(q: Queryable): Promise<number | null> {
  const { rows } = await q.query<{ year: number | null }>(
    "select max(year) as year from app.runs where kind = 'renewal' and state = 'done'",
  )
  return rows[0]?.year ?? null
}
