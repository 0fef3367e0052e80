import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEventStore, eventStoreMigrations, isRecordedSince } from './index.ts'
import { counterEvents, firstAppend } from './testing/counter.ts'

const store = createEventStore([counterEvents])
let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase({ migrations: [eventStoreMigrations] })
})
afterAll(() => test.drop())

it('tells whether an event of a type came behind a stream, in whatever stream', async () => {
  const add = (stream: string) => test.database.transaction((tx) => store.append(tx, firstAppend(stream)))
  await add('since-1')
  const { rows } = await test.database.query<{ type: string }>('select type from es.events')
  const types = [rows[0]!.type]
  expect(await isRecordedSince(test.database, 'since-1', types)).toBe(false)
  await add('since-2')
  expect(await isRecordedSince(test.database, 'since-1', types)).toBe(true)
  expect(await isRecordedSince(test.database, 'since-1', ['Other'])).toBe(false)
  expect(await isRecordedSince(test.database, 'since-2', types)).toBe(false)
  expect(await isRecordedSince(test.database, 'none', types)).toBe(false)
})
