import { createDatabase, type Database, type Transaction } from '@ziv/postgres'
import { createTestCluster, createTestDatabase, type TestDatabase, type TestServer } from '@ziv/testing'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  createEventStore,
  createFenceGauge,
  eventStoreMigrations,
  type OutboxRow,
  type StoredEvent,
  type TailPosition,
  tailOutbox,
} from './index.ts'
import { counterEvents, draftFor, firstAppend } from './testing/counter.ts'

const store = createEventStore([counterEvents])
let cluster: TestServer
let test: TestDatabase
let db: Database

// these specs hold transactions open: on a shared server they would delay the tails of every other spec
beforeAll(async () => {
  cluster = await createTestCluster()
})
afterAll(() => cluster.stop())
beforeEach(async () => {
  test = await createTestDatabase({ migrations: [eventStoreMigrations] }, cluster.url)
  db = test.database
})
afterEach(() => test.drop())

/** A transaction held open by hand. */
async function openTransaction(
  database: Database,
): Promise<{ tx: Transaction; end(how: 'commit' | 'rollback'): Promise<void> }> {
  const client = await database.pool.connect()
  await client.query('begin')
  const tx = { client, query: client.query.bind(client) as Transaction['query'], notify: () => {} }
  return {
    tx,
    end: async (how) => {
      await client.query(how)
      client.release()
    },
  }
}

type Reader = (after: TailPosition | null) => Promise<readonly StoredEvent[]>

const fenced: Reader = (after) => store.tail(db, after, 100)

/** Waits until the tail gives `count` events in all: other specs of this cluster may hold the horizon for a moment. */
async function readAll(count: number, read: Reader = fenced): Promise<readonly StoredEvent[]> {
  const seen: StoredEvent[] = []
  for (const start = Date.now(); seen.length < count && Date.now() - start < 20_000; ) {
    seen.push(...(await read(seen.at(-1) ?? null)))
    await new Promise((done) => setTimeout(done, 10))
  }
  return seen
}

const ids = (events: readonly { streamId: string }[]) => events.map(({ streamId }) => streamId)

/** A slow writer takes its number and position first, a fast one commits first; `read` polls in between and after. */
async function slowAndFast(read: Reader): Promise<readonly string[]> {
  const slow = await openTransaction(db)
  await store.append(slow.tx, firstAppend('slow-1'))
  await store.append(db, firstAppend('fast-1'))
  const seen = [...(await read(null))]
  await slow.end('commit')
  const rest = await readAll(2 - seen.length, (after) => read(after ?? seen.at(-1) ?? null))
  return ids([...seen, ...rest])
}

it('loses nothing when two writers commit in reverse order', async () => {
  expect(await slowAndFast(fenced)).toEqual(['slow-1', 'fast-1'])
})

it('would lose an event without the fence: the reason it is there', async () => {
  const unfenced: Reader = async (after) => {
    const { epoch, tx, position } = after ?? { epoch: 0, tx: '0', position: '0' }
    const { rows } = await db.query<StoredEvent>(
      `select epoch, tx, position, stream_id as "streamId" from es.events
        where (epoch, tx, position) > ($1::smallint, $2::xid8, $3::bigint) order by epoch, tx, position limit 100`,
      [epoch, tx, position],
    )
    return rows
  }
  const slow = await openTransaction(db)
  await store.append(slow.tx, firstAppend('slow-1'))
  await store.append(db, firstAppend('fast-1'))
  const first = await unfenced(null)
  await slow.end('commit')
  expect(ids(first)).toEqual(['fast-1'])
  expect(await unfenced(first.at(-1)!)).toEqual([])
})

it('would lose an event with a checkpoint of the position alone: the reason it is a triple', async () => {
  // the later transaction takes the lower position: both are below the fence only after both commits
  const older = await openTransaction(db)
  await older.tx.query('select pg_current_xact_id()')
  const newer = await openTransaction(db)
  await store.append(newer.tx, firstAppend('newer-1'))
  await store.append(older.tx, firstAppend('older-1'))
  await older.end('commit')
  const first = await readAll(1)
  await newer.end('commit')
  expect(ids(first)).toEqual(['older-1'])
  const byPosition = await db.query('select stream_id from es.events where position > $1', [first[0]!.position])
  expect(byPosition.rows).toEqual([])
  expect(ids(await readAll(1, (after) => fenced(after ?? first[0]!)))).toEqual(['newer-1'])
})

it('reads a stream in its own order when a transaction that began earlier appends later', async () => {
  const early = await openTransaction(db)
  await early.tx.query('select pg_current_xact_id()')
  const first = await store.append(db, firstAppend('order-1', { outbox: [draftFor('p')] }))
  await store.append(early.tx, firstAppend('order-1', { expected: first.head, outbox: [draftFor('p')] }))
  await store.appendMany(early.tx, [firstAppend('order-2', { outbox: [draftFor('p'), draftFor('q')] })])
  await early.end('commit')
  const events = await readAll(3)
  const versions = events.filter(({ streamId }) => streamId === 'order-1').map(({ version }) => version)
  expect(versions).toEqual([1, 2])
  const rows: readonly OutboxRow[] = await tailOutbox(db, null, 10)
  expect(rows.filter(({ key }) => key === 'p').map(({ sequence }) => sequence)).toEqual([1, 2, 3])
})

it('is delayed and says so, and is complete afterwards, by a writing transaction in another database', async () => {
  const other = await createTestDatabase({ migrations: [eventStoreMigrations] }, cluster.url)
  const foreign = await openTransaction(other.database)
  await foreign.tx.query('create table public.held (n int)')
  let nowMs = 1000
  const gauge = createFenceGauge(() => nowMs)
  expect(await gauge.sample(db)).toBe(0)
  await store.append(db, firstAppend('held-1'))
  expect(await fenced(null)).toEqual([])
  expect(await gauge.sample(db)).toBe(0)
  nowMs += 250
  expect(await gauge.sample(db)).toBe(250)
  expect(ids((await store.load(db, 'held-1')).events)).toEqual(['held-1'])
  await foreign.end('rollback')
  expect(ids(await readAll(1))).toEqual(['held-1'])
  expect(await gauge.sample(db)).toBe(0)
  await other.drop()
})

it('reads on in pages of any size without a gap or a repeat', async () => {
  for (let n = 0; n < 7; n++) await store.append(db, firstAppend(`page-${n}`))
  await readAll(7)
  const seen: StoredEvent[] = []
  for (;;) {
    const page = await store.tail(db, seen.at(-1) ?? null, 3)
    if (page.length === 0) break
    seen.push(...page)
  }
  expect(ids(seen)).toEqual([0, 1, 2, 3, 4, 5, 6].map((n) => `page-${n}`))
})

it('reads every event once, in order, after the data moved to another cluster and the epoch was raised', async () => {
  // as after a restore: rows, heads and keys carry transaction numbers far above this cluster's own
  const before = await store.append(db, firstAppend('moved-1', { outbox: [draftFor('m')] }))
  await db.query("update es.events set tx = '899577000'")
  await db.query("update es.outbox set tx = '899577000'")
  await db.query("update es.streams set tx = '899577000'")
  await db.query("update es.topic_keys set tx = '899577000'")
  expect(await fenced(null)).toEqual([])
  const { rows } = await db.query<{ epoch: number }>("select es.raise_epoch('restored from a dump') as epoch")
  expect(rows[0]!.epoch).toBe(2)
  await store.append(db, firstAppend('moved-1', { expected: before.head, outbox: [draftFor('m')] }))
  await db.transaction((tx) => store.appendMany(tx, [firstAppend('moved-2', { outbox: [draftFor('m')] })]))
  const events = await readAll(3)
  expect(events.map(({ epoch, streamId, version }) => [epoch, streamId, version])).toEqual([
    [1, 'moved-1', 1],
    [2, 'moved-1', 2],
    [2, 'moved-2', 1],
  ])
  const messages = await tailOutbox(db, null, 10)
  expect(messages.map(({ epoch, sequence }) => [epoch, sequence])).toEqual([
    [1, 1],
    [2, 2],
    [2, 3],
  ])
})

it('keeps its order under concurrent writers: every stream and every key rises by one', async () => {
  const pool = createDatabase({ connectionString: test.connectionString, max: 8, applicationName: 'writers' })
  const streams = ['w-0', 'w-1', 'w-2', 'w-3', 'w-4']
  const writer = async (): Promise<void> => {
    for (let round = 0; round < 15; round++) {
      await pool.transaction(async (tx) => {
        await tx.query('select pg_current_xact_id()')
        const streamId = streams[Math.trunc(Math.random() * streams.length)]!
        const { head } = await store.load(tx, streamId)
        await store
          .append(tx, firstAppend(streamId, { expected: head, outbox: [draftFor(`k${round % 2}`)] }))
          .catch(() => undefined)
      })
    }
  }
  const seen: StoredEvent[] = []
  let writing = true
  const reader = (async () => {
    while (writing) seen.push(...(await store.tail(db, seen.at(-1) ?? null, 7)))
  })()
  await Promise.all([1, 2, 3, 4, 5, 6].map(writer))
  writing = false
  await reader
  await pool.close()
  const { rows } = await db.query<{ count: string }>('select count(*) from es.events')
  const total = Number(rows[0]!.count)
  seen.push(...(await readAll(total - seen.length, (after) => fenced(after ?? seen.at(-1) ?? null))))
  expect(seen).toHaveLength(total)
  for (const streamId of streams) {
    const versions = seen.filter((event) => event.streamId === streamId).map(({ version }) => version)
    expect(versions).toEqual(versions.map((_, index) => index + 1))
  }
  const messages = await tailOutbox(db, null, 1000)
  for (const key of ['k0', 'k1']) {
    const sequences = messages.filter((row) => row.key === key).map(({ sequence }) => sequence)
    expect(sequences).toEqual(sequences.map((_, index) => index + 1))
  }
})
