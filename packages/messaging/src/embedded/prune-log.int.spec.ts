import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { messagingLogMigrations } from '../migrations.ts'
import { createEmbeddedDriver } from './embedded-driver.ts'
import { pruneLog } from './prune-log.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase({ migrations: [messagingLogMigrations] })
})
afterAll(() => test.drop())

it('removes what is older than the retention of its topic, and a new reader starts after it', async () => {
  const driver = createEmbeddedDriver({ database: test.database })
  await driver.ensureTopics([
    { name: 'kept', partitions: 1 },
    { name: 'short', partitions: 2, retentionDays: 30 },
  ])
  const producer = await driver.producer('spec')
  const send = (count: number, from = 0) =>
    producer.send(
      ['kept', 'short'].flatMap((topic) =>
        Array.from({ length: count }, (_, n) => ({ topic, key: `k${n}`, headers: {}, value: `${topic} ${from + n}` })),
      ),
    )
  await send(6)
  await test.database.query(`update log.messages set appended_at = now() - interval '31 days'`)
  await send(4, 6)
  // six old messages, two at a time
  expect([
    await pruneLog(test.database, 4),
    await pruneLog(test.database, 4),
    await pruneLog(test.database, 4),
  ]).toEqual([4, 2, 0])
  const read: string[] = []
  const subscription = await driver.subscribe({
    groupId: 'reader',
    topics: ['kept', 'short'],
    onBatch: async (messages) => void read.push(...messages.map(({ value }) => value)),
  })
  await expect.poll(() => read.length, { timeout: 20_000 }).toBe(14)
  expect(read.filter((value) => value.startsWith('short')).sort()).toEqual([6, 7, 8, 9].map((n) => `short ${n}`))
  expect((await driver.lag('reader', ['kept', 'short'])).every(({ lag }) => lag >= 0)).toBe(true)
  await subscription.stop()
  await driver.close()
})
