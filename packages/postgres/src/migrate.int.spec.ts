import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterEach, beforeEach, expect, inject, it } from 'vitest'
import { detectDrift, MigrationError, migrate } from './index.ts'

let test: TestDatabase
let folder: string

beforeEach(async () => {
  test = await createTestDatabase({ migrations: [] })
  folder = await mkdtemp(join(tmpdir(), 'ziv-migrations-'))
})
afterEach(async () => {
  await test.drop()
  await rm(folder, { recursive: true })
})

const put = (name: string, sql: string): Promise<void> => writeFile(join(folder, name), sql)
const run = () => migrate(test.database, { folder, namespace: 'spec' })

it('runs each file once, in order', async () => {
  await put('0001_first.sql', 'create table a (id int primary key); insert into a values (1);')
  await put('0002_second.sql', 'insert into a select id + 1 from a;')
  expect(await run()).toEqual({ namespace: 'spec', applied: ['0001_first.sql', '0002_second.sql'] })
  expect((await run()).applied).toEqual([])
  await put('0003_third.sql', 'insert into a values (9);')
  expect((await run()).applied).toEqual(['0003_third.sql'])
  expect((await test.database.query('select id from a order by id')).rows).toEqual([{ id: 1 }, { id: 2 }, { id: 9 }])
})

it('keeps folders under different names apart and can work in a schema', async () => {
  await put('0001_first.sql', 'create table here (id int)')
  await migrate(test.database, { folder, namespace: 'one', schema: 'one' })
  await migrate(test.database, { folder, namespace: 'two', schema: 'two' })
  const { rows } = await test.database.query("select schemaname from pg_tables where tablename = 'here' order by 1")
  expect(rows).toEqual([{ schemaname: 'one' }, { schemaname: 'two' }])
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
  await expect(migrate(test.database, { folder: join(folder, 'absent') })).rejects.toThrow('check the path')
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

it('finds every difference between a database and its migrations', async () => {
  const sql = `create schema app;
    create table app.person (id int primary key, name text not null default 'x');
    create index person_name on app.person (name);
    create function app.twice(n int) returns int language sql as 'select n * 2';
    create view app.names as select name from app.person;`
  await put('0001_first.sql', sql)
  await run()
  const options = { migrations: [{ folder, namespace: 'spec' }], adminConnectionString: inject('zivPostgresUrl') }
  expect(await detectDrift(test.database, options)).toEqual([])
  await test.database.query(`
    drop index app.person_name;
    alter table app.person alter column name drop default, add column note text;
    create or replace function app.twice(n int) returns int language sql as 'select n * 3';
    create table app.extra (id int)`)
  const findings = await detectDrift(test.database, options)
  expect(findings.map(({ object, problem }) => `${problem} ${object}`)).toEqual([
    'unexpected column app.extra.id',
    'different column app.person.name',
    'unexpected column app.person.note',
    'different function app.twice(n integer)',
    'missing index app.person_name',
    'unexpected table app.extra',
  ])
  expect(findings[1]).toMatchObject({ expected: "text not null default 'x'::text", actual: 'text not null' })
})
