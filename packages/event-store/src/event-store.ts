import { fileURLToPath } from 'node:url'
import type { EventDefinitions } from '@ziv/kernel'
import { append } from './append.ts'
import { appendMany } from './append-many.ts'
import { find, load, loadMany, streamsOf, tail } from './read.ts'
import type { EventStore, StreamAppend } from './types.ts'
import { catalogOf } from './upcast.ts'
import { verify } from './verify.ts'

/** Folder of the event store's migrations: `migrate(database, [eventStoreMigrations])`, before the service's own. */
export const eventStoreMigrations: string = fileURLToPath(new URL('../migrations/es', import.meta.url))

/**
 * The event store of one service, for the events its aggregates declare. It holds no connection: every call takes the pool or
 * the open transaction. Reading or appending a type or a version that is not declared throws `UnknownEvent`.
 */
export function createEventStore(definitions: readonly EventDefinitions[]): EventStore {
  const catalog = catalogOf(definitions)
  const known = <T extends StreamAppend>(request: T): T => {
    for (const event of request.events) catalog.assertKnown(event)
    return request
  }
  return {
    append: async (q, request) => append(q, known(request)),
    appendMany: async (tx, requests) => {
      for (const request of requests) known(request)
      return appendMany(tx, requests)
    },
    find: (q, eventId) => find(q, eventId, catalog),
    load: (q, streamId) => load(q, streamId, catalog),
    loadMany: (q, streamIds) => loadMany(q, streamIds, catalog),
    streams: (q, aggregate, range) => streamsOf(q, aggregate, catalog, range),
    tail: (q, after, limit) => tail(q, after, limit, catalog),
    verify,
  }
}
