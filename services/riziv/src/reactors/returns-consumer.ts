import { type DataOf, returnAccepted } from '@ziv/contracts'
import type { ConsumerDefinition } from '@ziv/messaging'

/** Accepted returns are the actual expenditure of the insurers; a later acceptance for the same month replaces. */
export function returnsConsumer(insurers: readonly string[]): ConsumerDefinition {
  return {
    name: 'riziv.returns',
    topics: insurers.map((insurer) => `ziv.${insurer}.returns.v1`),
    handle: async (tx, events) => {
      for (const event of events) {
        if (event.type !== returnAccepted.type) continue
        const data = event.data as DataOf<typeof returnAccepted>
        await tx.query(
          `insert into app.accepted_returns
             (insurer, ziekenfonds, month, return_id, members, intervention_cents, accepted_on, recorded_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)
           on conflict (ziekenfonds, month) do update set return_id = excluded.return_id, members = excluded.members,
             intervention_cents = excluded.intervention_cents, accepted_on = excluded.accepted_on,
             recorded_at = excluded.recorded_at
             where (excluded.recorded_at, excluded.return_id) > (app.accepted_returns.recorded_at, app.accepted_returns.return_id)`,
          [
            data.insurer,
            data.ziekenfonds,
            data.month,
            data.returnId,
            data.figures.membersTotal,
            data.figures.interventionCents,
            data.acceptedOn,
            event.recordedAt,
          ],
        )
      }
    },
  }
}
