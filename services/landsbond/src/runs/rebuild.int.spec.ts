import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTopics, home306 } from '../testing/events.ts'
import { anyHistory } from '../testing/history.ts'
import { startWorld, type World } from '../testing/world.ts'

const tables = ['member_counts', 'member_changes_to_come', 'month_amounts', 'returns'] as const
const [history = []] = fc.sample(anyHistory, { numRuns: 1, seed: 20_240_702 })

let world: World
beforeEach(async () => {
  world = await startWorld('2024-04-02')
  await world.take(...history)
  await world.service.submitMonth('2024-02')
  await world.service.acceptMonth('2024-02')
  await world.service.submitMonth('2024-03')
})
afterEach(() => world?.close())

async function figures(): Promise<unknown[]> {
  const all: unknown[] = []
  for (const table of tables) {
    const { rows } = await world.database.query<{ row: string }>(
      `select (to_jsonb(t) - 'changed_tx')::text as row from app.${table} t
        where coalesce((to_jsonb(t) ->> 'members')::int, 1) <> 0 order by 1`,
    )
    all.push(rows.map(({ row }) => row))
  }
  return all
}

async function spoil(): Promise<void> {
  await world.database.query('delete from app.member_changes_to_come')
  await world.database.query('update app.member_counts set members = members + 7')
  await world.database.query(`insert into app.member_counts (insurer, ziekenfonds, capacity, partition, members, insured)
    values ('900', '900', 'EMPLOYEE', 3, 5, 5)`)
  await world.database.query('update app.month_amounts set claims = claims + 1')
  await world.database.query(`delete from app.returns where month = '2024-02'`)
  await world.database.query(`update app.returns set state = 'refused', reason = 'by hand'`)
}

const runs = async (): Promise<number> =>
  (await world.database.query<{ n: number }>(`select count(*)::int as n from app_runs.runs where kind = 'rebuild'`))
    .rows[0]!.n

/** Rebuilds until so many commits were made, then breaks off. */
async function cutAfter(commits: number): Promise<void> {
  let seen = 0
  const cut = world.service.rebuild(() => {
    seen += 1
    if (seen === commits) throw new Error('cut off')
  })
  await expect(cut).rejects.toThrow('cut off')
}

test('a rebuild in one go gives the figures from before', async () => {
  const before = await figures()
  await spoil()
  expect(await figures()).not.toEqual(before)
  const { rebuilt } = await world.service.rebuild()
  expect(rebuilt).toBeGreaterThan(20)
  expect(await figures()).toEqual(before)
})

test('a rebuild that was stopped among the figures and among the returns goes on and ends equal', async () => {
  const before = await figures()
  await spoil()
  await cutAfter(3)
  expect(await figures()).not.toEqual(before)
  await cutAfter(20)
  const { rebuilt } = await world.service.rebuild()
  expect(await runs()).toBe(1)
  expect(await figures()).toEqual(before)
  // again, in one go: the same number of persons
  expect(await world.service.rebuild()).toEqual({ rebuilt })
  expect(await figures()).toEqual(before)
})

test('events that are taken in while a rebuild is stopped count once', async () => {
  await spoil()
  await cutAfter(4)
  const topics = createTopics()
  const later = Array.from({ length: 16 }, (_, n) => `later-${n}`)
  await world.take(...later.map((who) => topics.opened(who, home306, '2024-03-01')).map(atTheEnd))
  await world.service.rebuild()
  const resumed = await figures()
  await world.service.rebuild()
  expect(await figures()).toEqual(resumed)
  for (const finding of await world.findings()) expect(finding).toMatchObject({ ok: true, check: finding.check })
})

/** Behind what the history put into the topic. */
const atTheEnd = <T extends { readonly offset: string }>(event: T): T => ({
  ...event,
  offset: String(Number(event.offset) + 10_000),
})

test('a rebuild is started by the system alone, over the API, and its task is the answer', async () => {
  expect((await world.call('approver300', 'POST', '/rebuilds', {})).status).toBe(403)
  const { status, body } = await world.call('system', 'POST', '/rebuilds', {})
  expect([status, body.kind, body.href]).toEqual([202, 'rebuild', `/landsbond/v1/tasks/${body.taskId}`])
  await world.service.runs.idle()
  const task = (await world.call('system', 'GET', `/tasks/${body.taskId}`)).body
  expect(task).toMatchObject({ taskId: body.taskId, kind: 'rebuild', state: 'done', startedAt: body.startedAt })
  for (const finding of await world.findings()) expect(finding).toMatchObject({ ok: true, check: finding.check })
})

test('a rebuild is a task of the system and the supervisor, of no ziekenfonds and no landsbond', async () => {
  await cutAfter(5)
  const { items: tasks } = (await world.call('system', 'GET', '/tasks')).body
  const items = tasks.filter(({ kind }: { kind: string }) => kind === 'rebuild')
  expect(items).toMatchObject([{ kind: 'rebuild', state: 'processing', progress: { done: 5 } }])
  const path = `/tasks/${items[0].taskId}`
  expect((await world.call('supervisor', 'GET', path)).body).toMatchObject({
    state: 'processing',
    progress: { done: 5 },
  })
  await world.service.rebuild()
  const { status, body } = await world.call('supervisor', 'GET', path)
  expect([status, body.state, body.progress.done]).toEqual([200, 'done', body.progress.total])
  for (const caller of ['clerk306', 'approver300'] as const) {
    expect((await world.call(caller, 'GET', path)).status).toBe(403)
    expect((await world.call(caller, 'GET', '/tasks')).status).toBe(403)
  }
})

test('a rebuild in which a key fails says so', async () => {
  await world.database.query(`alter table app.returns add constraint broken check (month <> '2024-02') not valid`)
  await expect(world.service.rebuild()).rejects.toThrow(/is done, \d+ keys failed/)
})
