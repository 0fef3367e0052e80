import type { Queryable } from '@ziv/postgres'
import type { Plan } from './types.ts'

/**
 * Divides the keys of a query into parts of about `chunksPerPart` chunks: `sql` selects one column `key` (text), in any
 * order. One pass over the keys at the start of a phase; keys that appear later belong to the part they fall into.
 */
export async function keysOfParts(
  q: Queryable,
  sql: string,
  values: readonly unknown[],
  chunkSize: number,
  chunksPerPart = 20,
): Promise<Plan> {
  const size = chunkSize * chunksPerPart
  const place = values.length + 1
  const { rows } = await q.query<{ bounds: string[] | null; total: string }>(
    `select array_agg(key order by n) filter (where n % $${place} = 0 and n < total) as bounds, coalesce(max(total), 0) as total
     from (select key, row_number() over (order by key collate "C") as n, count(*) over () as total from (${sql}) keys) numbered`,
    [...values, size],
  )
  return { bounds: rows[0]?.bounds ?? [], total: Number(rows[0]?.total ?? 0) }
}
