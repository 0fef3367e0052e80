import { type Instant, instant, isoDate } from '@ziv/kernel'
import type { IncomingMessage, MessagingDriver, SubscribeOptions } from '@ziv/messaging'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { followClock } from './follow-clock.ts'

const moveTo = (businessDate: string, type = 'be.ziv.clock.v1.businessDates.notify.moved'): IncomingMessage => ({
  topic: 'ziv.clock.v1',
  key: 'clock',
  partition: 0,
  offset: '0',
  headers: { ce_type: type },
  value: JSON.stringify({ businessDate, previousDate: '2025-01-01' }),
})

async function following(past: readonly IncomingMessage[], newest: Instant | null = null) {
  const groups: SubscribeOptions[] = []
  let lag = past.length
  const driver = {
    subscribe: async (options: SubscribeOptions) => {
      groups.push(options)
      await options.onBatch(past)
      lag = 0
      return { stop: async () => undefined }
    },
    lag: async () => [{ topic: 'ziv.clock.v1', partition: 0, start: '0', committed: '0', end: '0', lag }],
  } as unknown as MessagingDriver
  const logger = pino({ level: 'silent' })
  const clock = await followClock({ startAt: isoDate('2025-01-01'), newest, driver, group: 'rights', logger })
  return { clock, group: groups[0]!, move: (...messages: IncomingMessage[]) => groups[0]!.onBatch(messages) }
}

test('a service that starts knows the moves of the past', async () => {
  const { clock } = await following([moveTo('2025-03-01'), moveTo('2025-06-01')])
  expect(clock.today()).toBe('2025-06-01')
})

test('a service that starts again records nothing behind what it stored', async () => {
  const { clock } = await following([moveTo('2025-03-01')], instant('2025-03-01T23:59:59.999Z'))
  expect(clock.now() > '2025-03-01T23:59:59.999Z').toBe(true)
})

test('every process reads under a group of its own, named after its service', async () => {
  const [one, other] = [await following([]), await following([])]
  expect(one.group.groupId).toMatch(/^rights\.clock\./)
  expect(one.group.groupId).not.toBe(other.group.groupId)
})

test('a move that comes twice or late does not turn the date back', async () => {
  const { clock, move } = await following([])
  await move(moveTo('2025-02-01'), moveTo('2025-01-15'), moveTo('2025-02-01'))
  expect(clock.today()).toBe('2025-02-01')
})

test('what is not a readable move changes nothing', async () => {
  const { clock, move } = await following([])
  await move(moveTo('2025-02-30'), { ...moveTo('2025-05-01'), value: 'no JSON' }, moveTo('2025-05-01', 'another'))
  expect(clock.today()).toBe('2025-01-01')
})
