import { uuidV7 } from '@ziv/kernel'
import type { Vault } from '@ziv/privacy'
import type { Origin } from '../year/year-context.ts'
import {
  dropStaged,
  dropUpload,
  findIntake,
  findIntakeByHash,
  intakeOf,
  openUpload,
  sweepDeadUploads,
} from './intake-store.ts'
import { finishIntake, type ProcessContext, processIntake } from './process-intake.ts'
import { type StagedFile, stageFile } from './stage-file.ts'
import type { ImportOptions, ImportResult, SlipIntake } from './types.ts'

export interface ImportContext extends ProcessContext {
  readonly vault: Vault
  readonly rowsPerChunk: number
  readonly issuesMax: number
  /** A file with more bad records than this share (percent) of its records is rejected as a whole. */
  readonly badRecordsPercentMax: number
}

const serviceOrigin = (correlationId: string): Origin => ({ actor: 'contributions', correlationId })

/**
 * First half of an import: reads the whole file into the staging table. A file that is broken as a whole is refused and
 * leaves nothing; a file that was sent before answers with its first intake; a file with too many bad records is
 * rejected. Otherwise the intake is `received` and `processIntake` does the rest.
 */
export async function receiveSlipFile(
  context: ImportContext,
  source: AsyncIterable<Uint8Array>,
  options: ImportOptions,
): Promise<ImportResult> {
  await sweepDeadUploads(context.database)
  const intakeId = uuidV7(context.clock)
  const origin = options.origin ?? serviceOrigin(intakeId)
  const receivedAt = context.clock.now()
  const { format, fileName } = options
  await openUpload(context.database, {
    intakeId,
    format,
    ...(fileName === undefined ? {} : { fileName }),
    origin,
    receivedAt,
  })
  try {
    const stageContext = { ...context, today: context.clock.today(), receivedAt: Date.parse(receivedAt) }
    const staged = await stageFile(stageContext, intakeId, source, format)
    if (staged.fatal.length > 0) {
      await dropUpload(context.database, intakeId)
      return { ok: false, issues: staged.fatal }
    }
    return await closeUpload(context, intakeId, staged)
  } catch (error) {
    await dropUpload(context.database, intakeId)
    throw error
  }
}

async function closeUpload(context: ImportContext, intakeId: string, staged: StagedFile): Promise<ImportResult> {
  const known = await findIntakeByHash(context.database, staged.hash)
  if (known !== undefined) {
    await dropUpload(context.database, intakeId)
    return { ok: true, intake: intakeOf(known), alreadyKnown: true }
  }
  const slips = staged.records - staged.withoutSlip
  const rejected = staged.refused * 100 > slips * context.badRecordsPercentMax
  const booked = await context.database.transaction(async (tx) => {
    const { rowCount } = await tx.query(
      `update app.slip_intakes set state = 'received', file_hash = $2, size_bytes = $3, records = $4, refused = $5, without_slip = $6, lease_until = null
        where intake_id = $1 and not exists (select from app.slip_intakes where file_hash = $2)`,
      [intakeId, staged.hash, staged.sizeBytes, staged.records, rejected ? slips : staged.refused, staged.withoutSlip],
    )
    if (rowCount !== 1) return false
    if (!rejected) return true
    const intake = (await findIntake(tx, intakeId))!
    const counts = { received: slips, recorded: 0, unchanged: 0, waiting: 0, refused: slips }
    await finishIntake(context, tx, intake, 'rejected', counts)
    return true
  })
  // the same file arrived twice at the same moment: the other one was faster
  if (!booked) return await closeUpload(context, intakeId, staged)
  if (rejected) await dropStaged(context.database, intakeId)
  return { ok: true, intake: intakeOf((await findIntake(context.database, intakeId))!), alreadyKnown: false }
}

/** Reads a file and records its slips; resolves when all is stored and in the outbox. For the command line and the demo. */
export async function importSlipFile(
  context: ImportContext,
  source: AsyncIterable<Uint8Array>,
  options: ImportOptions,
): Promise<ImportResult> {
  const received = await receiveSlipFile(context, source, options)
  if (!received.ok) return received
  const row = await processIntake(context, received.intake.intakeId, options.onProgress)
  return { ...received, intake: intakeOf(row) }
}

/** Takes up the intakes that an ended process left half done, oldest first. */
export async function resumeIntakes(context: ImportContext): Promise<SlipIntake[]> {
  await sweepDeadUploads(context.database)
  const { rows } = await context.database.query<{ intake_id: string }>(
    `select intake_id from app.slip_intakes where completed_at is null and state = 'received' order by arrival`,
  )
  const resumed: SlipIntake[] = []
  for (const row of rows) resumed.push(intakeOf(await processIntake(context, row.intake_id)))
  return resumed
}
