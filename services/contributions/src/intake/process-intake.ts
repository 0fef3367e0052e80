import type { Instant, Quarter } from '@ziv/kernel'
import { streamBatches, type Transaction } from '@ziv/postgres'
import type { Logger } from 'pino'
import { publishIntakeCompleted } from '../integration/intake-messages.ts'
import { applyCommands, type CommandOutcome } from '../year/apply-commands.ts'
import { personsByIndex } from '../year/person-store.ts'
import { commandOfSlip } from '../year/slip-commands.ts'
import { putWaiting, takeMatchingGate, type WaitingSlip } from '../year/waiting-store.ts'
import { withRetry } from '../year/with-retry.ts'
import type { YearContext } from '../year/year-context.ts'
import { dropStaged, findIntake, type IntakeRow, lockIntake } from './intake-store.ts'
import type { IntakeState } from './types.ts'

export interface ProcessContext extends YearContext {
  readonly logger: Logger
  /** Persons per transaction. */
  readonly personsPerChunk: number
  readonly signal: AbortSignal
  /** For specs: called after each chunk was committed. */
  readonly afterChunk?: (done: number) => void | Promise<void>
}

interface StagedSlip {
  readonly insz_index: string
  readonly employer_number: string
  readonly quarter: Quarter
  readonly amount_cents: string
  readonly part: number
}

// several worker records of one person at one employer make one slip; the index is a stable order to go on from
const slipsSql = `select insz_index, employer_number, quarter, sum(amount_cents)::bigint as amount_cents, min(line) as part
    from app.staged_slips where intake_id = $1 and insz_index > $2
   group by insz_index, employer_number, quarter order by insz_index, employer_number, quarter`

/**
 * Second pass: posts the staged slips to their streams, about a thousand persons per transaction that also moves the
 * mark of the intake, so that a killed process goes on where it was. Resolves with the final row, or with the row as it
 * stands when the signal stopped it.
 */
export async function processIntake(
  context: ProcessContext,
  intakeId: string,
  onProgress?: (progress: { done: number; total: number }) => void,
): Promise<IntakeRow> {
  const intake = await findIntake(context.database, intakeId)
  if (intake === undefined) throw new Error(`intake ${intakeId} does not exist`)
  if (intake.completed_at !== null) {
    await dropStaged(context.database, intakeId)
    return intake
  }
  let done = intake.recorded + intake.unchanged + intake.waiting
  for await (const slips of personChunks(context, intake)) {
    if (context.signal.aborted) return (await findIntake(context.database, intakeId))!
    await withRetry(context.database, (tx) => recordChunk(context, tx, intakeId, slips))
    done += slips.length
    onProgress?.({ done, total: Math.max(done, intake.records - intake.refused) })
    await context.afterChunk?.(done)
  }
  const completed = await completeIntake(context, intakeId)
  await dropStaged(context.database, intakeId)
  return completed
}

/** Groups the staged slips by person, whole persons only, up to the size of a chunk. */
async function* personChunks(context: ProcessContext, intake: IntakeRow): AsyncGenerator<StagedSlip[]> {
  let chunk: StagedSlip[] = []
  let persons = 0
  let last = ''
  const params = [intake.intake_id, intake.done_until]
  for await (const rows of streamBatches<StagedSlip>(context.database, slipsSql, params, { batchSize: 2_000 })) {
    for (const row of rows) {
      if (row.insz_index !== last) {
        if (persons >= context.personsPerChunk) {
          yield chunk
          chunk = []
          persons = 0
        }
        last = row.insz_index
        persons += 1
      }
      chunk.push(row)
    }
  }
  if (chunk.length > 0) yield chunk
}

interface Counts {
  readonly recorded: number
  readonly unchanged: number
  readonly waiting: number
}

async function recordChunk(
  context: ProcessContext,
  tx: Transaction,
  intakeId: string,
  staged: readonly StagedSlip[],
): Promise<void> {
  const intake = await lockIntake(tx, intakeId)
  const until = staged.at(-1)!.insz_index
  if (intake === undefined || intake.done_until >= until) return
  const fileHash = intake.file_hash.toString('hex')
  const slips = staged.map(
    (row): WaitingSlip => ({
      inszIndex: row.insz_index,
      source: 'rsz',
      sender: row.employer_number,
      quarter: row.quarter,
      amountCents: Number(row.amount_cents),
      status: null,
      arrival: Number(intake.arrival),
      part: row.part,
      commandId: fileHash,
    }),
  )
  const origin = { actor: intake.actor, correlationId: intake.correlation_id, causationId: intakeId }
  const counts = await recordSlips(context, tx, slips, origin)
  await tx.query(
    `update app.slip_intakes set done_until = $2, recorded = recorded + $3, unchanged = unchanged + $4, waiting = waiting + $5
      where intake_id = $1`,
    [intakeId, until, counts.recorded, counts.unchanged, counts.waiting],
  )
}

/** Records the slips of known persons and lets the others wait; also used for slips that do not come in a file. */
export async function recordSlips(
  context: YearContext,
  tx: Transaction,
  slips: readonly WaitingSlip[],
  origin: { readonly actor: string; readonly correlationId: string; readonly causationId?: string },
): Promise<Counts & { readonly outcomes: readonly (CommandOutcome | 'waiting' | 'waitingAlready')[] }> {
  const indexes = [...new Set(slips.map((slip) => slip.inszIndex))]
  const persons = await personsByIndex(tx, indexes)
  const unknown = indexes.filter((index) => !persons.has(index))
  if (unknown.length > 0) {
    // who appeared since the first look is found by the second: after the gate nobody can appear unseen
    await takeMatchingGate(tx)
    for (const [index, person] of await personsByIndex(tx, unknown)) persons.set(index, person)
  }
  const known = slips.filter((slip) => persons.has(slip.inszIndex))
  const waiting = slips.filter((slip) => !persons.has(slip.inszIndex))
  const commands = known.map((slip) => commandOfSlip(persons.get(slip.inszIndex)!, slip))
  const outcomes = await applyCommands(context, tx, commands, origin)
  const news = await putWaiting(tx, waiting)
  const results = new Map<WaitingSlip, CommandOutcome | 'waiting' | 'waitingAlready'>()
  known.forEach((slip, index) => {
    results.set(slip, outcomes[index]!)
  })
  waiting.forEach((slip, index) => {
    results.set(slip, news[index] ? 'waiting' : 'waitingAlready')
  })
  const inOrder = slips.map((slip) => results.get(slip)!)
  const recorded = outcomes.filter((outcome) => outcome.kind === 'changed').length
  const waitingNews = news.filter(Boolean).length
  return { outcomes: inOrder, recorded, waiting: waitingNews, unchanged: slips.length - recorded - waitingNews }
}

async function completeIntake(context: ProcessContext, intakeId: string): Promise<IntakeRow> {
  await context.database.transaction(async (tx) => {
    const intake = await lockIntake(tx, intakeId)
    if (intake === undefined || intake.completed_at !== null) return
    const good = intake.recorded + intake.unchanged + intake.waiting
    const state: IntakeState = good === 0 ? 'rejected' : intake.refused > 0 ? 'partiallyAccepted' : 'accepted'
    await finishIntake(context, tx, intake, state, { ...intake, received: good + intake.refused })
  })
  return (await findIntake(context.database, intakeId))!
}

type FinalCounts = Pick<IntakeRow, 'received' | 'recorded' | 'unchanged' | 'waiting' | 'refused'>

/** Writes the end of an intake and tells the world, in one transaction. */
export async function finishIntake(
  context: YearContext,
  tx: Transaction,
  intake: IntakeRow,
  state: Exclude<IntakeState, 'received'>,
  counts: FinalCounts,
): Promise<void> {
  const completedAt: Instant = context.clock.now()
  await tx.query(
    `update app.slip_intakes set state = $2, received = $3, refused = $4, completed_at = $5, lease_until = null
      where intake_id = $1`,
    [intake.intake_id, state, counts.received, counts.refused, completedAt],
  )
  await publishIntakeCompleted(context, tx, intake, state, counts, completedAt)
}
