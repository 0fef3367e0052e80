import { setTimeout as sleep } from 'node:timers/promises'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDatabase, type Database, outlastTransactions, streamRows, type TransactionKind } from './index.ts'

let test: TestDatabase
let replica: Database
beforeAll(async () => {
  test = await createTestDatabase({ migrations: [] })
  await test.database.query('create table facts (n int)')
  replica = connect('ziv-testing')
})
afterAll(async () => {
  await replica.close()
  await test.drop()
})

const connect = (applicationName: string): Database =>
  createDatabase({ connectionString: test.connectionString, applicationName, max: 2 })

/** A transaction that stays open until it is ended; it resolves once it has begun. */
async function open(database: Database, kind?: TransactionKind) {
  const [begun, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const done = database.transaction(async () => {
    begun.resolve()
    await ended.promise
  }, kind)
  await begun.promise
  return async () => {
    ended.resolve()
    await done
  }
}

const outlast = (agoMs: number, patienceMs: number) => outlastTransactions(test.database, { agoMs, patienceMs })

it('waits for a transaction of another process that began before, also when it has not written yet', async () => {
  const end = await open(replica)
  expect(await outlast(0, 100)).toBe(false)
  const waiting = outlast(0, 10_000)
  expect(await Promise.race([waiting, sleep(100)])).toBeUndefined()
  await end()
  expect(await waiting).toBe(true)
})

it('waits for none that began later than so long ago, and for none that begins while it waits', async () => {
  const end = await open(replica)
  expect(await outlast(60_000, 0)).toBe(true)
  const waiting = outlast(0, 10_000)
  await sleep(30)
  const endLater = await open(test.database)
  await end()
  expect(await waiting).toBe(true)
  await endLater()
})

it('waits for nobody who only reads, and for no other application', async () => {
  const backup = connect('pg_dump')
  const ends = [await open(replica, 'snapshot'), await open(backup)]
  const rows = streamRows(test.database, 'select n from generate_series(1, 5000) n')
  await rows.next()
  expect(await outlast(0, 0)).toBe(true)
  await rows.return(undefined)
  for (const end of ends) await end()
  await backup.close()
  const { rows: names } = await replica.query<{ name: string }>(`select current_setting('application_name') as name`)
  expect(names).toEqual([{ name: 'ziv-testing' }])
})
