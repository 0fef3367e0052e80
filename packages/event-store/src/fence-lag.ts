import type { Queryable } from '@ziv/postgres'

/** Samples how long committed events have been waiting above the snapshot horizon: the metric `fence_lag_ms`. */
export interface FenceGauge {
  /** Milliseconds since the oldest committed event above the horizon was first seen there; 0 when there is none. */
  sample(q: Queryable): Promise<number>
}

// the oldest committed row above the horizon: one probe of the tail index
const OLDEST_ABOVE = `select tx from es.events
  where (epoch, tx) >= ((select max(epoch) from es.epochs), pg_snapshot_xmin(pg_current_snapshot()))
  order by epoch, tx, position limit 1`

/**
 * A gauge that remembers since when it sees the tail held back, whoever holds it: an open writing transaction anywhere in
 * the cluster does. Events carry business time only, so the age is measured here, from sample to sample.
 */
export function createFenceGauge(nowMs: () => number = () => performance.now()): FenceGauge {
  let waiting: { readonly tx: string; readonly sinceMs: number } | undefined
  return {
    sample: async (q) => {
      const { rows } = await q.query<{ tx: string }>({ name: 'es_fence', text: OLDEST_ABOVE })
      const tx = rows[0]?.tx
      if (tx === undefined) {
        waiting = undefined
        return 0
      }
      if (waiting?.tx !== tx) waiting = { tx, sinceMs: nowMs() }
      return Math.round(nowMs() - waiting.sinceMs)
    },
  }
}
