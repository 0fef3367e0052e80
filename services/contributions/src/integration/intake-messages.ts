import { slipIntakeCompleted } from '@ziv/contracts'
import { recordOnce } from '@ziv/event-store'
import { answerDigest, type FileEnd, type IntakeFile } from '@ziv/intake'
import type { Instant } from '@ziv/kernel'
import { draft } from '@ziv/messaging'
import type { Transaction } from '@ziv/postgres'
import type { Context } from '../context.ts'
import type { SlipIntakeCompletedData } from '../domain/slip-intake.events.ts'
import type { SlipFileFacts } from '../intake/types.ts'
import { messageSource } from './contribution-messages.ts'

/** Closes the stream of an intake with what became of the file, and publishes the counts. No person is named. */
export async function publishIntakeCompleted(
  context: Context,
  tx: Transaction,
  file: IntakeFile<SlipFileFacts>,
  end: FileEnd,
  recordedAt: Instant,
): Promise<void> {
  const { received = 0, recorded = 0, unchanged = 0, waiting = 0, refused = 0 } = end.counts
  const counts = { received, recorded, unchanged, waiting, refused }
  const { fileId: intakeId, fileHash, actor, correlationId } = file
  const told = { format: file.format, state: end.outcome, ...counts } as Omit<
    SlipIntakeCompletedData,
    'fileHash' | 'answerDigest'
  >
  const digests = { fileHash, answerDigest: await answerDigest(tx, file.kind, intakeId) }
  const metadata = { actor, correlationId }
  await recordOnce(tx, context.store, () => recordedAt, {
    ...{ streamId: `slipIntake-${intakeId}`, metadata },
    event: { type: 'SlipIntakeCompleted', version: 1, data: { ...told, ...digests } satisfies SlipIntakeCompletedData },
    outbox: (eventId) => [
      draft(slipIntakeCompleted, {
        ...{ id: eventId, key: intakeId, recordedAt, ...metadata, causationId: eventId, source: messageSource },
        data: { intakeId, ...told },
      }),
    ],
  })
}
