import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ChainFinding, createEventStore, eventStoreMigrations, walkChains } from './index.ts'
import { counterEvents, firstAppend, someEvents } from './testing/counter.ts'

const store = createEventStore([counterEvents])
let test: TestDatabase

beforeEach(async () => {
  test = await createTestDatabase({ migrations: [eventStoreMigrations] })
  const appends = ['alpha-1', 'alpha-2', 'beta-1'].map((streamId) => firstAppend(streamId, { events: someEvents(4) }))
  await test.database.transaction((tx) => store.appendMany(tx, appends))
})
afterEach(() => test.drop())

const findings = async (category?: string): Promise<readonly ChainFinding[]> =>
  await Array.fromAsync(store.verify(test.database, category === undefined ? {} : { category }))

const places = (found: readonly ChainFinding[]) =>
  found.map(({ streamId, version, problem }) => `${streamId} ${version} ${problem}`)

it('finds nothing in an untouched store', async () => {
  expect(await findings()).toEqual([])
})

it('says how much was looked at, and where', async () => {
  expect(await walkChains(store, test.database)).toEqual({ examined: 12, broken: [] })
  await test.database.query('delete from es.events')
  const broken = ['alpha-1@4 headMismatch', 'alpha-2@4 headMismatch', 'beta-1@4 headMismatch']
  expect(await walkChains(store, test.database)).toEqual({ examined: 0, broken })
})

it('walks every chain once in ranges that follow one another, also one that lies between two bounds or behind them', async () => {
  await test.database.query(
    "update es.events set hash = set_byte(hash, 5, 1) where version = 4 and stream_id in ('alpha-2', 'beta-1')",
  )
  const bounds = [null, 'alpha-1', 'alpha-3', null]
  const walks = await Promise.all(
    bounds.slice(1).map((through, at) => walkChains(store, test.database, { after: bounds[at]!, through })),
  )
  expect(walks.map(({ examined }) => examined)).toEqual([4, 4, 4])
  expect(walks.map(({ broken }) => broken.map((place) => place.split('@')[0]))).toEqual([
    [],
    ['alpha-2', 'alpha-2'],
    ['beta-1', 'beta-1'],
  ])
})

it('reads the streams of an aggregate by ranges of their ids', async () => {
  const read = async (after: string | null, through: string | null) =>
    (await Array.fromAsync(store.streams(test.database, 'alpha', { after, through }))).map(({ streamId }) => streamId)
  expect(await read(null, '1')).toEqual(['alpha-1'])
  expect(await read('1', null)).toEqual(['alpha-2'])
  expect(await read(null, null)).toEqual(['alpha-1', 'alpha-2'])
})

it.each([
  ['data', `update es.events set data = '{"amount": 9}' where stream_id = 'alpha-2' and version = 3`],
  ['metadata', `update es.events set metadata = '{"actor": "x"}' where stream_id = 'alpha-2' and version = 3`],
  ['type', "update es.events set type = 'Other' where stream_id = 'alpha-2' and version = 3"],
  ['moment', "update es.events set recorded_at = recorded_at + '1ms' where stream_id = 'alpha-2' and version = 3"],
  ['id', "update es.events set event_id = gen_random_uuid() where stream_id = 'alpha-2' and version = 3"],
])('locates a changed %s: this event and no other', async (_what, sql) => {
  await test.database.query(sql)
  expect(places(await findings())).toEqual(['alpha-2 3 hashMismatch'])
})

it('locates one flipped byte of a stored hash by the event it belongs to and the one after it', async () => {
  await test.database.query(
    "update es.events set hash = set_byte(hash, 5, get_byte(hash, 5) # 1) where stream_id = 'alpha-1' and version = 2",
  )
  expect(places(await findings())).toEqual(['alpha-1 2 hashMismatch', 'alpha-1 3 hashMismatch'])
})

it('finds events that were removed from the middle, from the end and altogether', async () => {
  await test.database.query(
    "delete from es.events where (stream_id, version) in (('alpha-1', 2), ('alpha-2', 4)) or stream_id = 'beta-1'",
  )
  expect(places(await findings())).toEqual(['alpha-1 3 versionGap', 'alpha-2 3 headMismatch', 'beta-1 4 headMismatch'])
})

it('finds a stream whose history was replaced by one that is consistent in itself', async () => {
  const other = await createTestDatabase({ migrations: [eventStoreMigrations] })
  await store.append(other.database, firstAppend('beta-1', { events: someEvents(4) }))
  const { events } = await store.load(other.database, 'beta-1')
  for (const event of events) {
    await test.database.query(
      "update es.events set event_id = $1, data = $2, hash = $3 where stream_id = 'beta-1' and version = $4",
      [event.eventId, JSON.stringify(event.data), event.hash, event.version],
    )
  }
  await other.drop()
  expect(places(await findings())).toEqual(['beta-1 4 headMismatch'])
})

it('walks only the category asked for', async () => {
  await test.database.query("update es.events set type = 'Other' where version = 1")
  expect(places(await findings('beta'))).toEqual(['beta-1 1 hashMismatch'])
  expect(await findings('alph')).toEqual([])
})

it('crosses its pages: a store larger than one page', async () => {
  const appends = Array.from({ length: 5 }, (_, n) => firstAppend(`long-${n}`, { events: someEvents(1000) }))
  await test.database.transaction((tx) => store.appendMany(tx, appends))
  expect(await findings()).toEqual([])
  await test.database.query("update es.events set data = '{}' where stream_id = 'long-2' and version = 1000")
  expect(places(await findings())).toEqual(['long-2 1000 hashMismatch'])
})
