import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEventStore, EMPTY_LOG, eventStoreMigrations, extendDigest } from './index.ts'
import { counterEvents, firstAppend, someEvents } from './testing/counter.ts'

const store = createEventStore([counterEvents])
let world: TestDatabase
beforeAll(async () => {
  world = await createTestDatabase({ migrations: [eventStoreMigrations] })
})
afterAll(() => world.drop())

/** A writing transaction of another spec on the same server holds the newest events back for a moment. */
async function whenSeen(events: number, digest: () => ReturnType<typeof extendDigest>) {
  await expect.poll(async () => (await digest()).events, { timeout: 30_000 }).toBe(events)
  return await digest()
}

test('a digest goes on from an earlier one, and a chain that was cut with its head set back gives another', async () => {
  const { database } = world
  await store.append(database, firstAppend('counter-1', { events: someEvents(3) }))
  const first = await whenSeen(3, () => extendDigest(database, EMPTY_LOG))
  await store.append(database, firstAppend('counter-2', { events: someEvents(2) }))
  const second = await whenSeen(5, () => extendDigest(database, first))
  expect(await extendDigest(database, second)).toEqual(second)
  const again = async () => extendDigest(database, await extendDigest(database, EMPTY_LOG, first.to), second.to)
  expect(await again()).toEqual(second)

  await database.query(`delete from es.events where stream_id = 'counter-1' and version = 3`)
  await database.query(`update es.streams s set version = 2, head_hash = e.hash from es.events e
    where s.stream_id = 'counter-1' and e.stream_id = s.stream_id and e.version = 2`)
  expect(await Array.fromAsync(store.verify(database))).toEqual([])
  expect(await again()).toMatchObject({ events: 4 })
})
