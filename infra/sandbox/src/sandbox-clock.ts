import { businessDateMoved } from '@ziv/contracts'
import { createEventStore, handleCommand, newestMoment } from '@ziv/event-store'
import {
  accept,
  type Clock,
  type Decider,
  type DomainEvent,
  defineEvents,
  type IsoDate,
  movableClock,
  uuidV5,
} from '@ziv/kernel'
import { draft } from '@ziv/messaging'
import type { Database } from '@ziv/postgres'

// the private event holds what the public one tells
const clockEvents = defineEvents({ aggregate: 'clock', schemas: { BusinessDateMoved: businessDateMoved.schema } })

interface Moved extends DomainEvent {
  readonly type: 'BusinessDateMoved'
  readonly version: 1
  readonly data: { readonly businessDate: IsoDate; readonly previousDate: IsoDate }
}

/** `clock-sandbox`: the date only moves on. */
const businessDate: Decider<IsoDate | null, Moved['data'], Moved, never, undefined> = {
  initialState: () => null,
  evolve: (_state, event) => event.data.businessDate,
  decide: (data, date) =>
    date !== null && data.businessDate <= date
      ? accept()
      : accept<Moved>({ type: 'BusinessDateMoved', version: 1, data }),
}

/** The clock of a sandbox: all services ask it, and moving it is an event that outlives the process. */
export interface SandboxClock extends Clock {
  /** Moves the business date on. A date that is not later changes nothing: a repeated step is harmless. */
  moveTo(date: IsoDate): Promise<void>
}

/**
 * Reads the business date the sandbox had, or starts at the given one. Its moments go on after the newest one that the sandbox or
 * any of its services stored.
 */
export async function openSandboxClock(
  database: Database,
  services: readonly Database[],
  startAt: IsoDate,
  wallMillis: () => number = Date.now,
): Promise<SandboxClock> {
  const store = createEventStore([clockEvents])
  await database.query('insert into app.clock (business_date) values ($1) on conflict do nothing', [startAt])
  const { rows } = await database.query<{ business_date: IsoDate }>('select business_date from app.clock')
  const stored = await Promise.all([database, ...services].map(newestMoment))
  const newest = stored.reduce((last, moment) => (last === null || (moment !== null && moment > last) ? moment : last))
  const clock = movableClock(rows[0]?.business_date ?? startAt, wallMillis, newest)

  const record = async (date: IsoDate, previousDate: IsoDate): Promise<void> => {
    const correlationId = uuidV5(`clock/${date}`)
    await handleCommand(database, store, {
      ...{ decider: businessDate, streamId: 'clock-sandbox', commandId: correlationId, facts: undefined },
      command: { businessDate: date, previousDate },
      recordedAt: () => clock.now(),
      metadata: { actor: 'sandbox', correlationId },
      toOutbox: (changes) =>
        changes.map(({ events, recordedAt }) =>
          events.map(({ event, eventId }) =>
            draft(businessDateMoved, {
              ...{ key: 'clock', recordedAt, actor: 'sandbox', correlationId, source: '/clock', id: eventId },
              data: event.data,
            }),
          ),
        ),
      inTransaction: async (tx) => {
        await tx.query('update app.clock set business_date = $1', [date])
      },
    })
  }

  return {
    now: () => clock.now(),
    today: () => clock.today(),
    millisSince: (moment) => clock.millisSince(moment),
    moveTo: async (date) => {
      const previousDate = clock.today()
      if (date <= previousDate) return
      clock.moveTo(date)
      await record(date, previousDate)
    },
  }
}
