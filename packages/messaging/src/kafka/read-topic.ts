import { randomUUID } from 'node:crypto'
import type { Admin, Kafka } from 'kafkajs'
import type { OnBatch } from '../types.ts'
import { incoming } from './incoming.ts'

/** Partitions of a topic that hold something, each with the offset behind its last message. */
export async function endsOf(admin: Admin, topic: string): Promise<Map<number, bigint>> {
  const offsets = await admin.fetchTopicOffsets(topic)
  return new Map(
    offsets.filter(({ low, high }) => low !== high).map(({ partition, high }) => [partition, BigInt(high)]),
  )
}

/**
 * Reads a topic from its start to these ends. The client only reads as a member of a group: this one is of nobody else, commits
 * nothing, and the broker forgets it.
 */
export async function readKafkaTopic(
  kafka: Kafka,
  ends: ReadonlyMap<number, bigint>,
  from: { readonly topic: string; readonly group: string },
  onBatch: OnBatch,
): Promise<void> {
  const open = new Map(ends)
  if (open.size === 0) return
  const consumer = kafka.consumer({
    groupId: `${from.group}.${randomUUID()}`,
    allowAutoTopicCreation: false,
    maxWaitTimeInMs: 250,
    retry: { retries: 8, initialRetryTime: 100, maxRetryTime: 3_000, restartOnFailure: async () => false },
  })
  const { promise: done, resolve, reject } = Promise.withResolvers<void>()
  consumer.on('consumer.crash', ({ payload }) => reject(payload.error))
  try {
    await consumer.connect()
    await consumer.subscribe({ topics: [from.topic], fromBeginning: true })
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        const end = open.get(batch.partition)
        if (end === undefined) return
        const messages = incoming(batch).filter(({ offset }) => BigInt(offset) < end)
        try {
          if (messages.length > 0) await onBatch(messages)
        } catch (error) {
          // thrown here the client would deliver the batch again
          open.clear()
          reject(error)
          return
        }
        if (BigInt(batch.lastOffset()) + 1n >= end) open.delete(batch.partition)
        if (open.size === 0) resolve()
      },
    })
    await done
  } finally {
    await consumer.disconnect()
  }
}
