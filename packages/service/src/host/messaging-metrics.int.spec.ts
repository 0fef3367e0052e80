import { businessDateMoved, catalog } from '@ziv/contracts'
import { createEventStore, eventStoreMigrations } from '@ziv/event-store'
import { buildServer } from '@ziv/http'
import { defineEvents, instant } from '@ziv/kernel'
import {
  consumerMigrations,
  createEmbeddedDriver,
  draft,
  type MessagingDriver,
  messagingLogMigrations,
  type RunningConsumer,
  type RunningRelay,
  startConsumer,
  startRelay,
  waitUntilIdle,
} from '@ziv/messaging'
import type { Database } from '@ziv/postgres'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { meterMessaging } from '../index.ts'
import { auth } from '../sample-module.fixture.ts'
import { messagesStandStill } from '../standstill.ts'

const logger = pino({ level: 'silent' })
const service = 'spec'
const topic = businessDateMoved.topic
const recordedAt = instant('2026-06-30T10:00:00.000Z')
let test: TestDatabase
let database: Database
let driver: MessagingDriver
let relay: RunningRelay
let consumer: RunningConsumer
let app: FastifyInstance

beforeAll(async () => {
  test = await createTestDatabase({ migrations: [eventStoreMigrations, consumerMigrations, messagingLogMigrations] })
  database = test.database
  driver = createEmbeddedDriver({ database })
  await driver.ensureTopics([{ name: topic, partitions: 1 }])
  relay = await startRelay({ service, database, driver })
  const definition = {
    ...{ name: 'spec.clock', topics: [topic] },
    handle: async (_tx: unknown, events: readonly { key: string }[]) => {
      if (events.some(({ key }) => key === 'broken')) throw new Error('this one cannot be handled')
    },
  }
  consumer = await startConsumer(definition, { service, database, driver, logger, catalog })
  app = await buildServer({ logger, auth, environment: 'sandbox', eventLoopDelayMaxMs: 0 })
})
afterAll(async () => {
  await app.close()
  await consumer.stop()
  await relay.stop()
  await driver.close()
  await test.drop()
})

const publish = (key: string): Promise<unknown> =>
  database.transaction(async (tx) => {
    const store = createEventStore([
      defineEvents({ aggregate: 'clock', schemas: { BusinessDateMoved: { parse: (data) => data } } }),
    ])
    const { head } = await store.load(tx, `clock-${key}`)
    const data = { businessDate: '2026-07-01', previousDate: '2026-06-30' }
    const about = { key, recordedAt, actor: 'spec', correlationId: 'spec', source: '/clock', data }
    return store.append(tx, {
      ...{ streamId: `clock-${key}`, expected: head, recordedAt },
      events: [{ eventId: crypto.randomUUID(), type: 'BusinessDateMoved', schemaVersion: 1, data }],
      metadata: { actor: 'spec', correlationId: 'spec' },
      outbox: [draft(businessDateMoved, about)],
    })
  })

const page = async (): Promise<string> => (await app.inject({ url: '/metrics' })).payload
const sampleOf = (text: string, series: string): number =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length + 1) ?? Number.NaN,
  )

it('tells how far relay and consumers are, what is parked and what is held back', async () => {
  meterMessaging(app.metrics, [{ name: service, database, relay, consumers: [consumer] }], logger)
  for (const key of ['a', 'b', 'broken']) await publish(key)
  await waitUntilIdle({ relays: [relay], consumers: [consumer] })
  const quiet = await page()
  expect(sampleOf(quiet, 'ziv_relay_pending_rows{service="spec"}')).toBe(0)
  expect(sampleOf(quiet, 'ziv_relay_lag_seconds{service="spec"}')).toBe(0)
  expect(sampleOf(quiet, 'ziv_outbox_bytes{service="spec"}')).toBeGreaterThan(8_192)
  expect(sampleOf(quiet, 'ziv_outbox_rows{service="spec"}')).toBeGreaterThanOrEqual(0)
  expect(sampleOf(quiet, `ziv_consumer_lag_messages{service="spec",consumer="spec.clock",topic="${topic}"}`)).toBe(0)
  expect(sampleOf(quiet, 'ziv_consumer_messages{service="spec",consumer="spec.clock",outcome="handled"}')).toBe(2)
  expect(sampleOf(quiet, 'ziv_consumer_messages{service="spec",consumer="spec.clock",outcome="parked"}')).toBe(1)
  expect(sampleOf(quiet, 'ziv_parked_keys{service="spec",consumer="spec.clock"}')).toBe(1)
  expect(sampleOf(quiet, 'ziv_fence_lag_seconds{service="spec"}')).toBe(0)
})

it('shows what waits: for the relay, for a consumer, and behind an open transaction', async () => {
  await consumer.stop()
  await publish('c')
  await waitUntilIdle({ relays: [relay], consumers: [] })
  await database.transaction(async (open) => {
    await open.query('select pg_current_xact_id()')
    await publish('d')
    await page()
    const held = await page()
    expect(sampleOf(held, 'ziv_relay_pending_rows{service="spec"}')).toBe(1)
    expect(sampleOf(held, 'ziv_relay_lag_seconds{service="spec"}')).toBeGreaterThan(0)
    expect(sampleOf(held, 'ziv_fence_lag_seconds{service="spec"}')).toBeGreaterThan(0)
    expect(sampleOf(held, `ziv_consumer_lag_messages{service="spec",consumer="spec.clock",topic="${topic}"}`)).toBe(1)
  })
})

it('answers with the rest when one source is away', async () => {
  const server = await buildServer({ logger, auth, environment: 'sandbox', eventLoopDelayMaxMs: 0 })
  const away = { ...consumer, name: 'away', lag: () => Promise.reject(new Error('the broker is away')) }
  meterMessaging(server.metrics, [{ name: service, database, relay, consumers: [away] }], logger)
  const { statusCode, payload } = await server.inject({ url: '/metrics' })
  await server.close()
  expect(statusCode).toBe(200)
  expect(sampleOf(payload, 'ziv_parked_keys{service="spec",consumer="away"}')).toBe(0)
  expect(payload).not.toContain('ziv_consumer_lag_messages{')
})

it('health says DEGRADED while a message is parked, or while a foreign transaction holds back what is stored', async () => {
  expect(await messagesStandStill(database)).toBe(true)
  await database.query('delete from es.parked')
  expect(await messagesStandStill(database)).toBe(false)
  await database.transaction(async (open) => {
    await open.query('select pg_current_xact_id()')
    await publish('e')
    await expect.poll(() => messagesStandStill(database), { timeout: 8_000, interval: 100 }).toBe(true)
  })
  await expect.poll(() => messagesStandStill(database), { timeout: 8_000, interval: 100 }).toBe(false)
})
