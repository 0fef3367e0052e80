import type { EventStore } from '@ziv/event-store'
import { dateOf, yearOf } from '@ziv/kernel'
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
  const found = new Map<string, Map<string, number>>(personIds.map((id) => [id, new Map()]))
  for (const { personId, year, stream } of await streamsOf(q, store, personIds)) {
    const events = opened(stream).events as unknown as readonly EntitlementEvent[]
    for (const id of events.reduce(entitlement.evolve, entitlement.initialState()).standing)
      found.get(personId)?.set(id, year)
  }
  return found
}

/**
 * The last year decided of persons by the log; nobody without a decision is in it. A dependant follows the days of a holder into years
 * to come, which are not decided by that: no year counts that had not begun when its decision was recorded.
 */
export async function lastYearInLog(
  q: Queryable,
  store: EventStore,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>()
  for (const { personId, year, stream } of await streamsOf(q, store, personIds)) {
    for (const { recordedAt } of stream.events) {
      const decided = Math.min(year, yearOf(dateOf(recordedAt)))
      found.set(personId, Math.max(decided, found.get(personId) ?? 0))
    }
  }
  return found
}

/** The streams of the decisions of persons, each with its person and its year. */
async function streamsOf(q: Queryable, store: EventStore, personIds: readonly string[]) {
  if (personIds.length === 0) return []
  const { rows } = await q.query<{ person_id: string; stream_id: string }>(
    `select id as person_id, s.stream_id from unnest($1::uuid[]) id join es.streams s
       on s.stream_id > 'entitlement-' || id || '-' and s.stream_id < 'entitlement-' || id || '.'`,
    [personIds],
  )
  const streams = await store.loadMany(
    q,
    rows.map((row) => row.stream_id),
  )
  return rows.flatMap(({ person_id: personId, stream_id: streamId }) => {
    const stream = streams.get(streamId)
    return stream === undefined ? [] : [{ personId, year: Number(streamId.slice(-4)), stream }]
  })
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
