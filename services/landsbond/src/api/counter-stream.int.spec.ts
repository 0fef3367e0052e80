import { setTimeout as sleep } from 'node:timers/promises'
import { isoDate } from '@ziv/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTopics, home306, home501 } from '../testing/events.ts'
import { type CallerName, startWorld, type World } from '../testing/world.ts'

let world: World
let address = ''
const topics = createTopics()

beforeAll(async () => {
  world = await startWorld('2024-04-02')
  address = await world.app.listen({ port: 0, host: '127.0.0.1' })
  await world.take(
    topics.opened('anna', home306, '2024-01-01'),
    topics.acquired('anna', home306, 'EMPLOYEE', '2024-01-01'),
    topics.opened('fien', home501, '2024-01-01'),
  )
})
afterAll(() => world?.close())

interface Seen {
  readonly id?: string
  readonly event: string
  readonly data: { ziekenfonds: string; membersTotal: number; claims: number; lastReturn: unknown; month: string }
}

/** Listens to the stream as a dashboard does. */
async function watch(as: CallerName, lastEventId?: string) {
  const ending = new AbortController()
  const answer = await fetch(`${address}/landsbond/v1/stream`, {
    headers: {
      authorization: `Bearer ${world.tokenOf(as)}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
    signal: ending.signal,
  })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  const seen: Seen[] = []
  const reading = (async () => {
    let text = ''
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const parts = text.split('\n\n')
      text = parts.pop()!
      for (const part of parts) {
        const fields = Object.fromEntries(part.split('\n').map((line) => line.split(/: (.*)/s, 2)))
        if (fields.event !== undefined) seen.push({ ...fields, data: JSON.parse(fields.data) } as unknown as Seen)
      }
    }
  })().catch(() => undefined)
  return {
    seen,
    /** Waits until this many events came. */
    async until(count: number) {
      for (let n = 0; n < 200 && seen.length < count; n++) await sleep(25)
      expect(seen.length).toBeGreaterThanOrEqual(count)
    },
    async stop() {
      ending.abort()
      await reading
    },
  }
}

test('a dashboard sees all its counters first and then what changes, a few times a second at most', async () => {
  const clerk = await watch('clerk306')
  const all = await watch('system')
  await clerk.until(1)
  await all.until(2)
  expect(clerk.seen).toMatchObject([
    { event: 'counters', data: { ziekenfonds: '306', membersTotal: 1, month: '2024-04' } },
  ])
  expect(all.seen.map((event) => event.data.ziekenfonds)).toEqual(['306', '501'])

  await world.take(topics.opened('gust', home501, '2024-01-01'))
  await all.until(3)
  for (let n = 0; n < 10; n++) await world.take(topics.claim('anna', home306, '2024-04-02', [[100, 0, 0]]))
  await clerk.until(2)
  await sleep(1_000)
  expect(clerk.seen.at(-1)!.data).toMatchObject({ ziekenfonds: '306', claims: 10 })
  expect(clerk.seen.length).toBeLessThanOrEqual(6)
  expect(clerk.seen.some((event) => event.data.ziekenfonds === '501')).toBe(false)
  await clerk.stop()
  await all.stop()
})

test('a dashboard that comes again gets what it missed, and nothing when it missed nothing', async () => {
  const first = await watch('system')
  await first.until(2)
  await first.stop()
  const lastId = first.seen.findLast((event) => event.id !== undefined)!.id!

  await world.take(topics.opened('hilde', home501, '2024-01-01'))
  const second = await watch('system', lastId)
  await second.until(1)
  await sleep(600)
  // another transaction of the server may be open: then a counter comes twice, with the same numbers
  const known = new Set(first.seen.map((event) => JSON.stringify(event.data)))
  const news = second.seen.map((event) => event.data).filter((data) => !known.has(JSON.stringify(data)))
  expect(news).toMatchObject([{ ziekenfonds: '501', membersTotal: 3 }])
  await second.stop()

  const third = await watch('system', second.seen.at(-1)!.id)
  await sleep(600)
  for (const event of second.seen) known.add(JSON.stringify(event.data))
  expect(third.seen.filter((event) => !known.has(JSON.stringify(event.data)))).toEqual([])
  await world.service.submitMonth('2024-03')
  const told = () => third.seen.findLast((event) => event.data.ziekenfonds === '306')
  for (let n = 0; n < 200 && told()?.data.lastReturn === undefined; n++) await sleep(25)
  expect(told()?.data.lastReturn).toMatchObject({ state: 'submitted', month: '2024-03' })
  await third.stop()
})

test('an id of another month or one we never gave brings everything again', async () => {
  for (const id of ['2024-03.1', 'nonsense', `2024-04.${'9'.repeat(18)}`]) {
    const again = await watch('clerk306', id)
    await again.until(1)
    expect(again.seen[0]!.data.ziekenfonds).toBe('306')
    await again.stop()
  }
})

test('a new business day moves the counters although nothing happens', async () => {
  await world.take(topics.closed('anna', home306, '2024-04-10'))
  const clerk = await watch('clerk306')
  await clerk.until(1)
  expect(clerk.seen[0]!.data.membersTotal).toBe(1)
  world.clock.moveTo(isoDate('2024-04-11'))
  await clerk.until(2)
  expect(clerk.seen.at(-1)!.data.membersTotal).toBe(0)
  await clerk.stop()
})
