import { type Instant, uuidV7 } from '@ziv/kernel'
import type { Law } from '@ziv/law'
import type { Member } from '@ziv/members'
import { inflateMember, type StoredMember } from '@ziv/members/store'
import type { Queryable, Transaction } from '@ziv/postgres'
import { isWeighed } from '../domain/assess-year.ts'
import { applyCommands, type YearCommand } from '../year/apply-commands.ts'
import { withRetry } from '../year/with-retry.ts'
import type { Origin, YearContext } from '../year/year-context.ts'

export interface SettlementRun {
  readonly runId: string
  readonly year: number
  readonly state: 'running' | 'completed'
  readonly persons: number
  readonly settled: number
  readonly unchanged: number
  readonly met: number
  readonly short: number
  readonly startedAt: Instant
  readonly completedAt?: Instant
}

export interface SettlementContext extends YearContext {
  readonly personsPerChunk: number
  readonly signal: AbortSignal
  /** For specs: called after each chunk was committed. */
  readonly afterChunk?: (done: number) => void | Promise<void>
}

interface RunRow {
  readonly run_id: string
  readonly year: number
  readonly state: SettlementRun['state']
  readonly persons: number
  readonly settled: number
  readonly unchanged: number
  readonly met: number
  readonly short: number
  readonly done_until: string
  readonly actor: string
  readonly correlation_id: string
  readonly started_at: Instant
  readonly completed_at: Instant | null
}

const runOf = (row: RunRow): SettlementRun => ({
  runId: row.run_id,
  year: row.year,
  state: row.state,
  persons: row.persons,
  settled: row.settled,
  unchanged: row.unchanged,
  met: row.met,
  short: row.short,
  startedAt: row.started_at,
  ...(row.completed_at === null ? {} : { completedAt: row.completed_at }),
})

export async function findRun(q: Queryable, runId: string): Promise<SettlementRun | undefined> {
  const { rows } = await q.query<RunRow>('select * from app.settlement_runs where run_id = $1', [runId])
  return rows[0] === undefined ? undefined : runOf(rows[0])
}

/** Opens a run of the year, or finds the one that is on its way: a year is settled by one run at a time. */
export async function openRun(context: YearContext, year: number, origin?: Origin): Promise<SettlementRun> {
  const runId = uuidV7(context.clock)
  await context.database.query(
    `insert into app.settlement_runs (run_id, year, state, actor, correlation_id, started_at)
     values ($1, $2, 'running', $3, $4, $5) on conflict (year) where state = 'running' do nothing`,
    [runId, year, origin?.actor ?? 'contributions', origin?.correlationId ?? runId, context.clock.now()],
  )
  const { rows } = await context.database.query<RunRow>(
    `select * from app.settlement_runs where run_id = $1 or (year = $2 and state = 'running') order by state desc limit 1`,
    [runId, year],
  )
  if (rows[0] === undefined) return await openRun(context, year, origin)
  return runOf(rows[0])
}

/** Settles everybody with a contribution capacity or a contribution in the year, in chunks, from where the run was. */
export async function runSettlement(
  context: SettlementContext,
  runId: string,
  onProgress?: (progress: { done: number }) => void,
): Promise<SettlementRun> {
  for (;;) {
    if (context.signal.aborted) break
    const more = await withRetry(context.database, (tx) => settleChunk(context, tx, runId))
    const run = (await findRun(context.database, runId))!
    onProgress?.({ done: run.persons })
    await context.afterChunk?.(run.persons)
    if (!more) break
  }
  return (await findRun(context.database, runId))!
}

interface CandidateRow {
  readonly person_id: string
  readonly member: StoredMember
  readonly has_state: boolean
}

async function settleChunk(context: SettlementContext, tx: Transaction, runId: string): Promise<boolean> {
  const { rows: runs } = await tx.query<RunRow>('select * from app.settlement_runs where run_id = $1 for update', [
    runId,
  ])
  const run = runs[0]
  if (run === undefined) throw new Error(`settlement run ${runId} does not exist`)
  if (run.state === 'completed') return false
  const { rows } = await tx.query<CandidateRow>({
    name: 'contributions-settle-candidates',
    text: `select p.person_id, p.member, y.person_id is not null as has_state
             from app_members.persons p left join app.year_state y on y.person_id = p.person_id and y.year = $2
            where p.person_id > $1 order by p.person_id limit $3`,
    values: [run.done_until, run.year, context.personsPerChunk],
  })
  const commands = rows.flatMap((row) => {
    const person = inflateMember(row.person_id, row.member)
    return concerned(person, row.has_state, run.year, context.law) ? [settleCommand(person, run)] : []
  })
  const origin = { actor: run.actor, correlationId: run.correlation_id, causationId: runId }
  const outcomes = await applyCommands(context, tx, commands, origin)
  let settled = 0
  let met = 0
  for (const outcome of outcomes) {
    if (outcome.kind === 'rejected') throw new Error(`the year cannot be settled: ${JSON.stringify(outcome.rejection)}`)
    if (outcome.kind === 'changed') settled += 1
    if (outcome.state.settled?.met) met += 1
  }
  const last = rows.at(-1)?.person_id ?? run.done_until
  const more = rows.length === context.personsPerChunk
  await tx.query(
    `update app.settlement_runs set done_until = $2, persons = persons + $3, settled = settled + $4,
            unchanged = unchanged + $5, met = met + $6, short = short + $7,
            state = case when $8 then 'running' else 'completed' end, completed_at = $9
      where run_id = $1`,
    [
      runId,
      last,
      outcomes.length,
      settled,
      outcomes.length - settled,
      met,
      outcomes.length - met,
      more,
      more ? null : context.clock.now(),
    ],
  )
  return more
}

/** Dependants owe nothing and follow their holder: without a contribution of their own there is nothing to settle. */
const concerned = (person: Member, hasState: boolean, year: number, law: Law): boolean =>
  person.affiliations.length > 0 && (hasState || isWeighed(person, year, law))

const settleCommand = (person: Member, run: RunRow): YearCommand => ({
  person,
  year: run.year,
  command: { type: 'SettleYear', commandId: `settle:${run.run_id}:${person.personId}:${run.year}` },
})
