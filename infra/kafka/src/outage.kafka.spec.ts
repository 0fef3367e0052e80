import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { IntegrationEvent } from '@ziv/contracts'
import { eventStoreMigrations } from '@ziv/event-store'
import {
  consumerMigrations,
  createKafkaDriver,
  draft,
  type MessagingDriver,
  type ReceivedEvent,
  startConsumer,
  startRelay,
  waitUntilIdle,
} from '@ziv/messaging'
import type { Database, Transaction } from '@ziv/postgres'
import { createTestDatabase } from '@ziv/testing'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { z } from 'zod'
import { type RunningKafka, startKafka } from './start-kafka.ts'

const topic = 'outage.v1'
const event = {
  type: 'be.ziv.spec.v1.outages.notify.survived',
  topic,
  messageClass: 'notification',
  summary: 'A number',
  description: 'For this spec',
  schema: z.object({ n: z.int() }),
} satisfies IntegrationEvent
const keys = Array.from({ length: 12 }, (_, i) => `key-${i}`)

/** One number for every key, as the event store writes them to the outbox. */
async function publish(database: Database, n: number): Promise<void> {
  const rows = keys.map((key) => {
    const { eventId, type, payload, attributes } = draft(event, {
      data: { n },
      key,
      recordedAt: '2026-11-22T10:00:00.000Z',
      actor: 'spec',
      correlationId: 'spec',
      source: '/spec',
    })
    return { i: eventId, t: topic, k: key, y: type, p: payload, h: attributes }
  })
  await database.query('select es.write_outbox(es.current_epoch(), $1::json)', [JSON.stringify(rows)])
}

async function note(tx: Transaction, events: readonly ReceivedEvent[]): Promise<void> {
  const list = events as readonly ReceivedEvent<{ n: number }>[]
  await tx.query('insert into effects (key, value) select * from unnest($1::text[], $2::int[])', [
    list.map(({ key }) => key),
    list.map(({ data }) => data.n),
  ])
}

describe.skipIf(inject('zivKafkaBrokers') === null)('a broker that goes away (needs a broker)', () => {
  let folder: string
  let broker: RunningKafka
  let driver: MessagingDriver
  const stops: (() => Promise<void>)[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ziv-outage-'))
    broker = await startKafka({ dataDir: join(folder, 'broker'), heapMb: 384 })
    driver = createKafkaDriver({ brokers: broker.brokers, clientId: 'outage', sessionTimeoutMs: 6_000 })
    await driver.ensureTopics([{ name: topic, partitions: 4 }])
  })
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop()
    await driver?.close()
    await broker?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('and comes back after some seconds: nothing is lost, nothing is doubled, every key stays in order', async () => {
    const test = await createTestDatabase({ migrations: [eventStoreMigrations, consumerMigrations] })
    stops.push(() => test.drop())
    const { database } = test
    // no unique key on purpose: a double effect must show
    await database.query('create table effects (id bigint generated always as identity, key text, value int)')
    const relay = await startRelay({ service: 'outage', database, driver })
    stops.push(() => relay.stop())
    const consumer = await startConsumer(
      { name: 'outage.facts', topics: [topic], handle: note },
      { service: 'outage', database, driver, catalog: new Map<string, IntegrationEvent>([[event.type, event]]) },
    )
    stops.push(() => consumer.stop())

    let n = 0
    const publishFor = async (ms: number): Promise<void> => {
      for (const end = Date.now() + ms; Date.now() < end; await sleep(20)) {
        n += 1
        await publish(database, n)
        relay.wake()
      }
    }
    await publishFor(1_500)
    const stopped = broker.stop()
    await publishFor(8_000)
    await stopped
    expect(await relay.pending()).toBeGreaterThan(0)
    broker = await startKafka({ dataDir: join(folder, 'broker'), port: broker.port, heapMb: 384 })
    await publishFor(1_500)
    await waitUntilIdle({ relays: [relay], consumers: [consumer], timeoutMs: 60_000 })

    const { rows } = await database.query<{ key: string; list: number[] }>(
      'select key, array_agg(value order by id) as list from effects group by key',
    )
    const all = Array.from({ length: n }, (_, i) => i + 1)
    expect(Object.fromEntries(rows.map((row) => [row.key, row.list]))).toEqual(
      Object.fromEntries(keys.map((key) => [key, all])),
    )
    expect(consumer.counters()).toMatchObject({ handled: n * keys.length, parked: 0, gaps: 0 })
  })
})
