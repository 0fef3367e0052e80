import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memberLine as line, sendMembers } from '../testing/member-files.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld('2026-03-20')
})
afterAll(() => world?.close())

/** Sends lines as a caller; answers with the id of the import once it was worked through. */
const imported = async (as: string, lines: readonly (object | string)[]): Promise<string> =>
  (await sendMembers(world, as, lines)).importId

const tasksOf = async (as: string, query = '') => {
  const { status, body } = await world.call(as, 'GET', `/tasks${query}`)
  expect(status).toBe(200)
  return body.items.map(({ taskId }: { taskId: string }) => taskId) as string[]
}

test('an import is a task of its ziekenfonds and its landsbond, and leads to its result', async () => {
  const importId = await imported('clerk306', [line('a'), '{"broken', line('b')])
  const list = await world.call('clerk306', 'GET', '/tasks')
  expect(list.body.items).toEqual([
    {
      ...{ taskId: importId, kind: 'memberImport', state: 'done', progress: { done: 3, total: 3 } },
      ...{ startedAt: expect.any(String), completed: expect.any(String), href: `/affiliation/v1/tasks/${importId}` },
    },
  ])
  for (const caller of ['clerk306', 'system']) {
    expect(await tasksOf(caller)).toEqual([importId])
    const task = await world.call(caller, 'GET', `/tasks/${importId}`)
    expect([task.status, task.headers.location]).toEqual([303, `/affiliation/v1/memberImports/${importId}`])
  }
  // what a landsbond may not read it is not led to
  expect(await tasksOf('viewer300')).toEqual([importId])
  expect(await world.call('viewer300', 'GET', `/tasks/${importId}`)).toMatchObject({
    status: 200,
    body: { state: 'done' },
  })
  expect((await world.call('viewer300', 'GET', `/memberImports/${importId}`)).status).toBe(403)
})

test('one that is at work says how far it is; one whose body still comes in is none yet', async () => {
  const importId = await imported('clerk306', [line('c')])
  const put = (state: string) =>
    world.database.query(
      `update app_files.files set state = $2, outcome = null, completed_at = null, counts = '{}' where file_id = $1`,
      [importId, state],
    )
  await put('processing')
  const task = await world.call('clerk306', 'GET', `/tasks/${importId}`)
  expect(task).toMatchObject({ status: 200, body: { state: 'processing', progress: { done: 1, total: 1 } } })
  await put('receiving')
  expect((await world.call('clerk306', 'GET', `/tasks/${importId}`)).status).toBe(404)
})

test("another's work is not there, nor is that of the system for a ziekenfonds", async () => {
  const own = await imported('clerk306', [line('d')])
  const ofSystem = await imported('system', [line('e')])
  expect(await tasksOf('clerk501')).toEqual([])
  expect((await world.call('clerk501', 'GET', `/tasks/${own}`)).status).toBe(404)
  expect((await world.call('clerk306', 'GET', `/tasks/${ofSystem}`)).status).toBe(404)
  expect(await tasksOf('viewer300')).not.toContain(ofSystem)
  expect(await tasksOf('system')).toEqual(expect.arrayContaining([own, ofSystem]))
  expect((await world.call('clerk306', 'GET', `/tasks/${randomUUID()}`)).status).toBe(404)
})

test('the list comes in pages, the newest first', async () => {
  for (const rowId of ['f', 'g', 'h']) await imported('clerk306', [line(rowId)])
  const all = await tasksOf('clerk306')
  const seen: string[] = []
  for (let next = '/affiliation/v1/tasks?pageSize=2'; next; ) {
    const page = await world.call('clerk306', 'GET', next.replace('/affiliation/v1', ''))
    seen.push(...page.body.items.map(({ taskId }: { taskId: string }) => taskId))
    next = page.body.next ?? ''
  }
  expect(seen).toEqual(all)
  expect(new Set(seen).size).toBe(seen.length)
  expect((await world.call('clerk306', 'GET', '/tasks?cursor=bm9uc2Vuc2U')).status).toBe(400)
})
