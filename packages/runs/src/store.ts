import { type Instant, type IsoDate, uuidV5 } from '@ziv/kernel'
import type { Queryable, Transaction } from '@ziv/postgres'
import type { Counts, Plan, Run, RunFailure, RunOrigin } from './types.ts'

interface RunRow {
  run_id: string
  kind: string
  params: unknown
  state: Run['state']
  phase: number
  total: string | null
  problem: string | null
  actor: string
  correlation_id: string
  business_date: IsoDate
  started_at: Instant
  finished_at: Instant | null
  counts: Counts | null
  failed: string
}

const RUNS = `select r.*,
    (select jsonb_object_agg(name, n) from (
       select c.key as name, sum(c.value::bigint) as n from app_runs.parts p, jsonb_each_text(p.counts) c
       where p.run_id = r.run_id group by c.key) s) as counts,
    (select count(*) from app_runs.failures f where f.run_id = r.run_id) as failed
  from app_runs.runs r`

/** The count that the engine itself keeps in every part: keys worked through. */
export const DONE = '$done'

function runOf<P>(row: RunRow): Run<P> {
  const { [DONE]: done = 0, ...counts } = row.counts ?? {}
  return {
    runId: row.run_id,
    kind: row.kind,
    params: row.params as P,
    state: row.state,
    phase: row.phase,
    total: row.total === null ? null : Number(row.total),
    done: Number(done),
    failed: Number(row.failed),
    counts,
    actor: row.actor,
    correlationId: row.correlation_id,
    businessDate: row.business_date,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    problem: row.problem,
  }
}

/** One run with its counts, or null. */
export async function findRun<P>(q: Queryable, runId: string): Promise<Run<P> | null> {
  const { rows } = await q.query<RunRow>(`${RUNS} where r.run_id = $1`, [runId])
  return rows[0] === undefined ? null : runOf<P>(rows[0])
}

/** The newest run of a kind and key (of any key, without one), or null. */
export async function newestRun<P>(q: Queryable, kind: string, key?: string): Promise<Run<P> | null> {
  const { rows } = await q.query<RunRow>(
    `${RUNS} where r.kind = $1 and ($2::text is null or r.key = $2) order by r.started_at desc, r.run_id desc limit 1`,
    [kind, key ?? null],
  )
  return rows[0] === undefined ? null : runOf<P>(rows[0])
}

/** Place of a run among all, the newest first. */
export interface RunPlace {
  readonly startedAt: string
  readonly runId: string
}

/** Runs of these kinds (absent: every one) behind a place, the newest first. */
export async function listRuns(
  q: Queryable,
  behind: RunPlace | null,
  limit: number,
  kinds?: readonly string[],
): Promise<readonly Run[]> {
  const { rows } = await q.query<RunRow>(
    `${RUNS} where ($1::timestamptz is null or (r.started_at, r.run_id) < ($1, $2::uuid))
        and ($4::text[] is null or r.kind = any ($4))
      order by r.started_at desc, r.run_id desc limit $3`,
    [behind?.startedAt ?? null, behind?.runId ?? null, limit, kinds ?? null],
  )
  return rows.map((row) => runOf(row))
}

/** The id of the one run of a kind and key that runs `once`. */
export const onceRunId = (kind: string, key: string): string => uuidV5(`run/${kind}/${key}`)

/** Runs at work, the oldest first. */
export async function runsAtWork(q: Queryable, kinds: readonly string[]): Promise<readonly Run[]> {
  const { rows } = await q.query<RunRow>(
    `${RUNS} where r.state = 'processing' and r.kind = any($1::text[]) order by r.started_at, r.run_id`,
    [kinds],
  )
  return rows.map((row) => runOf(row))
}

interface Opening extends RunOrigin {
  readonly runId: string
  readonly kind: string
  readonly key: string
  readonly params: unknown
  readonly businessDate: IsoDate
  readonly startedAt: Instant
}

/** Opens a run unless one of its kind and key is at work. */
export async function openRun(q: Queryable, run: Opening): Promise<void> {
  await q.query(
    `insert into app_runs.runs (run_id, kind, key, params, state, actor, correlation_id, business_date, started_at)
     values ($1, $2, $3, $4, 'processing', $5, $6, $7, $8) on conflict do nothing`,
    [
      run.runId,
      run.kind,
      run.key,
      JSON.stringify(run.params),
      run.actor,
      run.correlationId,
      run.businessDate,
      run.startedAt,
    ],
  )
}

/** Lets a failed run go on where it stopped; keys that failed before stay listed. */
export async function reopenRun(q: Queryable, run: Run): Promise<Run> {
  await q.query(
    `update app_runs.runs set state = 'processing', problem = null, finished_at = null
     where run_id = $1 and state = 'failed'`,
    [run.runId],
  )
  return (await findRun(q, run.runId))!
}

/** Stores how a phase is divided, once: whoever comes later works with what is there. */
export async function storePlan(tx: Transaction, runId: string, phase: number, plan: Plan): Promise<void> {
  const bounds = [null, ...plan.bounds, null]
  const { rowCount } = await tx.query(
    `insert into app_runs.parts (run_id, phase, part, after_key, through_key)
     select $1, $2, part - 1, after_key, through_key from unnest($3::text[], $4::text[]) with ordinality p (after_key, through_key, part)
     on conflict do nothing`,
    [runId, phase, bounds.slice(0, -1), bounds.slice(1)],
  )
  if (rowCount === 0 || plan.total === null) return
  await tx.query('update app_runs.runs set total = coalesce(total, 0) + $2 where run_id = $1', [runId, plan.total])
}

/** Whether a phase was divided yet. */
export async function isPlanned(q: Queryable, runId: string, phase: number): Promise<boolean> {
  const { rowCount } = await q.query('select from app_runs.parts where run_id = $1 and phase = $2 limit 1', [
    runId,
    phase,
  ])
  return rowCount === 1
}

/** Keys that could not be worked on, in order. */
export async function failuresOf(q: Queryable, runId: string, after: string, limit: number): Promise<RunFailure[]> {
  const { rows } = await q.query<RunFailure>(
    `select key, phase, code, detail from app_runs.failures where run_id = $1 and key > $2 order by key, phase limit $3`,
    [runId, after, limit],
  )
  return rows
}
