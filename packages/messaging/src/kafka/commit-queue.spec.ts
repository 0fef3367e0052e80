import type { OffsetsByTopicPartition } from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { CommitQueue } from './commit-queue.ts'

describe('commits of offsets', () => {
  it('of one moment go to the broker together', async () => {
    const requests: OffsetsByTopicPartition[] = []
    const queue = new CommitQueue()
    const send = async (offsets: OffsetsByTopicPartition): Promise<void> => void requests.push(offsets)
    await Promise.all([
      queue.commit({ topic: 'a', partition: 0, offset: '5' }, send),
      queue.commit({ topic: 'a', partition: 1, offset: '7' }, send),
      queue.commit({ topic: 'b', partition: 0, offset: '2' }, send),
    ])
    expect(requests).toEqual([
      {
        topics: [
          {
            topic: 'a',
            partitions: [
              { partition: 0, offset: '5' },
              { partition: 1, offset: '7' },
            ],
          },
          { topic: 'b', partitions: [{ partition: 0, offset: '2' }] },
        ],
      },
    ])
  })

  it('that fail are told to everyone who waits for them', async () => {
    const queue = new CommitQueue()
    const refuse = async (): Promise<void> => {
      throw new Error('rebalance')
    }
    await expect(queue.commit({ topic: 'a', partition: 0, offset: '1' }, refuse)).rejects.toThrow('rebalance')
    await expect(queue.commit({ topic: 'a', partition: 0, offset: '1' }, async () => {})).resolves.toBeUndefined()
  })
})
