import { isRecordedSince } from '@ziv/event-store'
import { type IntakeFile, isStanding, type Since } from '@ziv/intake'
import type { ContributionYearEvent } from '../domain/contribution-year.events.ts'

/** Events by which a slip or an attest replaces what another said, or comes to wait. */
const sayings: readonly (ContributionYearEvent['type'] | 'WaitingSlipsMoved')[] = [
  ...([
    'SlipRecorded',
    'SlipCorrected',
    'SlipConfirmed',
    'AttestRecorded',
    'AttestConfirmed',
    'WaitingSlipsMoved',
  ] as const),
]

/**
 * Whether a file of slips or attests still stands as it was answered (`isStanding`), which a single operation or a file of another kind
 * may have changed too: none was recorded since the file ended. `stream`: the aggregate of the event that ended it.
 */
export async function stillStands(file: IntakeFile, since: Since, stream: string): Promise<boolean> {
  return isStanding(file, since) && !(await isRecordedSince(since.q, `${stream}-${file.fileId}`, sayings))
}
