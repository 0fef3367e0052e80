import { instant } from '@ziv/kernel'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEventStore, eventStoreMigrations, newestMoment } from './index.ts'
import { counterEvents, firstAppend } from './testing/counter.ts'

const store = createEventStore([counterEvents])
let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase({ migrations: [eventStoreMigrations] })
})
afterAll(() => test.drop())

it('tells the newest moment of a store, also when a slower writer stored an earlier moment behind it', async () => {
  expect(await newestMoment(test.database)).toBeNull()
  for (const time of ['10:00:00.000', '10:00:05.250', '10:00:02.000']) {
    const recordedAt = instant(`2026-01-15T${time}Z`)
    await test.database.transaction((tx) => store.append(tx, firstAppend(`clock-${time}`, { recordedAt })))
  }
  expect(await newestMoment(test.database)).toBe('2026-01-15T10:00:05.250Z')
})
