import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTopics, home306, home501 } from '../testing/events.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
beforeEach(async () => {
  world = await startWorld('2024-03-31')
  const topics = createTopics()
  await world.take(
    topics.opened('anna', home306, '2024-01-01'),
    topics.acquired('anna', home306, 'EMPLOYEE', '2024-01-01'),
    topics.opened('cleo', home501, '2024-02-01'),
    topics.acquired('cleo', home501, 'EMPLOYEE', '2024-02-01'),
  )
})
afterEach(() => world?.close())

async function count(sql: string): Promise<number> {
  return (await world.database.query<{ n: number }>(`select count(*)::int as n from ${sql}`)).rows[0]!.n
}
const submitted = () => count('app.returns')
const accepted = () => count(`app.returns where state = 'accepted'`)

/** Makes the first message of an insurer stand still. */
const park = (insurer: string) =>
  world.database.query(
    `insert into es.parked (consumer, topic, key, epoch, sequence, "partition", "offset", payload, headers, reason, error)
     select 'landsbond.members', topic, 'k', 1, 1, "partition", "offset", '{}'::bytea, '{}', 'handler', 'spec'
     from app.positions where topic = $1 limit 1`,
    [`ziv.${insurer}.affiliation.v1`],
  )

test.for(['submitMonth', 'acceptMonth'] as const)('%s that was cut off goes on as the same run', async (step) => {
  const all = await world.service.submitMonth('2024-02')
  if (step === 'acceptMonth') await world.service.submitMonth('2024-03')
  const made = step === 'acceptMonth' ? accepted : submitted
  const before = await made()
  let commits = 0
  const cut = world.service[step]('2024-03', 'spec', () => {
    commits += 1
    if (commits === (step === 'acceptMonth' ? 1 : 2)) throw new Error('cut off')
  })
  await expect(cut).rejects.toThrow('cut off')
  const half = (await made()) - before
  expect(half).toBeGreaterThan(0)
  expect(half).toBeLessThan(all.done)
  const runsBefore = await count('app_runs.runs')
  expect(await world.service[step]('2024-03')).toEqual({ month: '2024-03', done: all.done, unchanged: 0, refused: [] })
  expect(await count('app_runs.runs')).toBe(runsBefore)
  expect((await made()) - before).toBe(all.done)
  const again = await world.service[step]('2024-03')
  expect(again).toEqual({ month: '2024-03', done: 0, unchanged: all.done, refused: [] })
})

test('a ziekenfonds that cannot report is left out and named with why, the others report, and the task says so', async () => {
  const all = (await world.service.submitMonth('2024-02')).done
  await park('300')
  const { done, refused } = await world.service.submitMonth('2024-03')
  expect(refused.length).toBeGreaterThan(1)
  expect(done + refused.length).toBe(all)
  expect(refused.find(({ ziekenfonds }) => ziekenfonds === '306')).toEqual({
    ziekenfonds: '306',
    code: 'messagesStandStill',
    detail: '1 messages of this insurer stand still: have them looked at and released first.',
  })
  expect(await count(`app.returns where month = '2024-03' and insurer = '300'`)).toBe(0)
  const { items } = (await world.call('system', 'GET', '/tasks')).body
  expect(items[0]).toMatchObject({ kind: 'monthSubmission' })
  const task = (await world.call('system', 'GET', `/tasks/${items[0].taskId}`)).body
  expect(task).toMatchObject({ state: 'done', progress: { done: all, total: all } })

  await world.database.query('delete from es.parked')
  expect(await world.service.submitMonth('2024-03')).toMatchObject({
    done: refused.length,
    unchanged: done,
    refused: [],
  })
})

test('a month that is not over is refused for everybody, and nothing is submitted', async () => {
  const { done, refused } = await world.service.submitMonth('2024-04')
  expect(done).toBe(0)
  expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['monthNotOver']))
  expect(await submitted()).toBe(0)
})
