import { handleCommand, type Origin } from '@ziv/event-store'
import type { Instant, Rejection } from '@ziv/kernel'
import type { Transaction } from '@ziv/postgres'
import type { Context } from '../context.ts'
import { patientStatus, type StatusCommand, type StatusEvent, statusStream } from '../domain/patient-status.ts'
import type { StatusPeriod } from '../domain/status-period.ts'

export type StatusOutcome =
  | { readonly ok: true; readonly status: StatusPeriod }
  | { readonly ok: false; readonly rejection: Rejection }

/** Decides a status command on the stream of the person and keeps the table of statuses in the same transaction. */
export async function recordStatus(
  { database, store, clock, law }: Context,
  command: StatusCommand,
  commandId: string,
  origin: Origin,
): Promise<StatusOutcome> {
  let recordedAt = clock.now()
  const outcome = await handleCommand(database, store, {
    decider: patientStatus,
    ...{ streamId: statusStream(command.personId), command, commandId, facts: undefined },
    metadata: { ...origin, law: law.version },
    recordedAt: () => {
      recordedAt = clock.now()
      return recordedAt
    },
    inTransaction: async (tx, [done]) => {
      if (done?.ok && !done.repeated) for (const event of done.events) await keepStatus(tx, event, recordedAt)
    },
  })
  if (!outcome.ok) return { ok: false, rejection: outcome.rejection }
  return { ok: true, status: outcome.state.find((candidate) => candidate.statusId === command.statusId)! }
}

async function keepStatus(tx: Transaction, { type, data }: StatusEvent, recordedAt: Instant): Promise<void> {
  if (type === 'StatusEnded') {
    await tx.query('update app.statuses set valid_to = $3, recorded_at = $4 where status_id = $1 and person_id = $2', [
      ...[data.statusId, data.personId, data.to, recordedAt],
    ])
    return
  }
  const { statusId, personId, kind, from, to, evidence } = data
  await tx.query(
    `insert into app.statuses (status_id, person_id, kind, valid_from, valid_to, recorded_at, evidence)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [statusId, personId, kind, from, to, recordedAt, evidence],
  )
}
