import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, templateOf } from './test-database.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ziv-migrations-'))
  await writeFile(join(folder, '0001_first.sql'), `create table t (n int); comment on table t is '${folder}';`)
})
afterAll(() => rm(folder, { recursive: true }))

it('gives every caller a database of its own from one template, also when many ask at once', async () => {
  const all = await Promise.all(Array.from({ length: 6 }, () => createTestDatabase({ migrations: [folder], max: 1 })))
  await Promise.all(all.map(({ database }, n) => database.query('insert into t values ($1)', [n])))
  const contents = await Promise.all(all.map(({ database }) => database.query('select n from t')))
  expect(contents.map(({ rows }) => rows)).toEqual(all.map((_, n) => [{ n }]))
  const { rows } = await all[0]!.database.query('select datname as name from pg_database where datname like $1', [
    `${await templateOf([folder])}%`,
  ])
  expect(rows).toEqual([{ name: await templateOf([folder]) }])
  await Promise.all(all.map((test) => test.drop()))
})
