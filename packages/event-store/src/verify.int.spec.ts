import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ChainFinding, createEventStore, eventStoreMigrations, verifyChains } from './index.ts'
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

it('says how much was looked at, and proves nothing of an empty store', async () => {
  expect(await verifyChains(store, test.database)).toEqual({
    ...{ ok: true, examined: 12, detail: 'every chain holds, 12 events hashed again' },
  })
  await test.database.query('delete from es.events')
  const headless = await verifyChains(store, test.database)
  expect(headless).toMatchObject({ ok: false, examined: 0 })
  expect(headless.detail).toContain('alpha-1@4 headMismatch')
  await test.database.query('delete from es.streams')
  const detail = 'no event is stored: nothing to prove'
  expect(await verifyChains(store, test.database)).toEqual({ ok: false, examined: 0, detail })
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
