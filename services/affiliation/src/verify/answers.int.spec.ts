import { afterAll, beforeAll, expect, test } from 'vitest'
import { memberLine, sendMembers } from '../testing/member-files.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
let fileId = ''
beforeAll(async () => {
  world = await startWorld('2026-03-20')
  fileId = (await sendMembers(world, 'clerk306', [memberLine('one'), '{'])).importId
})
afterAll(() => world?.close())

const failed = async () =>
  (await Array.fromAsync(world.module.verify())).filter(({ ok }) => !ok).map(({ check, detail }) => [check, detail])

const changes: readonly (readonly [table: string, change: string])[] = [
  ['app_files.files', `counts = jsonb_set(counts, '{imported}', '2')`],
  ['app_files.files', `ziekenfonds = '999'`],
  ['app_files.files', `received_at = received_at - interval '1 day'`],
  ['app_files.issues', 'line = line + 1'],
  ['app_files.issues', `ziekenfonds = '999'`],
  ['app_files.issues', `fr = 'rien'`],
]

test.for(changes)('the answer to a file of members is held to the log: %s, %s', async ([table, change]) => {
  expect(await failed()).toEqual([])
  const { database } = world
  await database.query(`create table public.kept as table ${table}`)
  expect((await database.query(`update ${table} set ${change} where file_id = $1`, [fileId])).rowCount).toBe(1)
  const check = 'affiliation: answers to files of members equal what was recorded with their end'
  expect(await failed()).toEqual([[check, `1 differ: ${fileId}`]])
  await database.query(`delete from ${table}`)
  await database.query(`insert into ${table} select * from public.kept`)
  await database.query('drop table public.kept')
  expect(await failed()).toEqual([])
})
