import { createEventStore, type EventStore, GENESIS_HASH, type StreamAppend, type StreamHead } from '@ziv/event-store'
import { defineEvents, instant, uuidV7 } from '@ziv/kernel'
import type { Database } from '@ziv/postgres'
import { interleave, rateFor, spreadOf } from '../measure.ts'
import { serviceMigrations } from '../setup/world.ts'
import type { Row } from '../types.ts'

const connections = 16
const commandsPerStream = 4

const recordedAt = instant('2026-01-15T10:00:00.000Z')
const metadata = { actor: 'bench', correlationId: '0192f0c1-2d3e-7a4b-8c5d-6e7f80912a3b', law: '0123456789abcdef' }
const slip = {
  slipId: '0192f0c1-2d3e-7a4b-8c5d-6e7f80912a3b',
  source: 'rsz',
  employerNumber: '123456749',
  quarter: '2025Q3',
  amountCents: 987_654,
  arrival: 1_234,
  part: 1,
}

interface Shape {
  readonly events: number
  readonly message: boolean
}

/** One command that stores its events, and one public message when it has one. */
function commandOf(streamId: string, expected: StreamHead, { events, message }: Shape): StreamAppend {
  return {
    streamId,
    expected,
    recordedAt,
    metadata,
    events: Array.from({ length: events }, () => ({
      eventId: uuidV7(),
      type: 'SlipRecorded',
      schemaVersion: 1,
      data: slip,
    })),
    ...(message && { outbox: [messageOf(streamId)] }),
  }
}

const messageOf = (key: string) => ({
  eventId: uuidV7(),
  topic: 'ziv.300.contributions.v1',
  key,
  type: 'be.ziv.contributions.v1.slips.notify.recorded',
  payload: { ...slip, assessment: { referenceYear: 2025, met: true, shortCents: 0 } },
  attributes: { source: '/contributions', subject: key, time: recordedAt, actor: 'bench', insurer: '300' },
})

/** Every lane works on streams of its own: one command opens a stream, three go on with it. */
function appender(database: Database, store: EventStore, shape: Shape): (lane: number) => Promise<void> {
  const lanes = Array.from({ length: connections }, () => ({
    id: '',
    head: { version: 0, hash: GENESIS_HASH },
    left: 0,
  }))
  return async (lane) => {
    const at = lanes[lane]!
    if (at.left === 0)
      Object.assign(at, { id: `year-${uuidV7()}`, head: { version: 0, hash: GENESIS_HASH }, left: commandsPerStream })
    const { head } = await store.append(database, commandOf(at.id, at.head, shape))
    at.head = head
    at.left -= 1
  }
}

// the least an event log can be: one table, one row per version of a stream
const RAW = `create table public.raw (
  position bigint generated always as identity, stream_id text not null, version bigint not null, event_id uuid not null,
  type text not null, recorded_at timestamptz not null, data jsonb not null, metadata jsonb not null,
  primary key (stream_id, version))`

const text = {
  data: JSON.stringify(slip),
  metadata: JSON.stringify(metadata),
}

function inserter(database: Database): () => Promise<void> {
  return async () => {
    const id = uuidV7()
    await database.query({
      name: 'raw_insert',
      text: `insert into public.raw (stream_id, version, event_id, type, recorded_at, data, metadata)
        values ($1, 1, $2, $3, $4, $5, $6)`,
      values: [`year-${id}`, id, 'SlipRecorded', recordedAt, text.data, text.metadata],
    })
  }
}

/** The row of the event itself with all its keys, but no head, no chain and no check of what was there before. */
function equalInserter(database: Database): () => Promise<void> {
  const hash = Buffer.alloc(32, 7)
  return async () => {
    const id = uuidV7()
    await database.query({
      name: 'equal_insert',
      text: `insert into public.equal_rows (epoch, tx, stream_id, version, event_id, type, schema_version, recorded_at,
          data, metadata, hash) values (1, pg_current_xact_id(), $1, 1, $2, $3, 1, $4, $5, $6, $7)`,
      values: [`year-${id}`, id, 'SlipRecorded', recordedAt, text.data, text.metadata, hash],
    })
  }
}

export const append: Row = {
  async run(world, { short, rounds }) {
    const { database, drop } = await world.database(serviceMigrations, connections)
    await database.query(RAW)
    await database.query('create table public.equal_rows (like es.events including all)')
    const store = createEventStore([
      defineEvents({ aggregate: 'year', schemas: { SlipRecorded: { parse: (data) => data } } }),
    ])
    const ms = short ? 1_000 : 3_000
    const raw = inserter(database)
    const others = {
      withMessage: appender(database, store, { events: 1, message: true }),
      threeEvents: appender(database, store, { events: 3, message: false }),
    }
    const found = { withMessage: [] as number[], threeEvents: [] as number[] }
    const equal = equalInserter(database)
    const equals: number[] = []
    const main = appender(database, store, { events: 1, message: false })
    let limit = 0
    const comparison = await interleave(
      rounds,
      async () => rateFor(ms, connections, main),
      async (round) => {
        limit = await rateFor(ms, connections, raw)
        const equalRate = await rateFor(ms, connections, equal)
        if (round > 0) equals.push(equalRate / limit)
        for (const [name, step] of Object.entries(others)) {
          const rate = await rateFor(ms, connections, step)
          if (round > 0) found[name as keyof typeof found].push(rate / limit)
        }
        return limit
      },
    )
    await drop()
    const budget = 0.7
    return [
      {
        row: 'append',
        what: "append of one command's event",
        against: `raw single-row insert into one table with a key on stream and version, same pool of ${connections}`,
        unit: 'commands/s',
        budget,
        comparison,
        met: comparison.ratio.median >= budget,
        notes: ['streams with existing and with new heads in the ratio 3:1; every commit waits for the disk'],
        extra: {
          ratioOfAnInsertOfTheSameRowWithAllItsKeys: spreadOf(equals),
          ratioWithOutboxMessage: spreadOf(found.withMessage),
          ratioOfThreeEventsPerCommand: spreadOf(found.threeEvents),
        },
      },
    ]
  },
}
