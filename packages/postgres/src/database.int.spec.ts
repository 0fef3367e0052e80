import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { copyIn, copyRow, createDatabase, isConnectionLost, sqlState, streamBatches, streamRows } from './index.ts'

let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase({ migrations: [] })
  await test.database.query('create table counters (id int primary key, n int not null)')
  await test.database.query('insert into counters values (1, 0), (2, 0)')
})
afterAll(() => test.drop())

it('gives dates, moments and large numbers as texts that mean the same everywhere', async () => {
  const { rows } =
    await test.database.query(`select '2026-03-29'::date as day, '2026-03-29T02:30:00.5Z'::timestamptz as moment,
    9007199254740993::int8 as big, 12.30::numeric as exact, array['2026-01-01'::date, null] as days,
    array['2026-01-01T00:00:00Z'::timestamptz] as moments, array[9007199254740993::int8] as bigs, '{"a": 1}'::jsonb as json`)
  expect(rows[0]).toEqual({
    day: '2026-03-29',
    moment: '2026-03-29T02:30:00.500Z',
    big: '9007199254740993',
    exact: '12.30',
    days: ['2026-01-01', null],
    moments: ['2026-01-01T00:00:00.000Z'],
    bigs: ['9007199254740993'],
    json: { a: 1 },
  })
})

it('sets timeouts and a name on every session', async () => {
  const database = createDatabase({
    connectionString: test.connectionString,
    applicationName: 'spec',
    statementTimeoutMs: 50,
    idleInTransactionTimeoutMs: 100,
  })
  const { rows } = await database.query(
    "select current_setting('application_name') as name, current_setting('TimeZone') as zone",
  )
  expect(rows[0]).toEqual({ name: 'spec', zone: 'UTC' })
  await expect(database.query('select pg_sleep(5)')).rejects.toMatchObject({ code: '57014' })
  const idle = database.transaction(async (tx) => {
    await tx.query('select 1')
    await new Promise((done) => setTimeout(done, 400))
    await tx.query('select 1')
  })
  await expect(idle).rejects.toThrow()
  expect((await database.query<{ one: number }>('select 1 as one')).rows[0]!.one).toBe(1)
  await database.close()
})

it('tells who listens of a commit, once, and of nothing that was rolled back', async () => {
  const seen: string[] = []
  const { database } = test
  const n = async () => (await database.query<{ n: number }>('select n from counters where id = 2')).rows[0]!.n
  const before = await n()
  const unlisten = database.listen('counted', () => seen.push('counted'))
  const failing = database.transaction((tx) => {
    tx.notify('counted')
    return Promise.reject(new Error('no'))
  })
  await expect(failing).rejects.toThrow('no')
  expect(seen).toEqual([])
  await database.transaction(async (tx) => {
    await tx.query('update counters set n = n + 1 where id = 2')
    tx.notify('counted')
    tx.notify('counted')
    expect(seen).toEqual([])
  })
  expect([seen, await n()]).toEqual([['counted'], before + 1])
  database.notify('counted')
  unlisten()
  database.notify('counted')
  expect(seen).toEqual(['counted', 'counted'])
})

it('commits what succeeds and leaves nothing of what throws', async () => {
  await test.database.transaction((tx) => tx.query('update counters set n = 5 where id = 1'))
  const failing = test.database.transaction(async (tx) => {
    await tx.query('update counters set n = 9 where id = 1')
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect((await test.database.query('select n from counters where id = 1')).rows).toEqual([{ n: 5 }])
})

it('runs a transaction again after a deadlock', async () => {
  await test.database.query('update counters set n = 0')
  let [runs, held] = [0, 0]
  const { promise: bothHoldOne, resolve } = Promise.withResolvers<void>()
  const both = [
    [1, 2],
    [2, 1],
  ].map(([first, second]) =>
    test.database.transaction(async (tx) => {
      runs += 1
      await tx.query('update counters set n = n + 1 where id = $1', [first])
      held += 1
      if (held === 2) resolve()
      await bothHoldOne
      await tx.query('update counters set n = n + 1 where id = $1', [second])
    }),
  )
  await Promise.all(both)
  expect((await test.database.query('select n from counters order by id')).rows).toEqual([{ n: 2 }, { n: 2 }])
  expect(runs).toBeGreaterThan(2)
})

it('gives up after five runs and says why', async () => {
  let runs = 0
  const failing = test.database.transaction(async (tx) => {
    runs += 1
    await tx.query("do $$ begin raise exception 'again' using errcode = '40001'; end $$")
  })
  await expect(failing).rejects.toMatchObject({ code: '40001' })
  expect(runs).toBe(5)
})

it('survives the loss of an idle connection and of one in use', async () => {
  const losses: Error[] = []
  const database = createDatabase({
    connectionString: test.connectionString,
    applicationName: 'lost',
    max: 1,
    onConnectionError: (error) => losses.push(error),
  })
  const kill = (pid: unknown) => test.database.query('select pg_terminate_backend($1)', [pid])
  const { rows } = await database.query<{ pid: number }>('select pg_backend_pid() as pid')
  await kill(rows[0]!.pid)
  await expect.poll(() => losses.length).toBe(1)
  const lost = database.transaction(async (tx) => {
    const { rows: inside } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid')
    await kill(inside[0]!.pid)
    await tx.query('select 1')
  })
  const error: unknown = await lost.catch((reason: unknown) => reason)
  expect(isConnectionLost(error) || sqlState(error) === '57P01').toBe(true)
  expect((await database.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  await database.close()
})

it('copies rows of every kind of value as they are', async () => {
  await test.database.query('create table copied (n int, t text, j jsonb, b bytea, f boolean, big bigint)')
  const rows: readonly unknown[][] = [
    [1, 'tab\there\nnew\\line\r"q"', { a: ['\\', '\n'] }, Buffer.from([0, 92, 255]), true, 9007199254740993n],
    [2, null, [1, 2], null, false, null],
    [3, '\\N', 'text', Buffer.alloc(0), null, 0n],
  ]
  const lines = rows.map((row) =>
    copyRow(row.map((value, index) => (index === 2 ? JSON.stringify(value) : value)) as never),
  )
  const count = await test.database.transaction((tx) => copyIn(tx, 'copy copied from stdin', lines))
  expect(count).toBe(3)
  const stored = await test.database.query('select n, t, j, b, f, big from copied order by n')
  expect(stored.rows.map((row) => Object.values(row))).toEqual([
    [1, 'tab\there\nnew\\line\r"q"', { a: ['\\', '\n'] }, Buffer.from([0, 92, 255]), true, '9007199254740993'],
    [2, null, [1, 2], null, false, null],
    [3, '\\N', 'text', Buffer.alloc(0), null, '0'],
  ])
})

it('keeps nothing of a copy whose source or target fails, and the connection serves on', async () => {
  await test.database.query('create table strict (n int primary key)')
  async function* breaking(): AsyncGenerator<string> {
    yield copyRow([1])
    throw new Error('the file ended')
  }
  await expect(test.database.transaction((tx) => copyIn(tx, 'copy strict from stdin', breaking()))).rejects.toThrow(
    'the file ended',
  )
  const twice = ['1\n', '1\n']
  await expect(test.database.transaction((tx) => copyIn(tx, 'copy strict from stdin', twice))).rejects.toMatchObject({
    code: '23505',
  })
  expect((await test.database.query('select count(*)::int as n from strict')).rows).toEqual([{ n: 0 }])
})

it('streams a large result in batches, with parameters, and stops when the reader does', async () => {
  const sql = 'select n from generate_series(1, $1::int) n'
  const sizes: number[] = []
  for await (const batch of streamBatches(test.database, sql, [2500], { batchSize: 1000 })) sizes.push(batch.length)
  expect(sizes).toEqual([1000, 1000, 500])
  let last = 0
  for await (const row of streamRows<{ n: number }>(test.database, sql, [1_000_000])) {
    last = row.n
    if (last === 10) break
  }
  expect(last).toBe(10)
  const inside = await test.database.transaction(async (tx) => await Array.fromAsync(streamRows(tx, sql, [3])))
  expect(inside).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
  expect(test.database.pool.idleCount).toBe(test.database.pool.totalCount)
})

it('gives the connection back when the query it streams fails', async () => {
  const failing = Array.fromAsync(streamRows(test.database, 'select n from absent where n = $1', [1]))
  await expect(failing).rejects.toMatchObject({ code: '42P01' })
  expect(test.database.pool.idleCount).toBe(test.database.pool.totalCount)
})
