import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { MigrationError, migrate } from './index.ts'

let test: TestDatabase
let around: string
let folder: string

beforeEach(async () => {
  test = await createTestDatabase({ migrations: [] })
  around = await mkdtemp(join(tmpdir(), 'ziv-migrations-'))
  folder = join(around, 'spec')
  await mkdir(folder)
})
afterEach(async () => {
  await test.drop()
  await rm(around, { recursive: true })
})

const put = (name: string, sql: string): Promise<void> => writeFile(join(folder, name), sql)
const run = async () => (await migrate(test.database, [folder]))[0]!

it('runs each file once, in order', async () => {
  await put('0001_first.sql', 'create table a (id int primary key); insert into a values (1);')
  await put('0002_second.sql', 'insert into a select id + 1 from a;')
  expect(await run()).toEqual({ namespace: 'spec', applied: ['0001_first.sql', '0002_second.sql'] })
  expect((await run()).applied).toEqual([])
  await put('0003_third.sql', 'insert into a values (9);')
  expect((await run()).applied).toEqual(['0003_third.sql'])
  expect((await test.database.query('select id from a order by id')).rows).toEqual([{ id: 1 }, { id: 2 }, { id: 9 }])
})

it('books folders under the names of what they belong to, in their order', async () => {
  for (const name of ['one', 'two']) {
    await mkdir(join(folder, name, 'migrations'), { recursive: true })
    await writeFile(join(folder, name, 'migrations', '0001_first.sql'), `create table ${name} (id int)`)
  }
  const folders = ['one', 'two'].map((name) => join(folder, name, 'migrations'))
  expect(await migrate(test.database, folders)).toEqual([
    { namespace: 'one', applied: ['0001_first.sql'] },
    { namespace: 'two', applied: ['0001_first.sql'] },
  ])
  expect(await migrate(test.database, folders.toReversed())).toEqual([
    { namespace: 'two', applied: [] },
    { namespace: 'one', applied: [] },
  ])
})

it('lets concurrent migrators wait for one another', async () => {
  await put('0001_slow.sql', 'create table a (id int); select pg_sleep(0.2);')
  const results = await Promise.all([run(), run(), run(), run()])
  expect(results.flatMap(({ applied }) => applied)).toEqual(['0001_slow.sql'])
})

it('refuses a hole in the numbers, a wrong name and a folder that is not there', async () => {
  await put('0002_second.sql', 'select 1')
  await expect(run()).rejects.toThrow(/expected 0001_/)
  await rename(join(folder, '0002_second.sql'), join(folder, '1_first.sql'))
  await expect(run()).rejects.toThrow(MigrationError)
  await expect(migrate(test.database, [join(folder, 'absent')])).rejects.toThrow('check the path')
})

it('refuses a file that changed after it was applied, but not its line endings', async () => {
  await put('0001_first.sql', 'select 1;\nselect 2;\n')
  await run()
  await put('0001_first.sql', 'select 1;\r\nselect 2;\r\n')
  expect((await run()).applied).toEqual([])
  await put('0001_first.sql', 'select 3;')
  await expect(run()).rejects.toThrow(/was changed after it was applied .* put the change in a new file/)
})

it('refuses a database that is ahead of the files', async () => {
  await put('0001_first.sql', 'select 1')
  await put('0002_second.sql', 'select 1')
  await run()
  await rm(join(folder, '0002_second.sql'))
  await expect(run()).rejects.toThrow('spec/0002_second.sql that this version does not know')
})

it('names file, line and cause of a failing statement and keeps nothing of that file', async () => {
  await put('0001_good.sql', 'create table a (id int);')
  await put('0002_bad.sql', 'create table b (id int);\n\ncreate table a (id nonsense);')
  await expect(run()).rejects.toThrow(/0002_bad\.sql:3: type "nonsense" does not exist \(SQLSTATE 42704\)/)
  const { rows } = await test.database.query("select tablename from pg_tables where schemaname = 'public'")
  expect(rows).toEqual([{ tablename: 'a' }])
})
