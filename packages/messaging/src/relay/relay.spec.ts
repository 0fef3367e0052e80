import { describe, expect, it } from 'vitest'
import { chance } from '../simulation/chance.ts'
import { MemoryLog, MemoryOutbox } from '../simulation/memory-world.ts'
import type { MessageProducer } from '../types.ts'
import { type Relayed, relayOnce } from './relay.ts'

const filled = (rows: number): MemoryOutbox => {
  const outbox = new MemoryOutbox()
  for (let n = 0; n < rows; n++) outbox.write('t', `key-${n % 3}`, 'type', String(n))
  return outbox
}

describe('reading ahead', () => {
  it('sends every row once and in order when batches are full', async () => {
    const outbox = filled(25)
    const source = outbox.source()
    const log = new MemoryLog(1, chance(1))
    let step: Relayed = { lease: (await source.acquire())!, sent: -1 }
    while (step.sent !== 0) step = await relayOnce(source, log.producer(false), step.lease, 5, step.ahead)
    expect(log.partitions[0]!.map((message) => Number(message.value))).toEqual(Array.from({ length: 25 }, (_, n) => n))
    expect(await source.pending()).toBe(0)
  })

  it('hands nothing on after a send that failed, and sends that batch again', async () => {
    const outbox = filled(10)
    const source = outbox.source()
    const lease = (await source.acquire())!
    const broken: MessageProducer = {
      send: () => Promise.reject(new Error('the broker went away')),
      close: async () => {},
    }
    await expect(relayOnce(source, broken, lease, 5)).rejects.toThrow('went away')
    const log = new MemoryLog(1, chance(1))
    expect(await relayOnce(source, log.producer(false), lease, 5)).toMatchObject({ sent: 5 })
    expect(log.partitions[0]!.map((message) => message.value)).toEqual(['0', '1', '2', '3', '4'])
  })
})
