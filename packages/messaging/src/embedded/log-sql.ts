import type { Queryable } from '@ziv/postgres'
import type { GroupPlace, IncomingMessage, OutgoingMessage, PartitionLag, TopicSpec } from '../types.ts'

/** One partition as the log knows it. */
export interface LogPartition {
  readonly id: number
  readonly topic: string
  readonly partition: number
  readonly start: number
  readonly next: number
}

/** A range of one partition, `to` exclusive. */
export interface LogRange {
  readonly id: number
  readonly topic: string
  readonly partition: number
  readonly from: number
  readonly to: number
}

interface PartitionRow {
  partition_id: number
  name: string
  partition: number
  start_offset: string
  next_offset: string
}

/** Every partition with its first and next offset. */
export async function readPartitions(q: Queryable): Promise<LogPartition[]> {
  const { rows } = await q.query<PartitionRow>({
    name: 'log-partitions',
    text: `select p.partition_id, t.name, p.partition, p.start_offset, p.next_offset
           from log.partitions p join log.topics t using (topic_id) order by p.partition_id`,
  })
  return rows.map((row) => ({
    id: row.partition_id,
    topic: row.name,
    partition: row.partition,
    start: Number(row.start_offset),
    next: Number(row.next_offset),
  }))
}

/** Declares topics; an existing topic with another number of partitions is refused, because its keys would move. */
export async function createTopics(q: Queryable, specs: readonly TopicSpec[]): Promise<void> {
  const wanted = [...specs].sort((a, b) => (a.name < b.name ? -1 : 1))
  await q.query(
    `with wanted as (
       select * from unnest($1::text[], $2::int[], $3::int[]) as w(name, partitions, retention_days)
     ), made as (
       insert into log.topics (name, partitions, retention_days)
       select name, partitions, retention_days from wanted order by name
       on conflict (name) do nothing returning topic_id, partitions
     )
     insert into log.partitions (topic_id, partition)
     select topic_id, n from made cross join lateral generate_series(0, partitions - 1) as n`,
    [wanted.map((s) => s.name), wanted.map((s) => s.partitions), wanted.map((s) => s.retentionDays ?? null)],
  )
  const { rows } = await q.query<{ name: string; partitions: number }>(
    'select name, partitions from log.topics where name = any($1)',
    [wanted.map((s) => s.name)],
  )
  const existing = new Map(rows.map((row) => [row.name, row.partitions]))
  for (const spec of wanted) {
    const partitions = existing.get(spec.name)
    if (partitions !== spec.partitions) {
      throw new Error(
        `topic ${spec.name} exists with ${partitions} partitions and is declared with ${spec.partitions}: a partition count cannot change, declare a new topic`,
      )
    }
  }
}

/** Between texts that travel as one: JSON never holds it. */
const SEPARATOR = '\u001e'
const joined = (texts: readonly string[]): string | null =>
  texts.some((text) => text === '' || text.includes(SEPARATOR)) ? null : texts.join(SEPARATOR)

/** Appends in one statement and answers with the next offset of every partition it touched. */
export async function appendMessages(
  q: Queryable,
  partitionIds: readonly number[],
  messages: readonly OutgoingMessage[],
): Promise<readonly { id: number; next: number }[]> {
  const keys = messages.map((m) => m.key)
  const headers = messages.map((m) => JSON.stringify(m.headers))
  const values = messages.map((m) => m.value)
  const texts = [keys, headers, values].map(joined)
  // the driver escapes every element of an array by itself, which takes longer than storing it
  const plain = !texts.includes(null)
  const { rows } = await q.query<{ moved_partition: number; moved_next: string }>({
    name: plain ? 'log-append' : 'log-append-arrays',
    text: plain
      ? `select moved_partition, moved_next from log.append(string_to_array($1, ' ')::int[],
           string_to_array($2, e'\\x1e'), string_to_array($3, e'\\x1e'), string_to_array($4, e'\\x1e'))`
      : 'select moved_partition, moved_next from log.append($1::int[], $2::text[], $3::text[], $4::text[])',
    values: plain ? [partitionIds.join(' '), ...texts] : [partitionIds, keys, headers, values],
  })
  return rows.map((row) => ({ id: row.moved_partition, next: Number(row.moved_next) }))
}

/** Reads many ranges in one query, in order inside every partition. */
export async function fetchRanges(q: Queryable, ranges: readonly LogRange[]): Promise<IncomingMessage[]> {
  const byId = new Map(ranges.map((range) => [range.id, range]))
  const { rows } = await q.query<{ id: number; offset: string; key: string; headers: string; value: string }>({
    name: 'log-fetch',
    text: `select w.id, m."offset", m.key, m.headers, m.value
           from unnest($1::int[], $2::bigint[], $3::bigint[]) as w(id, low, high)
           cross join lateral (
             select "offset", key, headers, value from log.messages
             where partition_id = w.id and "offset" >= w.low and "offset" < w.high order by "offset"
           ) m`,
    values: [ranges.map((r) => r.id), ranges.map((r) => r.from), ranges.map((r) => r.to)],
  })
  return rows.map((row) => {
    const range = byId.get(row.id)!
    return {
      topic: range.topic,
      partition: range.partition,
      offset: row.offset,
      key: row.key,
      headers: JSON.parse(row.headers) as Record<string, string>,
      value: row.value,
    }
  })
}

/** Committed offset against the end for a group; a partition never read counts from its start. */
export async function readLag(q: Queryable, groupId: string, topics: readonly string[]): Promise<PartitionLag[]> {
  const { rows } = await q.query<{
    topic: string
    partition: number
    start: string
    committed: string
    end: string
    lag: string
  }>(
    `select t.name as topic, p.partition, p.start_offset as start, greatest(coalesce(g.committed, 0), p.start_offset) as committed,
            p.next_offset as end, p.next_offset - greatest(coalesce(g.committed, 0), p.start_offset) as lag
     from log.topics t join log.partitions p using (topic_id)
     left join log.group_partitions g on g.group_id = $1 and g.partition_id = p.partition_id
     where t.name = any($2) order by 1, 2`,
    [groupId, topics],
  )
  return rows.map((row) => ({ ...row, committed: String(row.committed), end: String(row.end), lag: Number(row.lag) }))
}

/** Sets committed offsets of a group back and answers whether it could: not while a member of the group is alive. */
export async function setBackGroup(q: Queryable, groupId: string, places: readonly GroupPlace[]): Promise<boolean> {
  const { rows } = await q.query<{ in_use: boolean }>(
    `with alive as (
       select exists (select from log.members where group_id = $1 and lease_until > clock_timestamp()) as in_use
     ), moved as (
       update log.group_partitions g set committed = least(g.committed, b."offset")
         from unnest($2::text[], $3::int[], $4::bigint[]) as b(topic, "partition", "offset")
         join log.topics t on t.name = b.topic
         join log.partitions p on p.topic_id = t.topic_id and p.partition = b."partition"
         cross join alive
        where g.group_id = $1 and g.partition_id = p.partition_id and not alive.in_use
     )
     select in_use from alive`,
    [groupId, places.map((p) => p.topic), places.map((p) => p.partition), places.map((p) => p.offset)],
  )
  return rows[0]?.in_use === false
}
