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

test('a digest goes on from an earlier one, and a chain that was cut with its head set back gives another', async () => {
  const { database } = world
  await store.append(database, firstAppend('counter-1', { events: someEvents(3) }))
  const first = await extendDigest(database, EMPTY_LOG)
  await store.append(database, firstAppend('counter-2', { events: someEvents(2) }))
  const second = await extendDigest(database, first)
  expect([first.events, second.events]).toEqual([3, 5])
  expect(await extendDigest(database, second)).toEqual(second)
  const again = async () => extendDigest(database, await extendDigest(database, EMPTY_LOG, first.to), second.to)
  expect(await again()).toEqual(second)

  await database.query(`delete from es.events where stream_id = 'counter-1' and version = 3`)
  await database.query(`update es.streams s set version = 2, head_hash = e.hash from es.events e
    where s.stream_id = 'counter-1' and e.stream_id = s.stream_id and e.version = 2`)
  expect(await Array.fromAsync(store.verify(database))).toEqual([])
  expect(await again()).toMatchObject({ events: 4 })
})
