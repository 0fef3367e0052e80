import type { Queryable } from '@ziv/postgres'

/** A partition by topic and number. */
export interface PartitionName {
  readonly topic: string
  readonly partition: number
}

/** Per partition the offset of the first message that is not taken in; a partition that is missing: none of it was. */
export type TakenIn = ReadonlyMap<string, bigint>

/** The name of a partition among those of a consumer. */
export const partitionName = ({ topic, partition }: PartitionName): string => `${topic}\n${partition}`

/** What the database of a consumer says it took in. */
export async function readTakenIn(q: Queryable, consumer: string): Promise<TakenIn> {
  const { rows } = await q.query<{ topic: string; partition: number; next_offset: string }>({
    name: 'taken-in-read',
    text: 'select topic, "partition", next_offset from es.taken_in where consumer = $1',
    values: [consumer],
  })
  return new Map(rows.map((row) => [partitionName(row), BigInt(row.next_offset)]))
}

/** Forgets the places of partitions: their messages are of another log than the one they were read from. */
export async function forgetTakenIn(
  q: Queryable,
  consumer: string,
  partitions: readonly PartitionName[],
): Promise<void> {
  await q.query(
    `update es.taken_in t set next_offset = 0 from unnest($2::text[], $3::int[]) as p(topic, "partition")
      where t.consumer = $1 and t.topic = p.topic and t."partition" = p."partition"`,
    [consumer, partitions.map(({ topic }) => topic), partitions.map(({ partition }) => partition)],
  )
}
