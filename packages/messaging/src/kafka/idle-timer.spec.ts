import { createRequire } from 'node:module'
import { afterEach, describe, expect, it, vi } from 'vitest'

interface RequestQueue {
  push(request: object): void
  scheduleCheckPendingRequests(): void
  maybeThrottle(ms: number): void
  fulfillRequest(response: object): void
  destroy(): void
}

const require = createRequire(import.meta.url)
const Queue = require('kafkajs/src/network/requestQueue') as new (options: object) => RequestQueue

const openQueue = (): RequestQueue =>
  new Queue({
    maxInFlightRequests: 1,
    requestTimeout: 30_000,
    enforceRequestTimeout: false,
    clientId: 'spec',
    broker: 'spec',
    logger: { debug: () => {}, warn: () => {} },
  })

const request = (correlationId: number, sent: number[]) => ({
  entry: { correlationId, resolve: () => {}, reject: () => {} },
  expectResponse: true,
  sendRequest: () => sent.push(correlationId),
})

describe('the request queue of kafkajs, as we patched it', () => {
  afterEach(() => vi.useRealTimers())

  it('sets no timer while nothing waits', () => {
    vi.useFakeTimers()
    const timers = vi.spyOn(globalThis, 'setTimeout')
    const queue = openQueue()
    const sent: number[] = []
    for (let id = 1; id <= 20; id++) {
      queue.push(request(id, sent))
      queue.fulfillRequest({ correlationId: id, payload: null, size: 0 })
    }
    vi.advanceTimersByTime(2_000)
    expect(sent).toHaveLength(20)
    expect(timers).not.toHaveBeenCalled()
    queue.destroy()
  })

  it('still sends what waits behind another request or a throttle, without a negative delay', () => {
    vi.useFakeTimers()
    const delays: number[] = []
    const real = globalThis.setTimeout
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(((work: () => void, ms?: number) => {
      delays.push(ms ?? 0)
      return real(work, ms)
    }) as typeof setTimeout)
    const queue = openQueue()
    const sent: number[] = []
    queue.maybeThrottle(100)
    queue.push(request(1, sent))
    queue.push(request(2, sent))
    expect(sent).toEqual([])
    vi.advanceTimersByTime(150)
    expect(sent).toEqual([1])
    queue.fulfillRequest({ correlationId: 1, payload: null, size: 0 })
    vi.advanceTimersByTime(50)
    expect(sent).toEqual([1, 2])
    expect(delays.filter((ms) => ms <= 0)).toEqual([])
    queue.destroy()
  })
})
