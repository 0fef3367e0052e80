import type { Queryable } from '@ziv/postgres'

/** The last year that a renewal run decided for everybody, or null. */
export async function lastYearRenewed(q: Queryable): Promise<number | null> {
  const { rows } = await q.query<{ year: number | null }>(
    "select max((params->>'year')::int) as year from app_runs.runs where kind = 'renewal' and state = 'done'",
  )
  return rows[0]?.year ?? null
}

/** Whether a renewal is on its way that has decided a year for some and not for everybody; it says of nobody whether he is among them. */
export async function isYearHalfRenewed(q: Queryable): Promise<boolean> {
  const { rows } = await q.query<{ half: boolean | null }>(
    `select max((params->>'year')::int) > coalesce(max((params->>'year')::int) filter (where state = 'done'), 0) as half
       from app_runs.runs where kind = 'renewal'`,
  )
  return rows[0]?.half === true
}
