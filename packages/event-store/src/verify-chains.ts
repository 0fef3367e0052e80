import type { Queryable } from '@ziv/postgres'
import type { EventStore } from './types.ts'

/** Whether every chain of a store holds, over how many events, and the first problems in words. */
export interface ChainsProof {
  /** False for an empty store too: a proof that looked at nothing proves nothing. */
  readonly ok: boolean
  readonly examined: number
  readonly detail: string
}

const problemsTold = 5

/** Walks every chain of a store with constant memory. */
export async function verifyChains(store: EventStore, q: Queryable): Promise<ChainsProof> {
  const { rows } = await q.query<{ n: string }>('select count(*) as n from es.events')
  const examined = Number(rows[0]?.n ?? 0)
  const broken: string[] = []
  for await (const { streamId, version, problem } of store.verify(q)) {
    if (broken.length < problemsTold) broken.push(`${streamId}@${version} ${problem}`)
  }
  if (broken.length > 0) return { ok: false, examined, detail: broken.join('; ') }
  // heads without events are broken chains, so here the store is empty
  if (examined === 0) return { ok: false, examined, detail: 'no event is stored: nothing to prove' }
  return { ok: true, examined, detail: `every chain holds, ${examined} events hashed again` }
}
