import { setTimeout as sleep } from 'node:timers/promises'
import type { Instant } from '@ziv/kernel'
import { Conflict, type Transaction } from '@ziv/postgres'
import type { Logger } from 'pino'
import { BulkTally } from '../bulk/types.ts'
import { publishIntakeCompleted } from '../integration/intake-messages.ts'
import { recordSlips } from '../year/record-slips.ts'
import type { WaitingSlip } from '../year/waiting-store.ts'
import type { YearContext } from '../year/year-context.ts'
import { dropStaged, findIntake, type IntakeRow, lockIntake } from './intake-store.ts'
import { type StagedSlip, stagedSlips } from './staged-pages.ts'
import type { IntakeState } from './types.ts'

export interface ProcessContext extends YearContext {
  readonly logger: Logger
  /** Persons per transaction. */
  readonly personsPerChunk: number
  readonly signal: AbortSignal
  /** For specs: called after each chunk was committed. */
  readonly afterChunk?: (done: number) => void | Promise<void>
}

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
  for (;;) {
    const intake = await findIntake(context.database, intakeId)
    if (intake === undefined) throw new Error(`intake ${intakeId} does not exist`)
    if (context.signal.aborted || intake.completed_at !== null) return intake
    try {
      await recordChunks(context, intake, onProgress)
      if (context.signal.aborted) continue
      break
    } catch (error) {
      if (!(error instanceof IntakeTaken)) throw error
      // another process is at it: look again, and go on should it have died
      await sleep(200)
    }
  }
  const completed = await completeIntake(context, intakeId)
  await dropStaged(context.database, intakeId)
  return completed
}

const chunksInFlight = 3

/**
 * Several chunks are on their way at a time: one is decided here while PostgreSQL stores the others. They are committed in
 * order, so that the mark of the intake never runs ahead of what is stored; when one fails, those behind it are undone.
 */
async function recordChunks(
  context: ProcessContext,
  intake: IntakeRow,
  onProgress?: (progress: { done: number; total: number }) => void,
): Promise<void> {
  let done = intake.recorded + intake.unchanged + intake.waiting
  let after = intake.done_until
  let last: Promise<void> = Promise.resolve()
  const flights: Promise<void>[] = []
  try {
    for await (const slips of personChunks(context, intake)) {
      if (context.signal.aborted) break
      const chunk = { slips, after, until: slips.at(-1)!.inszIndex }
      const before = last
      last = context.database
        .transaction((tx) => recordChunk(context, tx, intake, chunk, before))
        .then(async () => {
          done += slips.length
          onProgress?.({ done, total: Math.max(done, intake.records - intake.without_slip - intake.refused) })
          await context.afterChunk?.(done)
        })
      // its failure is told when it is awaited; until then it must not count as unhandled
      last.catch(() => undefined)
      flights.push(last)
      if (flights.length >= chunksInFlight) await flights.shift()
      after = chunk.until
    }
    await last
  } finally {
    await Promise.allSettled(flights)
  }
}

/** Groups the staged slips by person, whole persons only, up to the size of a chunk. */
async function* personChunks(context: ProcessContext, intake: IntakeRow): AsyncGenerator<StagedSlip[]> {
  let chunk: StagedSlip[] = []
  let persons = 0
  let last = ''
  for await (const slips of stagedSlips(context.database, intake.intake_id, intake.done_until)) {
    for (const slip of slips) {
      if (slip.inszIndex !== last) {
        if (persons >= context.personsPerChunk) {
          yield chunk
          chunk = []
          persons = 0
        }
        last = slip.inszIndex
        persons += 1
      }
      chunk.push(slip)
    }
  }
  if (chunk.length > 0) yield chunk
}

interface Chunk {
  readonly slips: readonly StagedSlip[]
  /** Mark of the intake before and after this chunk. */
  readonly after: string
  readonly until: string
}

async function recordChunk(
  context: ProcessContext,
  tx: Transaction,
  intake: IntakeRow,
  chunk: Chunk,
  before: Promise<void>,
): Promise<void> {
  const fileHash = intake.file_hash.toString('hex')
  const arrival = Number(intake.arrival)
  const slips = chunk.slips.map(
    ({ inszIndex, employerNumber, quarter, amountCents, createdAt, part }): WaitingSlip => ({
      inszIndex,
      source: 'rsz',
      sender: employerNumber,
      quarter,
      amountCents,
      status: null,
      createdAt,
      arrival,
      part,
      commandId: fileHash,
    }),
  )
  const origin = { actor: intake.actor, correlationId: intake.correlation_id, causationId: intake.intake_id }
  const turn = () => inTurn(before, intake.intake_id)
  const tally = new BulkTally()
  for (const became of await recordSlips(context, tx, slips, origin, turn)) tally.add(became)
  const { recorded, unchanged, waiting, refused } = tally.result()
  await turn()
  const { rowCount } = await tx.query(
    `update app.slip_intakes set done_until = $3, recorded = recorded + $4, unchanged = unchanged + $5, waiting = waiting + $6,
            refused = refused + $7
      where intake_id = $1 and done_until = $2 and completed_at is null`,
    [intake.intake_id, chunk.after, chunk.until, recorded, unchanged, waiting, refused],
  )
  if (rowCount !== 1) throw new IntakeTaken(intake.intake_id)
}

const turnMsMax = 5_000

/**
 * Waits until the chunk before is committed. It may itself wait for a stream that this chunk holds (one person under two
 * numbers): then this one gives way, rolls back and decides again.
 */
async function inTurn(before: Promise<void>, intakeId: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Conflict(`intake ${intakeId} waits for the chunk before`)), turnMsMax)
  })
  try {
    await Promise.race([before, tooLong])
  } finally {
    clearTimeout(timer)
  }
}

/** Another process records the same file: this one rolls back and leaves it to the other. */
class IntakeTaken extends Error {
  constructor(intakeId: string) {
    super(`intake ${intakeId} is recorded by another process`)
    this.name = 'IntakeTaken'
  }
}

async function completeIntake(context: ProcessContext, intakeId: string): Promise<IntakeRow> {
  await context.database.transaction(async (tx) => {
    const intake = await lockIntake(tx, intakeId)
    if (intake === undefined || intake.completed_at !== null) return
    const good = intake.recorded + intake.unchanged + intake.waiting
    const state: IntakeState =
      good + intake.without_slip === 0 ? 'rejected' : intake.refused > 0 ? 'partiallyAccepted' : 'accepted'
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
