import type { Database } from '@ziv/postgres'
import type { OnBatch } from '../types.ts'
import { fetchRanges, type LogPartition, type LogRange, readPartitions } from './log-sql.ts'

const PAGE = 500

/** What partitions hold, in pages of as many messages: small partitions share one, a large one takes several. */
function* pagesOf(partitions: readonly LogPartition[]): Generator<readonly LogRange[]> {
  let page: LogRange[] = []
  let room = PAGE
  for (const { id, topic, partition, start, next } of partitions) {
    for (let from = start; from < next; ) {
      const to = Math.min(next, from + room)
      page.push({ id, topic, partition, from, to })
      room -= to - from
      from = to
      if (room > 0) continue
      yield page
      page = []
      room = PAGE
    }
  }
  if (page.length > 0) yield page
}

/** Reads what a topic holds at this moment, partition by partition. */
export async function readEmbeddedTopic(database: Database, name: string, onBatch: OnBatch): Promise<void> {
  const partitions = (await readPartitions(database)).filter(({ topic }) => topic === name)
  if (partitions.length === 0) throw new Error(`topic ${name} does not exist: declare it in infra/topics.yaml`)
  for (const page of pagesOf(partitions)) {
    const messages = await fetchRanges(database, page)
    if (messages.length > 0) await onBatch(messages)
  }
}
