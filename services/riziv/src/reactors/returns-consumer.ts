import { type DataOf, returnAccepted } from '@ziv/contracts'
import type { ConsumerDefinition } from '@ziv/messaging'

/** Accepted returns are the actual expenditure of the insurers; a later acceptance for the same month replaces. */
export function returnsConsumer(insurers: readonly string[]): ConsumerDefinition {
  return {
    name: 'riziv.returns',
    topics: insurers.map((insurer) => `ziv.${insurer}.returns.v1`),
    handle: async (tx, events) => {
      const accepted = events
        .filter((event) => event.type === returnAccepted.type)
        .map(({ data, recordedAt }) => ({ ...(data as DataOf<typeof returnAccepted>), recordedAt }))
      if (accepted.length === 0) return
      const rows = accepted.map(({ figures, ...about }) => ({ ...about, ...figures }))
      await tx.query({
        name: 'riziv_accept_returns',
        text: `insert into app.accepted_returns
             (insurer, ziekenfonds, month, return_id, members, intervention_cents, accepted_on, recorded_at)
           select distinct on (ziekenfonds, month) insurer, ziekenfonds, month, "returnId", "membersTotal",
             "interventionCents", "acceptedOn", "recordedAt"
           from jsonb_to_recordset($1) as r (insurer text, ziekenfonds text, month text, "returnId" uuid, "membersTotal" int,
             "interventionCents" bigint, "acceptedOn" date, "recordedAt" timestamptz)
           order by ziekenfonds, month, "recordedAt" desc, "returnId" desc
           on conflict (ziekenfonds, month) do update set return_id = excluded.return_id, members = excluded.members,
             intervention_cents = excluded.intervention_cents, accepted_on = excluded.accepted_on,
             recorded_at = excluded.recorded_at
             where (excluded.recorded_at, excluded.return_id) > (app.accepted_returns.recorded_at, app.accepted_returns.return_id)`,
        values: [JSON.stringify(rows)],
      })
    },
  }
}
