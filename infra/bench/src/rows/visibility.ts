import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { catalog, INSURERS, slipRecorded } from '@ziv/contracts'
import { createEventStore, GENESIS_HASH } from '@ziv/event-store'
import { defineEvents, systemClock, uuidV7 } from '@ziv/kernel'
import {
  consumerMigrations,
  createEmbeddedDriver,
  createKafkaDriver,
  draft,
  loadTopics,
  type MessagingDriver,
  messagingLogMigrations,
  startConsumer,
  startRelay,
} from '@ziv/messaging'
import type { Database } from '@ziv/postgres'
import pg from 'pg'
import { pino } from 'pino'
import { percentile } from '../measure.ts'
import { brokerOf } from '../setup/kafka.ts'
import { serviceMigrations, type World } from '../setup/world.ts'
import type { Row, RowResult } from '../types.ts'

const correlationId = '0192f0c1-2d3e-7a4b-8c5d-6e7f80912a3b'

/** Appends one event with its message, as a command does. */
async function command(database: Database, personId: string): Promise<void> {
  const recordedAt = systemClock().now()
  const eventId = uuidV7()
  const member = { insurer: '300', ziekenfonds: '306' } as const
  const slip = { slipId: eventId, source: 'rsz', quarter: '2025Q3', amountCents: 900_000 } as const
  const message = draft(slipRecorded, {
    id: eventId,
    key: personId,
    ...member,
    recordedAt,
    actor: 'bench',
    correlationId,
    source: '/contributions',
    data: {
      personId,
      ...member,
      ...slip,
      assessment: {
        referenceYear: 2025,
        regime: 'wage',
        totalCents: 900_000,
        requiredCents: 800_000,
        met: true,
        shortCents: 0,
        payableUntil: '2030-12-31',
        confidence: 'verified',
      },
    },
  })
  await createEventStore([
    defineEvents({ aggregate: 'year', schemas: { SlipRecorded: { parse: (data) => data } } }),
  ]).append(database, {
    streamId: `year-${personId}`,
    expected: { version: 0, hash: GENESIS_HASH },
    events: [{ eventId, type: 'SlipRecorded', schemaVersion: 1, data: slip }],
    recordedAt,
    metadata: { actor: 'bench', correlationId },
    outbox: [message],
  })
}

/** Milliseconds from before the command until another service's transaction with its effect is committed. */
async function latencies(world: World, driver: MessagingDriver, commands: number): Promise<number[]> {
  const from = await world.database(serviceMigrations, 4)
  const to = await world.database([consumerMigrations], 4)
  const logger = pino({ level: 'silent' })
  const service = `bench-${randomUUID().slice(0, 8)}`
  const relay = await startRelay({ service, database: from.database, driver })
  const consumer = await startConsumer(
    {
      name: `${service}.facts`,
      topics: ['ziv.300.contributions.v1'],
      joinMidway: true,
      handle: async (tx, events) => {
        // told to the listener when the transaction commits, not before
        await tx.query(`select pg_notify('seen', key) from unnest($1::text[]) key`, [events.map(({ key }) => key)])
      },
    },
    { service, database: to.database, driver, logger, catalog },
  )
  const listener = new pg.Client({ connectionString: to.connectionString })
  await listener.connect()
  await listener.query('listen seen')
  const waiting = new Map<string, (at: number) => void>()
  listener.on('notification', ({ payload }) => waiting.get(payload ?? '')?.(performance.now()))
  const found: number[] = []
  const one = async (): Promise<number> => {
    const personId = randomUUID()
    const seen = new Promise<number>((done) => waiting.set(personId, done))
    const start = performance.now()
    await command(from.database, personId)
    return (await seen) - start
  }
  for (let n = 0; n < 5; n++) await one()
  // alone and apart, as a person at a counter sends them: the relay has gone to rest in between
  for (let n = 0; n < commands; n++) {
    await sleep(20 + Math.random() * 400)
    found.push(await one())
  }
  await listener.end()
  await consumer.stop()
  await relay.stop()
  await from.drop()
  await to.drop()
  return found
}

const what = 'one command appended until its effect is committed in another service'

function resultOf(row: string, budgetMs: number, found: readonly number[]): RowResult {
  const p99 = percentile(found, 0.99)
  return {
    row,
    what,
    against: 'nothing',
    unit: 'ms',
    budget: null,
    comparison: null,
    met: p99 <= budgetMs,
    notes: [`budget: p99 of ${budgetMs} ms; ${found.length} commands, one at a time with pauses of 20 to 420 ms`],
    extra: {
      p50Ms: percentile(found, 0.5),
      p99Ms: p99,
      maxMs: percentile(found, 1),
    },
  }
}

export const visibility: Row = {
  async run(world, { short }) {
    const commands = short ? 40 : 200
    const log = await world.database([messagingLogMigrations])
    const embedded = createEmbeddedDriver({ database: log.database })
    await embedded.ensureTopics(loadTopics(INSURERS))
    const results = [resultOf('visible-embedded', 100, await latencies(world, embedded, commands))]
    await embedded.close()
    await log.drop()
    const found = await brokerOf(world)
    if ('reason' in found) {
      const notes = [`not run, there is no broker: ${found.reason}`]
      const none = { what, against: 'nothing', unit: 'ms', budget: null, comparison: null, met: null, notes, extra: {} }
      return [...results, { row: 'visible-kafka', ...none }]
    }
    const kafka = createKafkaDriver({ brokers: found.broker.brokers, clientId: 'bench' })
    await kafka.ensureTopics(loadTopics(INSURERS))
    results.push(resultOf('visible-kafka', 250, await latencies(world, kafka, commands)))
    await kafka.close()
    return results
  },
}
