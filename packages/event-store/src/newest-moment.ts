import type { Instant } from '@ziv/kernel'
import type { Queryable } from '@ziv/postgres'

/**
 * Writers take their moment before their place: what was recorded last may stand this many rows before the end of the tail.
 * More than all transactions of one service together write at a time.
 */
const ROWS_LOOKED_AT = 20_000

const NEWEST_MOMENT_SQL = `select max(recorded_at) as newest from (
    select recorded_at from es.events order by epoch desc, tx desc, position desc limit ${ROWS_LOOKED_AT}
  ) as last`

/** The newest moment of recording a store knows, null when it is empty: where the clock of a restarted process goes on. */
export async function newestMoment(q: Queryable): Promise<Instant | null> {
  const { rows } = await q.query<{ newest: Instant | null }>(NEWEST_MOMENT_SQL)
  return rows[0]?.newest ?? null
}
