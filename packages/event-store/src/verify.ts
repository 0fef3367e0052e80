import type { Queryable } from '@ziv/postgres'
import { boundsOf } from './bounds.ts'
import { canonicalJson } from './canonical-json.ts'
import { chainHash, chainText, GENESIS_HASH } from './chain.ts'
import type { ChainFinding, ChainsWalked, EventMetadata, JsonObject } from './types.ts'

interface VerifyRow {
  stream_id: string
  version: string
  event_id: string
  type: string
  schema_version: number
  recorded_at: string
  data: JsonObject
  metadata: EventMetadata
  hash: Buffer
  head_version: string | null
  head_hash: Buffer | null
}

const PAGE_ROWS = 2000

// the head is read in the same statement as the events, so an append in between is never mistaken for a break
export const VERIFY_SQL = `select e.stream_id, e.version, e.event_id, e.type, e.schema_version, e.recorded_at, e.data, e.metadata,
    e.hash, s.version as head_version, s.head_hash
  from es.events e left join es.streams s on s.stream_id = e.stream_id
  where (e.stream_id, e.version) > ($1, $2::bigint) and e.stream_id < $3
  order by e.stream_id, e.version limit ${PAGE_ROWS}`

const EMPTY_STREAMS_SQL = `select s.stream_id, s.version from es.streams s
  where s.stream_id > $1 and s.stream_id < $2
    and not exists (select from es.events e where e.stream_id = s.stream_id)
  order by s.stream_id limit ${PAGE_ROWS}`

/**
 * Walks every chain in pages, with constant memory and no open transaction. `hashMismatch` names the first event whose
 * stored content does not give its stored hash; the walk goes on from the stored hash, so one changed byte is one finding.
 */
export async function* verify(q: Queryable, options: ChainsWalked = {}): AsyncGenerator<ChainFinding> {
  const [from, until] = boundsOf(options)
  let after: readonly [string, string] = [from, '0']
  let last: VerifyRow | undefined
  for (;;) {
    const { rows } = await q.query<VerifyRow>({ name: 'es_verify', text: VERIFY_SQL, values: [...after, until] })
    for (const row of rows) {
      const sameStream = last?.stream_id === row.stream_id
      if (last !== undefined && !sameStream) yield* checkHead(last)
      yield* checkEvent(row, sameStream ? last : undefined)
      last = row
    }
    if (rows.length < PAGE_ROWS) break
    after = [last!.stream_id, last!.version]
  }
  if (last !== undefined) yield* checkHead(last)
  yield* findEmptyStreams(q, from, until)
}

function* checkEvent(row: VerifyRow, previous: VerifyRow | undefined): Generator<ChainFinding> {
  const version = Number(row.version)
  const expected = previous === undefined ? 1 : Number(previous.version) + 1
  if (version !== expected) {
    const detail = `expected version ${expected}, found ${version}: events between them are missing`
    yield { streamId: row.stream_id, version, problem: 'versionGap', detail }
    return
  }
  const before = (previous?.hash ?? GENESIS_HASH).toString('hex')
  const event = { eventId: row.event_id, type: row.type, schemaVersion: row.schema_version }
  const text = chainText(
    row.stream_id,
    version,
    event,
    row.recorded_at,
    canonicalJson(row.data),
    canonicalJson({ ...row.metadata }),
  )
  const computed = chainHash(before, text)
  if (computed !== row.hash.toString('hex')) {
    const detail = `event ${row.event_id} gives hash ${computed}, stored is ${row.hash.toString('hex')}: its content was changed`
    yield { streamId: row.stream_id, version, problem: 'hashMismatch', detail }
  }
}

function* checkHead(last: VerifyRow): Generator<ChainFinding> {
  const version = Number(last.version)
  if (last.head_version === last.version && last.head_hash?.equals(last.hash) === true) return
  const detail =
    last.head_version === null
      ? 'the stream has events but no head'
      : `the head says version ${last.head_version}, the last event is version ${version} or has another hash`
  yield { streamId: last.stream_id, version, problem: 'headMismatch', detail }
}

async function* findEmptyStreams(q: Queryable, from: string, until: string): AsyncGenerator<ChainFinding> {
  for (let after = from; ; ) {
    const { rows } = await q.query<{ stream_id: string; version: string }>(EMPTY_STREAMS_SQL, [after, until])
    for (const { stream_id: streamId, version } of rows) {
      const detail = `the head says version ${version}, but the stream has no events`
      yield { streamId, version: Number(version), problem: 'headMismatch', detail }
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE_ROWS) return
    after = last.stream_id
  }
}
