import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importMembers, memberImportRow, personIdOfRow } from '../index.ts'
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

const memberLine = (rowId: string, more: object = {}) => ({
  ...{ rowId, ssin: nextSsin('1990-01-01'), lastName: 'Claes', firstNames: 'An', ziekenfonds: '306' },
  ...{ capacity: 'EMPLOYEE', acquiredOn: '2026-01-05', requestedOn: '2026-01-06', ...more },
})

async function send(as: string, rows: readonly object[]) {
  const answer = await world.app.inject({
    method: 'POST',
    url: '/affiliation/v1/memberImports',
    payload: rows.map((row) => JSON.stringify(row)).join('\n'),
    headers: { authorization: `Bearer ${as}`, 'content-type': 'application/jsonl', ...key() },
  })
  expect(answer.statusCode).toBe(202)
  await world.module.settled()
  const path = String(answer.headers.location).replace('/affiliation/v1', '')
  const issues = (await world.call(as, 'GET', `${path}/issues`)).body.items as { line: number; code: string }[]
  const { imported, repeated, refused } = (await world.call(as, 'GET', path)).body
  return { counts: { imported, repeated, refused }, issues: issues.map(({ line, code }) => [line, code]) }
}

test('a byte that is not UTF-8 refuses the whole file, names its line, and nothing of it stays', async () => {
  const state = async () => {
    const { rows } = await world.database.query(
      `select (select count(*) from app.member_imports) as imports, (select count(*) from app.member_import_batches) as batches,
              (select count(*) from es.events) as events`,
    )
    const keys = await world.keys.query('select count(*) from privacy.keys where wrapped is not null')
    return [rows[0], keys.rows[0]]
  }
  const before = await state()
  const rows = Array.from({ length: 600 }, (_, row) => memberLine(`wrong-${row}`))
  const body = rows
    .map((row) => JSON.stringify(row))
    .join('\n')
    .replace(/(wrong-550.*?)Claes/, '$1Clérin')
  const upload = (payload: Buffer, headers: Record<string, string>) =>
    world.app.inject({
      ...{ method: 'POST', url: '/affiliation/v1/memberImports', payload },
      headers: { authorization: 'Bearer clerk306', 'content-type': 'application/jsonl', ...headers },
    })
  const headers = key()
  const answer = await upload(Buffer.from(body, 'latin1'), headers)
  expect(answer.statusCode).toBe(400)
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  expect(answer.json().issues).toMatchObject([
    { in: 'body', name: 'line 551', detail: expect.stringContaining('UTF-8') },
  ])
  expect(answer.body).not.toContain('rin')
  await world.module.settled()
  expect(await state()).toEqual(before)
  expect((await upload(Buffer.from(body), headers)).statusCode).toBe(202)
  await world.module.settled()
})

test('two ziekenfondsen number their rows alike and import two persons', async () => {
  const one = await send('clerk306', [memberLine('1')])
  const other = await send('clerk501', [memberLine('1', { ziekenfonds: '501' })])
  for (const { counts } of [one, other]) expect(counts).toEqual({ imported: 1, repeated: 0, refused: 0 })
  expect(personIdOfRow('1', '306')).not.toBe(personIdOfRow('1', '501'))
})

test('a row that touches a member of another ziekenfonds is refused, whatever it claims', async () => {
  const holderPersonId = await clerkOf(world).member('clerk306', '306')
  const child = { capacity: 'DEPENDANT_CHILD', ziekenfonds: '501', holderPersonId, ssin: nextSsin('2020-05-05') }
  const own = { ziekenfonds: '501', personId: holderPersonId }
  const { counts, issues } = await send('clerk501', [memberLine('child', child), memberLine('same', own)])
  expect(counts).toEqual({ imported: 0, repeated: 0, refused: 2 })
  expect(issues).toEqual([
    [1, 'foreignTenant'],
    [2, 'foreignTenant'],
  ])
})

test('a known row with other content says that it differs, the same content is repeated', async () => {
  const line = memberLine('known')
  await send('clerk306', [line])
  expect((await send('clerk306', [line])).counts).toEqual({ imported: 0, repeated: 1, refused: 0 })
  for (const more of [{ lastName: 'Peeters' }, { acquiredOn: '2026-01-06' }, { capacity: 'SELF_EMPLOYED' }]) {
    const { counts, issues } = await send('clerk306', [{ ...line, ...more }])
    expect([counts, issues]).toEqual([{ imported: 0, repeated: 0, refused: 1 }, [[1, 'rowDiffers']]])
  }
})

test('a name in another encoding than UTF-8, or with half a character, is refused at its line', async () => {
  const { issues } = await send('clerk306', [
    memberLine('latin', { lastName: 'Andr\uFFFD' }),
    memberLine('half', { lastName: 'Andr\uD800' }),
    memberLine('nul', { lastName: 'Andr\u0000' }),
  ])
  expect(issues).toEqual([1, 2, 3].map((line) => [line, 'importLineInvalid']))
})

test('an upload that broke off goes with its key after a day, and one that failed at once', async () => {
  const keyId = randomUUID()
  const importId = randomUUID()
  await world.deps.vault.seal([{ subjectId: keyId, context: `${importId}/batch/0`, plaintext: 'Claes' }])
  await world.database.query(
    `insert into app.member_imports (import_id, key_id, state, actor, started_at)
     values ($1, $2, 'receiving', 'clerk-306', $3)`,
    [importId, keyId, '2026-03-18T00:00:00.000Z'],
  )
  await send('clerk306', [memberLine('after')])
  const { rows } = await world.database.query('select 1 from app.member_imports where import_id = $1', [importId])
  expect(rows).toEqual([])
  const sealing = world.deps.vault.seal([{ subjectId: keyId, context: 'x', plaintext: 'x' }])
  await expect(sealing).rejects.toThrow()
})

test('what a batch did is booked with it: a stop right after counts nothing twice', async () => {
  const counted: number[] = []
  const row = memberImportRow.parse(memberLine('booked'))
  const rows = async function* () {
    yield row
  }
  const stop = importMembers(world.module, rows(), {
    inTransaction: async (_tx, chunk) => {
      counted.push(chunk.imported)
      throw new Error('stopped before the counts were stored')
    },
  })
  await expect(stop).rejects.toThrow('stopped')
  const again = await importMembers(world.module, rows())
  expect([counted, again.imported]).toEqual([[1], 1])
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
