import { setTimeout as sleep } from 'node:timers/promises'
import type { Admin } from 'kafkajs'
import type { TopicSpec } from '../types.ts'

const dayMs = 86_400_000

type TopicAdmin = Pick<Admin, 'listTopics' | 'createTopics' | 'fetchTopicMetadata'>

/**
 * Makes the topics that are missing. Every one must have the declared width: with another, keys would move between partitions. Also
 * one that was not listed: a topic made a moment ago by another process is not listed yet, and making it again says nothing.
 */
export async function ensureKafkaTopics(
  admin: TopicAdmin,
  specs: readonly TopicSpec[],
  replicationFactor: number,
): Promise<void> {
  const existing = new Set(await admin.listTopics())
  const missing = specs.filter((spec) => !existing.has(spec.name))
  let made = true
  if (missing.length > 0) {
    made = await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map(({ name, partitions, retentionDays }) => ({
        topic: name,
        numPartitions: partitions,
        replicationFactor,
        configEntries: [
          { name: 'retention.ms', value: retentionDays === undefined ? '-1' : String(retentionDays * dayMs) },
          { name: 'cleanup.policy', value: 'delete' },
        ],
      })),
    })
  }
  // those that this call made have their width, and may not be known everywhere for a while
  const compared = made ? specs.filter((spec) => existing.has(spec.name)) : specs
  if (compared.length === 0) return
  const { topics } = await admin.fetchTopicMetadata({ topics: compared.map((spec) => spec.name) })
  for (const { name, partitions } of topics) {
    const declared = specs.find((spec) => spec.name === name)!.partitions
    if (partitions.length !== declared) {
      throw new Error(
        `topic ${name} exists with ${partitions.length} partitions and is declared with ${declared}: a partition count cannot change, declare a new topic`,
      )
    }
  }
}

/** A topic made a moment ago is not known everywhere, or has no leader yet, nor a group its coordinator: asking again is all it takes. */
const SETTLING = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_FOR_PARTITION',
  'REPLICA_NOT_AVAILABLE',
  'GROUP_LOAD_IN_PROGRESS',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR_FOR_GROUP',
])
// a broker that is making hundreds of partitions for somebody else takes seconds to know of one more
const SETTLING_TRIES = 80
const SETTLING_PAUSE_MS = 250

/** Runs it again while the broker does not know a topic or a group that is a moment old. */
export async function settled<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      const type = error instanceof Error && 'type' in error ? String(error.type) : ''
      if (!SETTLING.has(type) || attempt === SETTLING_TRIES) throw error
      await sleep(SETTLING_PAUSE_MS)
    }
  }
}
