import type { Decider, DomainEvent, Instant } from '@ziv/kernel'
import type { Database, Transaction } from '@ziv/postgres'
import { canonicalJson } from './canonical-json.ts'
import { eventIdOf } from './commands.ts'
import { handleCommands } from './handle-command.ts'
import type { EventMetadata, EventStore, OutboxDraft } from './types.ts'

/** Rules of a stream that holds one event, which nothing refuses: the command is the event. */
const once: Decider<DomainEvent | null, DomainEvent, DomainEvent, never, OnlyEvent['outbox']> = {
  initialState: () => null,
  evolve: (_state, event) => event,
  decide: (command, state) => {
    if (state === null) return { ok: true, events: [command] }
    const same =
      state.type === command.type && canonicalJson(state.data as never) === canonicalJson(command.data as never)
    if (!same) throw new Error(`${command.type}: its stream holds another event already, and it holds only one`)
    return { ok: true, events: [] }
  },
}

/** The only event of a stream. */
export interface OnlyEvent {
  readonly streamId: string
  readonly event: DomainEvent
  readonly metadata: EventMetadata
  /** Public messages, by the id and the moment of the event. */
  readonly outbox?: (eventId: string, recordedAt: Instant) => readonly OutboxDraft[]
}

/**
 * Stores events that are each alone in their stream: how a file ended, what many decisions share, who was warned. The same again
 * changes nothing; another event in its place is a defect and throws.
 */
export async function recordOnce(
  db: Database | Transaction,
  store: EventStore,
  recordedAt: () => Instant,
  ...events: readonly OnlyEvent[]
): Promise<void> {
  await handleCommands<DomainEvent | null, DomainEvent, DomainEvent, never, OnlyEvent['outbox']>(
    db,
    store,
    {
      ...{ decider: once, recordedAt },
      // by what it says and not by its id: another event of this type would pass for a repetition
      eventId: ({ streamId, event }) => eventIdOf(streamId, event.type, 0),
      toOutbox: (changes) =>
        changes.map((change) =>
          change.events.flatMap(({ eventId }) => change.facts?.(eventId, change.recordedAt) ?? []),
        ),
    },
    events.map(({ streamId, event, metadata, outbox }) => {
      return { streamId, command: event, commandId: event.type, facts: outbox, metadata }
    }),
  )
}
