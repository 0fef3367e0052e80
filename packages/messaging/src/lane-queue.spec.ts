import { describe, expect, it } from 'vitest'
import { LaneQueue } from './lane-queue.ts'
import type { IncomingMessage } from './types.ts'

const messages = (partition: number, count: number): IncomingMessage[] =>
  Array.from({ length: count }, (_, i) => ({
    topic: 't',
    key: 'k',
    headers: {},
    value: '',
    partition,
    offset: String(i),
  }))

describe('a lane', () => {
  it('joins what several partitions deliver at the same moment, up to its size', async () => {
    const calls: number[][] = []
    const lane = new LaneQueue(async (batch) => void calls.push(batch.map((m) => m.partition)), 5)
    await Promise.all([1, 2, 3].map((partition) => lane.push(messages(partition, 2))))
    expect(calls).toEqual([
      [1, 1, 2, 2],
      [3, 3],
    ])
  })

  it('handles one call at a time and takes what came in meanwhile', async () => {
    let open = 0
    let most = 0
    const lane = new LaneQueue(async () => {
      open += 1
      most = Math.max(most, open)
      await new Promise((done) => setImmediate(done))
      open -= 1
    }, 2)
    await Promise.all([1, 2, 3, 4].map((partition) => lane.push(messages(partition, 1))))
    expect(most).toBe(1)
  })

  it('tells everybody in a failed call and works on afterwards', async () => {
    let fail = true
    const lane = new LaneQueue(async () => {
      if (fail) throw new Error('no')
    }, 10)
    const outcomes = await Promise.allSettled([lane.push(messages(1, 1)), lane.push(messages(2, 1))])
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected'])
    fail = false
    await expect(lane.push(messages(1, 1))).resolves.toBeUndefined()
  })
})
