import type { Queryable } from '@ziv/postgres'

/** The oldest messages of one partition: those before the first that is still to be kept, and where the partition then starts. */
const PRUNE_PARTITION = `with oldest as (
    select "offset", appended_at from log.messages where partition_id = $1 order by "offset" limit $2
  ), edge as (
    select coalesce(min("offset") filter (where appended_at >= now() - $3 * interval '1 day'), max("offset") + 1) as first
    from oldest
  ), moved as (
    update log.partitions p set start_offset = greatest(p.start_offset, edge.first)
    from edge where p.partition_id = $1 and edge.first is not null
  ), gone as (
    delete from log.messages m using edge where m.partition_id = $1 and m."offset" < edge.first returning 1
  )
  select count(*)::int as gone from gone`

/**
 * Removes messages of the embedded log that are older than the retention of their topic, at most `rowsMax`, whether somebody read
 * them or not: as a broker does. Topics without a retention keep everything. Answers how many went.
 */
export async function pruneLog(q: Queryable, rowsMax: number): Promise<number> {
  // in the order in which producers lock partitions
  const { rows } = await q.query<{ partition_id: number; retention_days: number }>(
    `select partition_id, retention_days from log.partitions join log.topics using (topic_id)
     where retention_days is not null order by partition_id`,
  )
  let total = 0
  for (const { partition_id: id, retention_days: days } of rows) {
    if (total >= rowsMax) break
    const pruned = await q.query<{ gone: number }>(PRUNE_PARTITION, [id, rowsMax - total, days])
    total += pruned.rows[0]?.gone ?? 0
  }
  return total
}
