import { createHash } from 'node:crypto'
import type { Queryable } from '@ziv/postgres'
import { GENESIS_HASH } from './chain.ts'
import { START } from './read.ts'
import type { TailPosition } from './types.ts'

/** What a log held up to a place: that place, how many events, and one hash over the hashes of all of them in their order. */
export interface LogDigest {
  readonly to: TailPosition
  readonly events: number
  /** SHA-256 in hex; each digest rests on the one before it. */
  readonly digest: string
}

/** The digest of a log without events. */
export const EMPTY_LOG: LogDigest = { to: START, events: 0, digest: GENESIS_HASH.toString('hex') }

const PAGE_ROWS = 20_000

const PAGE_SQL = `select epoch, tx, position, hash from es.events
  where (epoch, tx, position) > ($1::smallint, $2::xid8, $3::bigint)
    and (epoch, tx) < ((select max(epoch) from es.epochs), pg_snapshot_xmin(pg_current_snapshot()))
    and ($4::smallint is null or (epoch, tx, position) <= ($4::smallint, $5::xid8, $6::bigint))
  order by epoch, tx, position limit ${PAGE_ROWS}`

/**
 * Goes on from a digest, to a place or to the newest event that nothing can appear before any more. An event that is changed
 * together with its whole chain, removed, or put between others gives another digest. Memory does not grow with the log.
 */
export async function extendDigest(q: Queryable, from: LogDigest, to?: TailPosition): Promise<LogDigest> {
  const hash = createHash('sha256').update(from.digest, 'hex')
  let { to: place, events } = from
  for (;;) {
    const { rows } = await q.query<TailPosition & { hash: Buffer }>({
      name: 'es_digest',
      text: PAGE_SQL,
      values: [place.epoch, place.tx, place.position, to?.epoch ?? null, to?.tx ?? null, to?.position ?? null],
    })
    for (const row of rows) hash.update(row.hash)
    events += rows.length
    const last = rows.at(-1)
    if (last !== undefined) place = { epoch: last.epoch, tx: last.tx, position: last.position }
    if (rows.length < PAGE_ROWS) break
  }
  // nothing new: the same digest, so that a day without events needs no other
  if (events === from.events) return { ...from, to: to ?? from.to }
  return { to: to ?? place, events, digest: hash.digest('hex') }
}
