import type { Instant } from '@ziv/kernel'
import type { KeyRange, Queryable } from '@ziv/postgres'
import { boundsOf } from './bounds.ts'
import { GENESIS_HASH } from './chain.ts'
import type { EventMetadata, JsonObject, LoadedStream, StoredEvent, TailPosition } from './types.ts'
import type { EventCatalog } from './upcast.ts'

interface EventRow {
  epoch: number
  tx: string
  position: string
  stream_id: string
  version: string
  event_id: string
  type: string
  schema_version: number
  recorded_at: string
  data: JsonObject
  metadata: EventMetadata
  hash: Buffer
}

const COLUMNS =
  'epoch, tx, position, stream_id, version, event_id, type, schema_version, recorded_at, data, metadata, hash'

/** The place before the first event of a store. */
export const START: TailPosition = { epoch: 0, tx: '0', position: '0' }

export const LOAD_SQL = `select ${COLUMNS} from es.events where stream_id = $1 order by version`

export const LOAD_MANY_SQL = `select ${COLUMNS} from es.events where stream_id = any($1::text[]) order by stream_id, version`

export const FIND_SQL = `select ${COLUMNS} from es.events where event_id = $1`

// Below the horizon: every transaction under the oldest one still open has ended, so nothing can appear behind us.
// One row comparison for both bounds, so that the index answers it alone; the whole triple, or events are lost.
export const TAIL_SQL = `select ${COLUMNS} from es.events
  where (epoch, tx, position) > ($1::smallint, $2::xid8, $3::bigint)
    and (epoch, tx) < ((select max(epoch) from es.epochs), pg_snapshot_xmin(pg_current_snapshot()))
  order by epoch, tx, position limit $4`

function toStoredEvent(row: EventRow): StoredEvent {
  return {
    epoch: row.epoch,
    tx: row.tx,
    position: row.position,
    streamId: row.stream_id,
    version: Number(row.version),
    eventId: row.event_id,
    type: row.type,
    schemaVersion: row.schema_version,
    recordedAt: row.recorded_at as Instant,
    data: row.data,
    metadata: row.metadata,
    hash: row.hash,
  }
}

function loaded(streamId: string, rows: readonly EventRow[], { newest }: EventCatalog): LoadedStream {
  const last = rows.at(-1)
  const head =
    last === undefined ? { version: 0, hash: GENESIS_HASH } : { version: Number(last.version), hash: last.hash }
  return { streamId, head, events: rows.map((row) => newest(toStoredEvent(row))) }
}

export async function load(q: Queryable, streamId: string, catalog: EventCatalog): Promise<LoadedStream> {
  const { rows } = await q.query<EventRow>({ name: 'es_load', text: LOAD_SQL, values: [streamId] })
  return loaded(streamId, rows, catalog)
}

export async function find(q: Queryable, eventId: string, catalog: EventCatalog): Promise<StoredEvent | null> {
  const { rows } = await q.query<EventRow>({ name: 'es_find', text: FIND_SQL, values: [eventId] })
  return rows[0] === undefined ? null : catalog.newest(toStoredEvent(rows[0]))
}

export async function loadMany(
  q: Queryable,
  streamIds: readonly string[],
  catalog: EventCatalog,
): Promise<ReadonlyMap<string, LoadedStream>> {
  const rowsOf = new Map<string, EventRow[]>(streamIds.map((streamId) => [streamId, []]))
  if (rowsOf.size > 0) {
    const { rows } = await q.query<EventRow>({
      name: 'es_load_many',
      text: LOAD_MANY_SQL,
      values: [[...rowsOf.keys()]],
    })
    for (const row of rows) rowsOf.get(row.stream_id)?.push(row)
  }
  return new Map(Array.from(rowsOf, ([streamId, rows]) => [streamId, loaded(streamId, rows, catalog)]))
}

export async function tail(
  q: Queryable,
  after: TailPosition | null,
  limit: number,
  catalog: EventCatalog,
): Promise<readonly StoredEvent[]> {
  const { epoch, tx, position } = after ?? START
  const { rows } = await q.query<EventRow>({ name: 'es_tail', text: TAIL_SQL, values: [epoch, tx, position, limit] })
  return rows.map((row) => catalog.newest(toStoredEvent(row)))
}

const WALK_SQL = `select ${COLUMNS} from es.events
  where (stream_id, version) > ($1, $2::bigint) and stream_id < $3 order by stream_id, version limit $4`

const WALK_ROWS = 2000

/** Every stream of an aggregate in the order of its ids, a page of events at a time: memory does not grow with the log. */
export async function* streamsOf(
  q: Queryable,
  aggregate: string,
  catalog: EventCatalog,
  range?: KeyRange,
): AsyncGenerator<LoadedStream> {
  const [from, until] = boundsOf({ category: aggregate, ...(range === undefined ? {} : { range }) })
  let after: readonly [string, string] = [from, '0']
  let open: EventRow[] = []
  for (;;) {
    const values = [...after, until, WALK_ROWS]
    const { rows } = await q.query<EventRow>({ name: 'es_walk', text: WALK_SQL, values })
    for (const row of rows) {
      if (open[0] !== undefined && open[0].stream_id !== row.stream_id) {
        yield loaded(open[0].stream_id, open, catalog)
        open = []
      }
      open.push(row)
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < WALK_ROWS) break
    after = [last.stream_id, last.version]
  }
  if (open[0] !== undefined) yield loaded(open[0].stream_id, open, catalog)
}
