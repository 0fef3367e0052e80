import { type IsoDate, uuidV5 } from '@ziv/kernel'
import type { Law } from '@ziv/law'
import type { Queryable } from '@ziv/postgres'
import { placesOn } from '../domain/membership.ts'
import { daysOfMonth, returnStreamId } from '../domain/month.ts'
import type { SubmitReturn } from '../domain/return.commands.ts'
import { foldFigures } from '../projections/figures.ts'
import { capturePositions } from '../projections/positions.ts'
import { MEMBERS_CONSUMER } from '../reactors/members-consumer.ts'
import type { ReturnWork } from './handle-returns.ts'

export interface SubmissionRequest {
  readonly insurer: string
  readonly ziekenfondsen: readonly string[]
  readonly month: string
  /** Business date on which it is submitted. */
  readonly today: IsoDate
  /** The same for a repetition: the ids of the return and its event derive from it. */
  readonly commandIdOf: (ziekenfonds: string) => string
}

/** The submissions of some ziekenfondsen of one insurer, folded from the same positions, in the order asked for. */
export async function submissionsOf(
  q: Queryable,
  law: Law,
  { insurer, ziekenfondsen, month, today, commandIdOf }: SubmissionRequest,
): Promise<readonly ReturnWork[]> {
  const { positions, parked } = await capturePositions(q, MEMBERS_CONSUMER, insurer)
  const places = placesOn(law, daysOfMonth(month).last)
  const figures = await foldFigures(q, { insurer, ziekenfondsen, month, positions, places })
  const facts = { today, parked }
  return ziekenfondsen.map((ziekenfonds) => {
    const streamId = returnStreamId(ziekenfonds, month)
    const commandId = commandIdOf(ziekenfonds)
    const command: SubmitReturn = {
      kind: 'submit',
      returnId: uuidV5(`${streamId}/${commandId}`),
      insurer,
      ziekenfonds,
      month,
      figures: figures.get(ziekenfonds)!,
      positions,
      places,
    }
    return { command, streamId, commandId, facts }
  })
}
