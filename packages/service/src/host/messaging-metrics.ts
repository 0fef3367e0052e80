import { createFenceGauge } from '@ziv/event-store'
import { type PartitionLag, type RunningConsumer, type RunningRelay, relayProcessor } from '@ziv/messaging'
import type { Database } from '@ziv/postgres'
import type { Logger } from 'pino'
import { Gauge, type Registry } from 'prom-client'
import { OLDEST_PENDING } from '../standstill.ts'

/** One service with what carries its events out and in. */
export interface MeteredService {
  readonly name: string
  readonly database: Database
  readonly relay: Pick<RunningRelay, 'pending'>
  readonly consumers: readonly Pick<RunningConsumer, 'name' | 'lag' | 'counters'>[]
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

interface Measure {
  readonly name: string
  readonly help: string
  readonly labels: readonly string[]
  readonly read: (service: MeteredService) => Promise<readonly Sample[]>
}

/** A broker or database that is away must not hold up the rest of the page. */
const PATIENCE_MS = 2_000

/**
 * Puts the state of outbox, relay and consumers on `/metrics`, read when somebody asks. What cannot be read in two seconds is left
 * out of the answer, and logged: a missing series is an alarm too.
 */
export function meterMessaging(registry: Registry, services: readonly MeteredService[], logger: Logger): void {
  for (const { name, help, labels, read } of [...outgoing(), ...incoming]) {
    const gauge = new Gauge({
      name,
      help,
      labelNames: ['service', ...labels],
      registers: [registry],
      collect: async () => {
        const taken = await Promise.all(services.map((service) => samplesOf(service, read, name, logger)))
        gauge.reset()
        for (const { labels: values, value } of taken.flat()) gauge.set({ ...values }, value)
      },
    })
  }
}

async function samplesOf(
  service: MeteredService,
  read: Measure['read'],
  metric: string,
  logger: Logger,
): Promise<readonly Sample[]> {
  try {
    const samples = await inTime(read(service))
    return samples.map(({ labels, value }) => ({ labels: { service: service.name, ...labels }, value }))
  } catch (error) {
    logger.warn({ service: service.name, metric, err: error }, 'a metric could not be read')
    return []
  }
}

async function inTime<T>(reading: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${PATIENCE_MS} ms`)), PATIENCE_MS)
  })
  try {
    return await Promise.race([reading, late])
  } finally {
    clearTimeout(timer)
  }
}

const single = (value: number): Sample[] => [{ labels: {}, value }]

// counting the rows of two weeks at every scrape would cost more than it tells
const OUTBOX_SIZE = `select n_live_tup::float8 as rows, pg_total_relation_size(relid)::float8 as bytes
  from pg_stat_user_tables where schemaname = 'es' and relname = 'outbox'`

// also a key that runs on past a message that could not be placed
const PARKED = `select consumer, count(*)::float8 as keys from (
    select consumer, topic, key from es.consumed where parked is not null
    union select consumer, topic, key from es.parked) as waiting group by consumer`

async function numberOf(service: MeteredService, column: string, sql: string, values: unknown[] = []): Promise<number> {
  const { rows } = await service.database.query<Record<string, number>>(sql, values)
  return rows[0]?.[column] ?? 0
}

/** What leaves a service. The fence gauges remember from one reading to the next. */
function outgoing(): Measure[] {
  const fences = new Map<MeteredService, ReturnType<typeof createFenceGauge>>()
  const fenceOf = (service: MeteredService): ReturnType<typeof createFenceGauge> => {
    const known = fences.get(service) ?? createFenceGauge()
    fences.set(service, known)
    return known
  }
  return [
    {
      name: 'ziv_relay_pending_rows',
      help: 'Outbox rows that are not relayed yet',
      labels: [],
      read: async (service) => single(await service.relay.pending()),
    },
    {
      name: 'ziv_relay_lag_seconds',
      help: 'Age of the oldest outbox row that is not relayed yet',
      labels: [],
      read: async (service) => single(await numberOf(service, 'age', OLDEST_PENDING, [relayProcessor])),
    },
    {
      name: 'ziv_outbox_rows',
      help: 'Rows in the outbox, sent and not, about: from the statistics of the database',
      labels: [],
      read: async (service) => single(await numberOf(service, 'rows', OUTBOX_SIZE)),
    },
    {
      name: 'ziv_outbox_bytes',
      help: 'Size of the outbox on disk with its indexes',
      labels: [],
      read: async (service) => single(await numberOf(service, 'bytes', OUTBOX_SIZE)),
    },
    {
      name: 'ziv_fence_lag_seconds',
      help: 'How long stored events have been held back by an open transaction in the cluster',
      labels: [],
      read: async (service) => single((await fenceOf(service).sample(service.database)) / 1_000),
    },
  ]
}

function lagByTopic(consumer: string, lags: readonly PartitionLag[]): Sample[] {
  const byTopic = new Map<string, number>()
  for (const { topic, lag } of lags) byTopic.set(topic, (byTopic.get(topic) ?? 0) + lag)
  return [...byTopic].map(([topic, value]) => ({ labels: { consumer, topic }, value }))
}

const incoming: readonly Measure[] = [
  {
    name: 'ziv_consumer_lag_messages',
    help: 'Messages that a consumer has not taken in yet',
    labels: ['consumer', 'topic'],
    read: async ({ consumers }) => {
      const lags = await Promise.all(consumers.map(async ({ name, lag }) => lagByTopic(name, await lag())))
      return lags.flat()
    },
  },
  {
    name: 'ziv_consumer_messages',
    help: 'Messages since the start of the process by what became of them',
    labels: ['consumer', 'outcome'],
    read: async ({ consumers }) =>
      consumers.flatMap(({ name, counters }) =>
        Object.entries(counters()).map(([outcome, value]) => ({ labels: { consumer: name, outcome }, value })),
      ),
  },
  {
    name: 'ziv_parked_keys',
    help: 'Keys that stand still until somebody looks',
    labels: ['consumer'],
    read: async ({ database, consumers }) => {
      const { rows } = await database.query<{ consumer: string; keys: number }>(PARKED)
      const parked = new Map(rows.map(({ consumer, keys }) => [consumer, keys]))
      return consumers.map(({ name }) => ({ labels: { consumer: name }, value: parked.get(name) ?? 0 }))
    },
  },
]
