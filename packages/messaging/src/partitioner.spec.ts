import fc from 'fast-check'
import kafkajs from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { partitionOf } from './partitioner.ts'

describe('partitioner', () => {
  it('puts every key where the default partitioner of Kafka clients puts it', () => {
    const theirs = kafkajs.Partitioners.DefaultPartitioner()
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(1, 2, 4, 8, 16), (key, width) => {
        const partitionMetadata = Array.from({ length: width }, (_, partitionId) => ({ partitionId, leader: 1 }))
        const expected = theirs({
          topic: 't',
          partitionMetadata: partitionMetadata as never,
          message: { key: Buffer.from(key), value: null },
        })
        expect(partitionOf(key, width)).toBe(expected)
      }),
    )
  })

  it('spreads person ids evenly', () => {
    const counts = Array.from({ length: 8 }, () => 0)
    for (let i = 0; i < 8_000; i++) counts[partitionOf(crypto.randomUUID(), 8)]! += 1
    expect(Math.min(...counts)).toBeGreaterThan(800)
  })
})
