import { slipIntakeCompleted } from '@ziv/contracts'
import { type Instant, uuidV5 } from '@ziv/kernel'
import { draft } from '@ziv/messaging'
import type { Transaction } from '@ziv/postgres'
import type { SlipIntakeCompletedData } from '../domain/slip-intake.events.ts'
import type { IntakeRow } from '../intake/intake-store.ts'
import type { IntakeState } from '../intake/types.ts'
import type { YearContext } from '../year/year-context.ts'
import { messageSource } from './contribution-messages.ts'

type FinalCounts = Pick<IntakeRow, 'received' | 'recorded' | 'unchanged' | 'waiting' | 'refused'>

const noHash = Buffer.alloc(32)

/** Closes the stream of an intake with what became of the file, and publishes the counts. No person is named. */
export async function publishIntakeCompleted(
  context: YearContext,
  tx: Transaction,
  intake: IntakeRow,
  state: Exclude<IntakeState, 'received'>,
  final: FinalCounts,
  recordedAt: Instant,
): Promise<void> {
  const { received, recorded, unchanged, waiting, refused } = final
  const counts = { received, recorded, unchanged, waiting, refused }
  const eventId = uuidV5(`slipIntakeCompleted:${intake.intake_id}`)
  const origin = { actor: intake.actor, correlationId: intake.correlation_id }
  const data: SlipIntakeCompletedData = {
    format: intake.format,
    fileHash: intake.file_hash.toString('hex'),
    state,
    ...counts,
  }
  await context.store.append(tx, {
    streamId: `slipIntake-${intake.intake_id}`,
    expected: { version: 0, hash: noHash },
    events: [{ eventId, type: 'SlipIntakeCompleted', schemaVersion: 1, data }],
    recordedAt,
    metadata: origin,
    outbox: [
      draft(slipIntakeCompleted, {
        id: eventId,
        data: { intakeId: intake.intake_id, format: intake.format, state, ...counts },
        key: intake.intake_id,
        recordedAt,
        ...origin,
        causationId: eventId,
        source: messageSource,
      }),
    ],
  })
}
