import type { JsonObject, StoredEvent, StreamAppend } from '@ziv/event-store'
import { foldEvents, type Instant, type Rejection, uuidV5 } from '@ziv/kernel'
import { metadataOf, type Origin, type ReimbursementContext } from '../context.ts'
import { patientStatus, type StatusCommand, type StatusEvent, statusStream } from '../domain/patient-status.ts'
import type { StatusPeriod } from '../domain/status-period.ts'
import { withRetry } from '../with-retry.ts'

export type StatusOutcome =
  | { readonly ok: true; readonly status: StatusPeriod; readonly recordedAt: Instant }
  | { readonly ok: false; readonly rejection: Rejection }

const toEvent = (stored: StoredEvent): StatusEvent =>
  ({ type: stored.type, version: stored.schemaVersion, data: stored.data }) as unknown as StatusEvent

/** Decides a status command on the stream of the person and keeps the table of statuses in the same transaction. */
export async function recordStatus(
  context: ReimbursementContext,
  command: StatusCommand,
  commandId: string,
  origin: Origin,
): Promise<StatusOutcome> {
  const streamId = statusStream(command.personId)
  const eventId = uuidV5(`${streamId}\n${commandId}`)
  return await withRetry(context.database, async (tx): Promise<StatusOutcome> => {
    const stream = await context.store.load(tx, streamId)
    // after reading: what is recorded next in a stream is also recorded later
    const recordedAt = context.clock.now()
    const before = foldEvents(patientStatus, stream.events.map(toEvent))
    const repeated = stream.events.some((event) => event.eventId === eventId)
    const decision = repeated ? ({ ok: true, events: [] } as const) : patientStatus.decide(command, before, undefined)
    if (!decision.ok) return { ok: false, rejection: decision.rejection }
    const after = foldEvents(patientStatus, decision.events, before)
    const status = after.find((candidate) => candidate.statusId === command.statusId)!
    const [event] = decision.events
    if (event !== undefined) {
      const append: StreamAppend = {
        streamId,
        expected: stream.head,
        events: [
          {
            eventId,
            type: event.type,
            schemaVersion: event.version,
            data: event.data as unknown as JsonObject,
          },
        ],
        recordedAt,
        metadata: metadataOf(origin, context.law),
      }
      await context.store.append(tx, append)
      await tx.query(
        event.type === 'StatusGranted'
          ? `insert into app.statuses (status_id, person_id, kind, valid_from, valid_to, recorded_at, evidence)
             values ($1, $2, $3, $4, $5, $6, $7)`
          : 'update app.statuses set valid_to = $3, recorded_at = $4 where status_id = $1 and person_id = $2',
        event.type === 'StatusGranted'
          ? [status.statusId, command.personId, status.kind, status.from, status.to, recordedAt, event.data.evidence]
          : [status.statusId, command.personId, status.to, recordedAt],
      )
    }
    return { ok: true, status, recordedAt }
  })
}
