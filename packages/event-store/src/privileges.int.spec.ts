import { createDatabase, type Database, prepareRuntimeRole } from '@ziv/postgres'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  acquireLease,
  createEventStore,
  eventStoreMigrations,
  pruneOutbox,
  saveCheckpoint,
  type TailPosition,
  tailOutbox,
} from './index.ts'
import { counterEvents, draftFor, firstAppend } from './testing/counter.ts'

const store = createEventStore([counterEvents])
const LOGIN = `ziv_spec_${process.pid}`
let test: TestDatabase
let runtime: Database

beforeAll(async () => {
  test = await createTestDatabase({ migrations: [eventStoreMigrations] })
  await test.database.query('create schema app; create table app.view (id int primary key)')
  await prepareRuntimeRole(test.database, { login: LOGIN, password: 'spec-only', schemas: ['app'] })
  const url = new URL(test.connectionString)
  url.username = LOGIN
  url.password = 'spec-only'
  runtime = createDatabase({ connectionString: url.href, applicationName: 'runtime' })
})
afterAll(async () => {
  await runtime.close()
  await test.database.query(`drop owned by ${LOGIN}`)
  await test.database.query(`drop role ${LOGIN}`)
  await test.drop()
})

it('lets the role of the services append, read and keep checkpoints', async () => {
  const { head } = await store.append(runtime, firstAppend('p-1', { outbox: [draftFor('p')] }))
  await runtime.transaction((tx) =>
    store.appendMany(tx, [firstAppend('p-1', { expected: head, outbox: [draftFor('p')] })]),
  )
  expect((await store.load(runtime, 'p-1')).head.version).toBe(2)
  expect(Array.isArray(await tailOutbox(runtime, null, 10))).toBe(true)
  const lease = await acquireLease(runtime, { processor: 'p', holder: 'h', leaseMs: 1000 })
  await saveCheckpoint(runtime, lease!, { epoch: 1, tx: '1', position: '1' })
  await runtime.query('insert into app.view values (1)')
  await runtime.query('delete from app.view')
})

it.each([
  "update es.events set type = 'x'",
  'delete from es.events',
  'truncate es.events',
  "update es.outbox set type = 'x'",
  'delete from es.outbox',
  'delete from es.streams',
  'delete from es.checkpoints',
  "insert into es.epochs values (9, now(), 'x')",
  "select es.raise_epoch('x')",
  'alter table es.events add column x int',
  'create table es.mine (id int)',
])('refuses the role of the services: %s', async (sql) => {
  await expect(runtime.query(sql)).rejects.toMatchObject({ code: '42501' })
})

it('lets the role remove sent messages past the retention, and no others', async () => {
  await test.database.query('truncate es.outbox')
  await store.append(runtime, firstAppend('prune-1', { outbox: ['a', 'b', 'c'].map((key) => draftFor(key, 'prune')) }))
  await test.database.query("update es.outbox set created_at = now() - interval '20 days' where key in ('a', 'b')")
  const { rows } = await test.database.query<TailPosition>(
    "select epoch, tx, id as position from es.outbox where topic = 'prune' order by id desc limit 1",
  )
  const lease = await acquireLease(runtime, { processor: 'relay', holder: 'h', leaseMs: 1000 })
  expect(await pruneOutbox(runtime, { processor: 'relay' })).toBe(0)
  await saveCheckpoint(runtime, lease!, rows[0]!)
  expect(await pruneOutbox(runtime, { processor: 'relay', keepDays: 0, rowsMax: 1 })).toBe(1)
  expect(await pruneOutbox(runtime, { processor: 'relay' })).toBe(1)
  const left = await runtime.query("select key from es.outbox where topic = 'prune'")
  expect(left.rows).toEqual([{ key: 'c' }])
})

it('looks at no more of the oldest messages than it may remove', async () => {
  await test.database.query('truncate es.outbox')
  await store.append(runtime, firstAppend('prune-2', { outbox: ['d', 'e', 'f'].map((key) => draftFor(key, 'prune')) }))
  await test.database.query("update es.outbox set created_at = now() - interval '20 days' where key in ('e', 'f')")
  await test.database.query("update es.checkpoints set tx = '9000000000000000000' where processor = 'relay'")
  // the oldest is to be kept, and the two behind it are not in reach yet
  expect(await pruneOutbox(runtime, { processor: 'relay', rowsMax: 1 })).toBe(0)
  expect(await pruneOutbox(runtime, { processor: 'relay', rowsMax: 2 })).toBe(1)
  expect(await pruneOutbox(runtime, { processor: 'relay', rowsMax: 2 })).toBe(1)
})

it('can be prepared again', async () => {
  await expect(
    prepareRuntimeRole(test.database, { login: LOGIN, password: 'spec-only', schemas: ['app'] }),
  ).resolves.toBeUndefined()
})
