import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerkOf, nextSsin } from '../testing/clerk.ts'
import { key, startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld('2026-03-20')
})
afterAll(() => world?.close())

test('a file of members is taken in, worked through, and its lines can be read back by number', async () => {
  const line = (rowId: string, more: object = {}) =>
    JSON.stringify({
      ...{
        rowId,
        ssin: nextSsin('1990-01-01'),
        lastName: 'Claes',
        firstNames: 'An',
        ziekenfonds: '306',
        capacity: 'EMPLOYEE',
      },
      ...{ acquiredOn: '2026-01-05', requestedOn: '2026-01-06', ...more },
    })
  const body = [line('a'), '{"broken', line('b', { ziekenfonds: '501' }), line('c')].join('\n')
  const upload = async (headers: Record<string, string>) => {
    const answer = await world.app.inject({
      method: 'POST',
      url: '/affiliation/v1/memberImports',
      payload: body,
      headers: { authorization: 'Bearer clerk306', 'content-type': 'application/jsonl', ...headers },
    })
    return { status: answer.statusCode, location: String(answer.headers.location) }
  }
  const headers = key()
  const first = await upload(headers)
  expect(first.status).toBe(202)
  expect(await upload(headers)).toEqual(first)
  await world.module.settled()
  const path = first.location.replace('/affiliation/v1', '')
  const task = await world.call('clerk306', 'GET', path)
  expect(task.body).toMatchObject({ state: 'completed', lines: 4, handled: 4, imported: 2, repeated: 0, refused: 2 })
  const issues = await world.call('clerk306', 'GET', `${path}/issues`)
  expect(issues.body.items.map((item: { line: number; code: string }) => [item.line, item.code])).toEqual([
    [2, 'importLineInvalid'],
    [3, 'foreignTenant'],
  ])
  expect((await world.call('clerk501', 'GET', path)).status).toBe(404)
  expect((await world.call('clerk306', 'GET', `/memberImports/${randomUUID()}`)).status).toBe(404)
})

test('no number and no name rests in the clear in any table', async () => {
  const { member } = clerkOf(world)
  for (let n = 0; n < 10; n += 1) await member()
  const ssin = nextSsin('1966-06-06')
  const body = { ssin, lastName: 'Zeldzamenaam', firstNames: 'Onvergetelijk', birthDate: '1966-06-06' }
  await world.call('clerk306', 'POST', '/persons', body, key())
  const formatted = [ssin, 'Zeldzamenaam', 'Onvergetelijk', 'Peeters', 'Lotte', 'Claes']
  let searched = 0
  for (const database of [world.database, world.keys]) {
    const { rows: tables } = await database.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
    )
    for (const { name } of tables) {
      const { rows } = await database.query<{ text: string }>(`select t::text as text from ${name} t`)
      searched += rows.length
      for (const { text } of rows) for (const secret of formatted) expect(text.includes(secret)).toBe(false)
    }
  }
  expect(searched).toBeGreaterThan(100)
})
