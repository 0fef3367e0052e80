import type { Queryable } from '@ziv/postgres'

/** The last year that a renewal run decided for everybody, or null. */
export async function lastYearRenewed(q: Queryable): Promise<number | null> {
  const { rows } = await q.query<{ year: number | null }>(
    "select max((params->>'year')::int) as year from app_runs.runs where kind = 'renewal' and state = 'done'",
  )
  return rows[0]?.year ?? null
}
