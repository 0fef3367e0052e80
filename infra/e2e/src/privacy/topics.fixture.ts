import { setTimeout as pause } from 'node:timers/promises'
import { INSURERS } from '@ziv/contracts'
import { uuidV7 } from '@ziv/kernel'
import { loadTopics } from '@ziv/messaging'

import type { World } from '../security-world.fixture.ts'
import type { Place } from './search.fixture.ts'

const PATIENCE_MS = 60_000

/** Every message of every topic, from the first to the last of now, with its key and headers, as any reader gets it. */
export async function messagesOf({ sandbox }: World): Promise<readonly Place[]> {
  const topics = loadTopics(INSURERS).map(({ name }) => name)
  const groupId = `privacy-proof-${uuidV7()}`
  const wanted = (await sandbox.driver.lag(groupId, topics)).reduce((sum, { end }) => sum + Number(end), 0)
  const found = new Map<string, Place>()
  const subscription = await sandbox.driver.subscribe({
    groupId,
    topics,
    onBatch: async (messages) => {
      for (const { topic, partition, offset, key, headers, value } of messages) {
        const lines = Object.entries(headers).map(([name, header]) => `${name}: ${header}`)
        found.set(`${topic}/${partition}/${offset}`, { where: topic, text: [key, ...lines, value].join('\n') })
      }
    },
  })
  const deadline = performance.now() + PATIENCE_MS
  while (found.size < wanted && performance.now() < deadline) await pause(50)
  await subscription.stop()
  if (wanted === 0 || found.size < wanted) throw new Error(`read ${found.size} of ${wanted} messages`)
  return [...found.values()]
}
