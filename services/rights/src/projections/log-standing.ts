import type { EventStore } from '@ziv/event-store'
import type { Queryable } from '@ziv/postgres'
import type { RightDecision } from '../domain/decision.ts'
import type { EntitlementEvent } from '../domain/entitlement.events.ts'
import { entitlement } from '../domain/entitlement.ts'
import { opened } from '../reactors/entitlements.ts'
import { findDecision } from './decisions.ts'

/**
 * The decisions that stand by the log, id -> year, of persons: what was told to everybody, whatever the read models say. It reads
 * every stream of the persons, so only what distrusts the read models asks it.
 */
export async function standingInLog(
  q: Queryable,
  store: EventStore,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const { rows } = await q.query<{ person_id: string; stream_id: string }>(
    `select id as person_id, s.stream_id from unnest($1::uuid[]) id join es.streams s
       on s.stream_id > 'entitlement-' || id || '-' and s.stream_id < 'entitlement-' || id || '.'`,
    [personIds],
  )
  const streams = await store.loadMany(
    q,
    rows.map((row) => row.stream_id),
  )
  const found = new Map<string, Map<string, number>>(personIds.map((id) => [id, new Map()]))
  for (const { person_id: personId, stream_id: streamId } of rows) {
    const stream = streams.get(streamId)
    const events = stream === undefined ? [] : (opened(stream).events as unknown as readonly EntitlementEvent[])
    const year = Number(streamId.slice(-4))
    for (const id of events.reduce(entitlement.evolve, entitlement.initialState()).standing)
      found.get(personId)?.set(id, year)
  }
  return found
}

/** Decisions by their ids, as they were taken. */
export async function decisionsTaken(
  q: Queryable,
  store: EventStore,
  ids: Iterable<string>,
): Promise<readonly RightDecision[]> {
  const found: RightDecision[] = []
  for (const id of ids) {
    const stored = await findDecision(q, store, id)
    if (stored === null) throw new Error(`decision ${id} stands in its stream, and no event holds it`)
    found.push(stored.decision)
  }
  return found
}
