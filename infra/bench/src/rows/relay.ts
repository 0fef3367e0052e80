import { INSURERS } from '@ziv/contracts'
import { createEventStore, eventStoreMigrations, GENESIS_HASH, type OutboxDraft } from '@ziv/event-store'
import { chunksOf, defineEvents, instant, uuidV5 } from '@ziv/kernel'
import {
  createEmbeddedDriver,
  createKafkaDriver,
  loadTopics,
  type MessagingDriver,
  messagingLogMigrations,
  partitionOf,
} from '@ziv/messaging'
import type { Database } from '@ziv/postgres'
import kafkajs from 'kafkajs'
import { interleave, rateOf } from '../measure.ts'
import { brokerOf } from '../setup/kafka.ts'
import { relayAll } from '../setup/relaying.ts'
import type { World } from '../setup/world.ts'
import type { Row, RowResult, Size } from '../types.ts'

const batch = 1_000
const budget = 0.7
const recordedAt = instant('2026-01-15T10:00:00.000Z')
const correlationId = '0192f0c1-2d3e-7a4b-8c5d-6e7f80912a3b'

/** A slip as the contributions service publishes it: about 500 bytes with a dozen headers. */
function draftOf(number: number): OutboxDraft {
  const key = uuidV5(`bench/relay/${number % 5_000}`)
  const insurer = INSURERS[number % INSURERS.length]!
  return {
    eventId: uuidV5(`bench/relay/event/${number}`),
    topic: `ziv.${insurer}.contributions.v1`,
    key,
    type: 'be.ziv.contributions.v1.slips.notify.recorded',
    payload: {
      personId: key,
      insurer,
      ziekenfonds: '306',
      slipId: uuidV5(`bench/relay/slip/${number}`),
      source: 'rsz',
      employerNumber: '123456749',
      quarter: '2025Q3',
      amountCents: 900_000 + number,
      assessment: {
        referenceYear: 2025,
        regime: 'wage',
        totalCents: 2_700_000,
        requiredCents: 800_000,
        met: true,
        shortCents: 0,
        payableUntil: '2030-12-31',
        confidence: 'verified',
      },
    },
    attributes: {
      source: '/contributions',
      service: 'contributions',
      subject: key,
      time: recordedAt,
      actor: 'rsz',
      correlationid: correlationId,
      causationid: uuidV5(`bench/relay/event/${number}`),
      insurer,
      ziekenfonds: '306',
    },
  }
}

async function fillOutbox(database: Database, messages: number): Promise<void> {
  const store = createEventStore([defineEvents({ aggregate: 'relay', schemas: { Sent: { parse: (data) => data } } })])
  for (let at = 0; at < messages; at += batch) {
    const drafts = Array.from({ length: batch }, (_, index) => draftOf(at + index))
    const appends = [...Map.groupBy(drafts, ({ key }) => key)].map(([key, outbox], index) => ({
      streamId: `relay-${at}-${key}`,
      expected: { version: 0, hash: GENESIS_HASH },
      events: [{ eventId: uuidV5(`bench/relay/stored/${at + index}`), type: 'Sent', schemaVersion: 1, data: {} }],
      recordedAt,
      metadata: { actor: 'bench', correlationId },
      outbox,
    }))
    await database.transaction((tx) => store.appendMany(tx, appends))
  }
  await database.query('vacuum analyze')
}

/** The same messages as the relay sends, made before the clock starts. */
function headersOf(draft: OutboxDraft): Record<string, string> {
  const own = Object.entries(draft.attributes).map(([name, value]) => [`ce_${name}`, value])
  return {
    'content-type': 'application/json',
    ...Object.fromEntries(own),
    ce_specversion: '1.0',
    ce_id: draft.eventId,
    ce_type: draft.type,
    ce_epoch: '1',
    ce_sequence: '1',
  }
}

const draftsOf = (messages: number): OutboxDraft[] => Array.from({ length: messages }, (_, number) => draftOf(number))

/** The client itself, with batches of a thousand prepared messages: same acknowledgement, same partitions. */
async function plainKafka(brokers: readonly string[], messages: number) {
  const widths = new Map(loadTopics(INSURERS).map(({ name, partitions }) => [name, partitions]))
  const prepared: {
    topic: string
    messages: { key: string; value: string; headers: Record<string, string>; partition: number }[]
  }[][] = []
  for await (const drafts of chunksOf(draftsOf(messages), batch)) {
    const topics = Map.groupBy(drafts, ({ topic }) => topic)
    prepared.push(
      [...topics].map(([topic, list]) => ({
        topic,
        messages: list.map((draft) => ({
          key: draft.key,
          value: JSON.stringify(draft.payload),
          headers: headersOf(draft),
          partition: partitionOf(draft.key, widths.get(topic)!),
        })),
      })),
    )
  }
  const kafka = new kafkajs.Kafka({
    clientId: 'bench-plain',
    brokers: [...brokers],
    logLevel: kafkajs.logLevel.NOTHING,
  })
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false })
  await producer.connect()
  return {
    send: async () => {
      for (const topicMessages of prepared) await producer.sendBatch({ acks: -1, topicMessages })
    },
    close: () => producer.disconnect(),
  }
}

async function plainEmbedded(driver: MessagingDriver, messages: number) {
  const prepared = draftsOf(messages).map((draft) => ({
    topic: draft.topic,
    key: draft.key,
    headers: headersOf(draft),
    value: JSON.stringify(draft.payload),
  }))
  const producer = await driver.producer('bench-plain')
  return {
    send: async () => {
      for await (const messagesOfBatch of chunksOf(prepared, batch)) await producer.send(messagesOfBatch)
    },
    close: () => producer.close(),
  }
}

const what = 'outbox relayed, from the first row to the checkpoint on the last'

async function onKafka(world: World, outbox: Database, messages: number, { rounds }: Size): Promise<RowResult> {
  const against = 'the same client sending prepared batches of 1,000'
  const found = await brokerOf(world)
  if ('reason' in found) {
    const notes = [`not run, there is no broker: ${found.reason}`]
    return {
      row: 'relay-kafka',
      what,
      against,
      unit: 'messages/s',
      budget,
      comparison: null,
      met: null,
      notes,
      extra: {},
    }
  }
  const { brokers, kind } = found.broker
  const driver = createKafkaDriver({ brokers, clientId: 'bench' })
  await driver.ensureTopics(loadTopics(INSURERS))
  const plain = await plainKafka(brokers, messages)
  const comparison = await interleave(
    rounds,
    () => rateOf(async () => relayAll(outbox, driver).then(() => messages)),
    () => rateOf(async () => plain.send().then(() => messages)),
  )
  await plain.close()
  await driver.close()
  const notes = [
    `${messages} messages over seven insurers' topics; broker: ${kind}; acks of all, idempotent, one in flight`,
  ]
  const met = comparison.ratio.median >= budget
  return { row: 'relay-kafka', what, against, unit: 'messages/s', budget, comparison, met, notes, extra: {} }
}

async function onEmbedded(world: World, outbox: Database, messages: number, { rounds }: Size): Promise<RowResult> {
  const log = await world.database([messagingLogMigrations])
  const driver = createEmbeddedDriver({ database: log.database })
  await driver.ensureTopics(loadTopics(INSURERS))
  const plain = await plainEmbedded(driver, messages)
  const comparison = await interleave(
    rounds,
    () => rateOf(async () => relayAll(outbox, driver).then(() => messages)),
    () => rateOf(async () => plain.send().then(() => messages)),
  )
  await plain.close()
  await driver.close()
  await log.drop()
  const against = 'the embedded log taking prepared batches of 1,000'
  const notes = [`${messages} messages; log and outbox on the same PostgreSQL; no budget of its own`]
  return {
    row: 'relay-embedded',
    what,
    against,
    unit: 'messages/s',
    budget: null,
    comparison,
    met: null,
    notes,
    extra: {},
  }
}

export const relay: Row = {
  async run(world, size) {
    const messages = size.short ? 20_000 : 100_000
    const own = await world.database([eventStoreMigrations])
    await fillOutbox(own.database, messages)
    const kafka = await onKafka(world, own.database, messages, size)
    const embedded = await onEmbedded(world, own.database, size.short ? messages / 2 : messages, size)
    await own.drop()
    return [kafka, embedded]
  },
}
