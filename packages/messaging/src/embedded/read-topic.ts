import type { Database } from '@ziv/postgres'
import type { OnBatch } from '../types.ts'
import { fetchRanges, readPartitions } from './log-sql.ts'

const PAGE = 500

/** Reads what a topic holds at this moment, partition by partition. */
export async function readEmbeddedTopic(database: Database, name: string, onBatch: OnBatch): Promise<void> {
  const partitions = (await readPartitions(database)).filter(({ topic }) => topic === name)
  if (partitions.length === 0) throw new Error(`topic ${name} does not exist: declare it in infra/topics.yaml`)
  for (const { id, topic, partition, start, next } of partitions) {
    for (let from = start; from < next; from += PAGE) {
      const to = Math.min(next, from + PAGE)
      const messages = await fetchRanges(database, [{ id, topic, partition, from, to }])
      if (messages.length > 0) await onBatch(messages)
    }
  }
}
