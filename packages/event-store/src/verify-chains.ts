import type { KeyRange, Queryable } from '@ziv/postgres'
import { boundsOf } from './bounds.ts'
import type { EventStore } from './types.ts'

/** What a walk over chains found: how many events it hashed again, and where chains break. */
export interface ChainsWalk {
  readonly examined: number
  readonly broken: readonly string[]
}

/** Breaks that are told of one walk: more of them say nothing new. */
const toldMax = 10

/** Walks the chains of a store, or those of a range of stream ids, with constant memory. */
export async function walkChains(store: EventStore, q: Queryable, range?: KeyRange): Promise<ChainsWalk> {
  const walked = range === undefined ? {} : { range }
  const [from, until] = boundsOf(walked)
  const { rows } = await q.query<{ n: string }>(
    'select count(*) as n from es.events where stream_id >= $1 and stream_id < $2',
    [from, until],
  )
  const broken: string[] = []
  for await (const { streamId, version, problem } of store.verify(q, walked)) {
    if (broken.length < toldMax) broken.push(`${streamId}@${version} ${problem}`)
  }
  return { examined: Number(rows[0]?.n ?? 0), broken }
}
