import { randomUUID } from 'node:crypto'
import { eventStoreMigrations } from '@ziv/event-store'
import type { Database, Transaction } from '@ziv/postgres'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { startConsumer } from '../consumer/start-consumer.ts'
import { waitUntilIdle } from '../idle.ts'
import { consumerMigrations } from '../migrations.ts'
import { startRelay } from '../relay/relay.ts'
import type {
  ConsumerAlarm,
  ConsumerDefinition,
  MessagingDriver,
  ReceivedEvent,
  RunningConsumer,
  RunningRelay,
} from '../types.ts'
import { type CountedEvent, catalogOf, countedEvent } from './counted-event.ts'

export interface PipelineHarness {
  readonly driver: MessagingDriver
  dispose(): Promise<void>
}

export type Counted = ReceivedEvent<{ n: number; fail?: string }>

/** What the tests of the pipeline share: databases of services, relays and consumers that end with the run. */
export class PipelineWorld {
  harness!: PipelineHarness
  readonly #databases: TestDatabase[] = []
  readonly #open: { stop(): Promise<void> }[] = []

  get driver(): MessagingDriver {
    return this.harness.driver
  }

  async end(): Promise<void> {
    for (const running of this.#open.reverse()) await running.stop()
    await this.harness?.dispose()
    for (const database of this.#databases) await database.drop()
  }

  readonly serviceDatabase = async (): Promise<Database> => {
    const test = await createTestDatabase({ migrations: [eventStoreMigrations, consumerMigrations] })
    this.#databases.push(test)
    await test.database.query(
      'create table effects (n bigint generated always as identity, key text, value int, unique (key, value))',
    )
    return test.database
  }
  readonly freshEvent = async (): Promise<CountedEvent> => {
    const topic = `pipeline.${randomUUID()}`
    await this.driver.ensureTopics([{ name: topic, partitions: 4 }])
    return countedEvent(topic)
  }
  readonly note = async (tx: Transaction, events: readonly ReceivedEvent[]): Promise<void> => {
    const list = events as readonly Counted[]
    await tx.query('insert into effects (key, value) select * from unnest($1::text[], $2::int[])', [
      list.map((event) => event.key),
      list.map((event) => event.data.n),
    ])
  }
  readonly relay = async (database: Database, on: MessagingDriver = this.driver) => {
    const running = await startRelay({ service: 'spec', database, driver: on, pollIdleMs: 50, leaseMs: 1_500 })
    this.#open.push(running)
    return running
  }
  readonly consume = async (
    event: CountedEvent,
    database: Database,
    handle: ConsumerDefinition['handle'] = this.note,
    onAlarm: (alarm: ConsumerAlarm) => void = () => {},
    name = `spec.${randomUUID()}`,
  ): Promise<RunningConsumer> => {
    const definition = { name, topics: [event.topic], handle }
    const running = await startConsumer(definition, {
      service: 'spec',
      database,
      driver: this.driver,
      catalog: catalogOf(event),
      onAlarm,
    })
    this.#open.push(running)
    return running
  }
  readonly effects = async (database: Database): Promise<Record<string, number[]>> => {
    const { rows } = await database.query<{ key: string; list: number[] }>(
      'select key, array_agg(value order by n) as list from effects group by key order by key',
    )
    return Object.fromEntries(rows.map((row) => [row.key, row.list]))
  }
  readonly sendRaw = async (
    event: CountedEvent,
    key: string,
    sequence: number,
    changes: Record<string, string> = {},
    value?: string,
  ) => {
    const producer = await this.driver.producer('raw')
    const headers = {
      ce_id: randomUUID(),
      ce_type: event.type,
      ce_time: '2026-11-22T10:00:00.000Z',
      ce_actor: 'raw',
      ce_correlationid: 'raw',
      ce_epoch: '1',
      ce_sequence: String(sequence),
      ...changes,
    }
    await producer.send([{ topic: event.topic, key, headers, value: value ?? JSON.stringify({ n: sequence }) }])
    await producer.close()
  }
  readonly idle = (consumers: RunningConsumer[], relays: RunningRelay[] = []) =>
    waitUntilIdle({ relays, consumers, timeoutMs: 30_000 })
  readonly parkedOf = async (database: Database) =>
    (
      await database.query<{ key: string; sequence: string; reason: string; error: string }>(
        'select key, sequence, reason, error from es.parked order by key, sequence',
      )
    ).rows
}
