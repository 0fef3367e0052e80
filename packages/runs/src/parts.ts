import type { Instant } from '@ziv/kernel'
import type { Queryable, Transaction } from '@ziv/postgres'
import type { Counts, RunFailure } from './types.ts'

/** A part that this process has, as it stands after its last commit. */
export interface Part {
  readonly runId: string
  readonly phase: number
  readonly part: number
  readonly through: string | null
  readonly cursor: string | null
  readonly counts: Counts
  readonly term: number
}

/** Another replica took the part, because this one was silent for too long: what it was about to commit is undone. */
export class PartLost extends Error {
  constructor({ runId, phase, part }: Part) {
    super(`part ${phase}/${part} of run ${runId} was taken over by another process`)
    this.name = 'PartLost'
  }
}

interface PartRow {
  part: number
  through_key: string | null
  cursor: string | null
  counts: Counts
  term: number
}

// the lease is a matter of machines: it runs on the server's clock, not on the business clock
const CLAIM = `update app_runs.parts p
  set holder = $3, lease_until = clock_timestamp() + $4 * interval '1 millisecond', term = term + 1
  where (run_id, phase, part) = (
    select run_id, phase, part from app_runs.parts
    where run_id = $1 and phase = $2 and not done and (lease_until < clock_timestamp() or holder = $3)
    order by part limit 1 for update skip locked)
  returning part, through_key, coalesce(cursor, after_key) as cursor, counts, term`

/** Takes the next part that is free, or whose holder was silent for too long. Null: none is. */
export async function claimPart(
  q: Queryable,
  run: { readonly runId: string; readonly phase: number },
  holder: string,
  leaseMs: number,
): Promise<Part | null> {
  const { rows } = await q.query<PartRow>(CLAIM, [run.runId, run.phase, holder, leaseMs])
  const row = rows[0]
  if (row === undefined) return null
  const { part, through_key: through, cursor, counts, term } = row
  return { runId: run.runId, phase: run.phase, part, through, cursor, counts, term }
}

/** Moves the cursor in the transaction of the chunk. Throws `PartLost` when another replica has the part. */
export async function commitPart(
  tx: Transaction,
  part: Part,
  to: { readonly cursor: string | null; readonly counts: Counts; readonly done: boolean },
  leaseMs: number,
): Promise<Part> {
  const { rowCount } = await tx.query({
    name: 'runs_commit_part',
    text: `update app_runs.parts set cursor = $5, counts = $6, done = $7,
             lease_until = clock_timestamp() + $8 * interval '1 millisecond'
           where run_id = $1 and phase = $2 and part = $3 and term = $4 and not done`,
    values: [
      part.runId,
      part.phase,
      part.part,
      part.term,
      to.cursor,
      JSON.stringify(to.counts),
      to.done,
      to.done ? 0 : leaseMs,
    ],
  })
  if (rowCount !== 1) throw new PartLost(part)
  return { ...part, cursor: to.cursor, counts: to.counts }
}

/** Makes the lease of a part last from now; a part that was lost stays lost. */
export async function keepPart(q: Queryable, part: Part, leaseMs: number): Promise<void> {
  await q.query(
    `update app_runs.parts set lease_until = clock_timestamp() + $5 * interval '1 millisecond'
     where run_id = $1 and phase = $2 and part = $3 and term = $4 and not done`,
    [part.runId, part.phase, part.part, part.term, leaseMs],
  )
}

/** Gives a part back, so that another replica need not wait. */
export async function releasePart(q: Queryable, part: Part): Promise<void> {
  await q.query(
    `update app_runs.parts set lease_until = '-infinity'
     where run_id = $1 and phase = $2 and part = $3 and term = $4 and not done`,
    [part.runId, part.phase, part.part, part.term],
  )
}

/** Writes down a key whose work failed when it was tried alone. */
export async function storeFailure(
  tx: Transaction,
  runId: string,
  failure: RunFailure,
  failedAt: Instant,
): Promise<void> {
  await tx.query(
    `insert into app_runs.failures (run_id, phase, key, code, detail, failed_at) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing`,
    [runId, failure.phase, failure.key, failure.code, failure.detail, failedAt],
  )
}

/** Adds counts by name. */
export function addCounts(a: Counts, b: Counts): Counts {
  const sum: Record<string, number> = { ...a }
  for (const [name, n] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + n
  return sum
}
