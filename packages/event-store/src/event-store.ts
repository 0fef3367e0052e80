import { fileURLToPath } from 'node:url'
import { append } from './append.ts'
import { appendMany } from './append-many.ts'
import { load, loadMany, tail } from './read.ts'
import type { EventStore, Upcasters } from './types.ts'
import { verify } from './verify.ts'

/** Folder of the event store's migrations: `migrate(database, { folder: eventStoreMigrations })`, before the service's own. */
export const eventStoreMigrations: string = fileURLToPath(new URL('../migrations/es', import.meta.url))

export interface EventStoreOptions {
  /** Lift old events to the newest shape on every read. */
  readonly upcasters?: Upcasters
}

/** The event store of one service. It holds no connection: every call takes the pool or the open transaction. */
export function createEventStore(options: EventStoreOptions = {}): EventStore {
  const upcasters = options.upcasters ?? {}
  return {
    append,
    appendMany,
    load: (q, streamId) => load(q, streamId, upcasters),
    loadMany: (q, streamIds) => loadMany(q, streamIds, upcasters),
    tail: (q, after, limit) => tail(q, after, limit, upcasters),
    verify,
  }
}
