import { describe, expect, it } from 'vitest'
import { cutByBytes } from './kafka-producer.ts'

const message = (value: string) => ({ topic: 't', key: 'k', headers: {}, value })

describe('cutting a send', () => {
  it('keeps the order and stays below the limit of bytes', () => {
    const messages = Array.from({ length: 10 }, (_, i) => message(String(i).padEnd(300, 'x')))
    const cuts = cutByBytes(messages, 1_000)
    expect(cuts.length).toBeGreaterThan(3)
    expect(cuts.flat()).toEqual(messages)
  })

  it('sends a message that is larger than the limit alone', () => {
    const large = message('x'.repeat(5_000))
    expect(cutByBytes([message('a'), large, message('b')], 1_000)).toEqual([[message('a')], [large], [message('b')]])
  })

  it('makes nothing of nothing', () => {
    expect(cutByBytes([])).toEqual([])
  })
})
