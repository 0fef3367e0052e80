import { slipIntakeCompleted } from '@ziv/contracts'
import { recordOnce } from '@ziv/event-store'
import type { Instant } from '@ziv/kernel'
import { draft } from '@ziv/messaging'
import type { Transaction } from '@ziv/postgres'
import type { SlipIntakeCompletedData } from '../domain/slip-intake.events.ts'
import type { IntakeRow } from '../intake/intake-store.ts'
import type { IntakeState } from '../intake/types.ts'
import type { YearContext } from '../year/year-context.ts'
import { messageSource } from './contribution-messages.ts'

type FinalCounts = Pick<IntakeRow, 'received' | 'recorded' | 'unchanged' | 'waiting' | 'refused'>

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
  const data = { format: intake.format, fileHash: intake.file_hash.toString('hex'), state, ...counts }
  const metadata = { actor: intake.actor, correlationId: intake.correlation_id }
  await recordOnce(tx, context.store, () => recordedAt, {
    ...{ streamId: `slipIntake-${intake.intake_id}`, metadata },
    event: { type: 'SlipIntakeCompleted', version: 1, data: data satisfies SlipIntakeCompletedData },
    outbox: (eventId) => [
      draft(slipIntakeCompleted, {
        ...{ id: eventId, key: intake.intake_id, recordedAt, ...metadata, causationId: eventId, source: messageSource },
        data: { intakeId: intake.intake_id, format: intake.format, state, ...counts },
      }),
    ],
  })
}
