import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { personIdOfRow } from '../index.ts'
import { clerkOf, nextSsin } from '../testing/clerk.ts'
import { bodyOf, memberLine, postMembers, sendMembers } from '../testing/member-files.ts'
import { key, startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld('2026-03-20')
})
afterAll(() => world?.close())

test('a file of members is taken in, worked through, and its lines can be read back by number', async () => {
  const body = bodyOf([memberLine('a'), '{"broken', memberLine('b', { ziekenfonds: '501' }), memberLine('c')])
  const headers = key()
  const first = await postMembers(world, 'clerk306', body, headers)
  expect(first).toMatchObject({ status: 202, body: { state: 'received', lines: 4 } })
  const again = await postMembers(world, 'clerk306', body, headers)
  expect([again.status, again.headers.location]).toEqual([202, first.headers.location])
  await world.module.runs.idle()
  const path = String(first.headers.location).replace('/affiliation/v1', '')
  const task = await world.call('clerk306', 'GET', path)
  const counts = { lines: 4, handled: 4, imported: 2, repeated: 0, refused: 2 }
  expect(task.body).toMatchObject({ state: 'partiallyAccepted', ...counts, completedAt: expect.any(String) })
  const issues = await world.call('clerk306', 'GET', `${path}/issues`)
  expect(issues.body).toMatchObject({ total: 2, page: 1 })
  expect(issues.body.items).toMatchObject([
    { line: 2, place: 'line 2', code: 'lineInvalid', nl: expect.stringContaining('geen geldig JSON') },
    { line: 3, place: 'line 3', code: 'foreignTenant', fr: expect.stringContaining('votre organisme assureur') },
  ])
  const csv = await world.call('clerk306', 'GET', `${path}/issues/export`)
  expect(String(csv.body).split('\r\n')[2]).toMatch(/^"3","line 3","foreignTenant"/)
  for (const part of ['', '/issues', '/issues/export']) {
    expect((await world.call('clerk501', 'GET', `${path}${part}`)).status).toBe(404)
    expect((await world.call('viewer300', 'GET', `${path}${part}`)).status).toBe(403)
    expect((await world.call('clerk306', 'GET', `/memberImports/${randomUUID()}${part}`)).status).toBe(404)
  }
})

test('what is wrong with a line is told in the sentences of the routes, in every language, and repeats nothing of the line', async () => {
  const wrong = [
    memberLine('number', { ssin: '93051822362' }),
    memberLine('fields', { ziekenfonds: '30', acquiredOn: '2024-13-01', lastName: 7, Claes: true }),
    memberLine('capacity', { capacity: 'NOBODY' }),
    '"text"',
    memberLine('mistyped', { birthdate: '1980-01-01' }),
    '[1]',
    '{"a":1',
    '{"a":1,"a":2}',
  ]
  const { headers } = await postMembers(world, 'clerk306', bodyOf(wrong), key())
  await world.module.runs.idle()
  const path = String(headers.location).replace('/affiliation/v1', '')
  const { items } = (await world.call('clerk306', 'GET', `${path}/issues`)).body as { items: Record<string, string>[] }
  const of = (line: number) => items.find((item) => Number(item.line) === line)
  const [number, capacity, text, mistyped, list, broken, twice] = [1, 3, 4, 5, 6, 7, 8].map(of)
  expect(number).toMatchObject({ code: 'inszInvalid', nl: expect.stringContaining('het controlegetal') })
  expect(number?.fr).toContain('le nombre de contrôle')
  // each wrong field of a line has its own place, and no sentence names it
  const fields = items.filter(({ line }) => Number(line) === 2)
  expect(fields.map(({ place }) => place)).toEqual([
    ...['line 2, path lastName', 'line 2, path ziekenfonds', 'line 2, path acquiredOn', 'line 2'],
  ])
  expect(fields[1]?.en).toContain(': no number of a ziekenfonds')
  expect(fields[1]?.de).toContain(': keine Nummer einer Krankenkasse')
  expect(fields[2]?.nl).toContain('een bestaande dag')
  expect(fields[3]?.en).toMatch(/unknown input at position \d+: remove it, or take one of .*ssin/)
  expect(capacity?.en).toContain('EMPLOYEE')
  expect(text?.fr).toContain('objet JSON')
  expect(text?.fr).toMatch(/^La ligne ne peut pas être utilisée : .*, ceci est un texte\./)
  expect(list?.nl).toBe(
    'De regel kan niet gebruikt worden: verwacht wordt één JSON-object, dit is een lijst. Verbeter de regel en stuur het bestand opnieuw.',
  )
  expect([broken?.en, twice?.en]).toEqual([
    expect.stringContaining('not valid JSON'),
    expect.stringContaining('one key twice'),
  ])
  expect(mistyped?.en).toMatch(/unknown input at position \d+: did you mean birthDate\?/)
  for (const item of items) {
    expect(Object.values(item).join(' ')).not.toMatch(/invalid_|INSZ_|unrecognized|Claes|NOBODY|93051822362/)
    expect(new Set([item.nl, item.fr, item.de, item.en]).size).toBe(4)
  }
})

test('a byte that is not UTF-8 refuses the whole file, names its line, and nothing of it stays', async () => {
  const state = async () => {
    const { rows } = await world.database.query(
      `select (select count(*) from app_files.files) as files, (select count(*) from app_files.pages) as pages,
              (select count(*) from app_files.issues) as issues, (select count(*) from es.events) as events`,
    )
    const keys = await world.keys.query('select count(*) from privacy.keys where wrapped is not null')
    return [rows[0], keys.rows[0]]
  }
  const before = await state()
  const body = bodyOf(Array.from({ length: 600 }, (_, row) => memberLine(`wrong-${row}`))).replace(
    /(wrong-550.*?)Claes/,
    '$1Clérin',
  )
  const headers = key()
  const answer = await postMembers(world, 'clerk306', Buffer.from(body, 'latin1'), headers)
  expect(answer.status).toBe(400)
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  expect(answer.body.issues).toMatchObject([
    {
      in: 'body',
      name: 'line 551',
      detail: 'fileNotUtf8: line 551 has a byte that is not UTF-8: save the file as UTF-8 and send it again',
    },
  ])
  expect(JSON.stringify(answer.body)).not.toContain('rin')
  await world.module.runs.idle()
  expect(await state()).toEqual(before)
  const empty = await postMembers(world, 'clerk306', '')
  expect([empty.status, empty.body.issues[0].detail]).toEqual([
    400,
    expect.stringMatching(/^fileEmpty: the file is empty/),
  ])
  expect(await state()).toEqual(before)
  expect((await postMembers(world, 'clerk306', body, headers)).status).toBe(202)
  await world.module.runs.idle()
})

describe('the proofs of a row', () => {
  const bare = (rowId: string, more: Readonly<Record<string, unknown>> = {}) => ({
    ...memberLine(rowId, more),
    evidence: undefined,
  })
  const record = (rowId: string) => ({ ...memberLine(rowId), evidence: [{ kind: 'migratedRecord', source: 'ours' }] })
  const issuesOf = async (as: string, lines: readonly object[]) => {
    const { path } = await sendMembers(world, as, lines)
    return (await world.call(as, 'GET', `${path}/issues`)).body.items
  }

  test('are asked of a ziekenfonds as for one member, in the same words', async () => {
    const personId = await clerkOf(world).register()
    const capacity = { kind: 'EMPLOYEE', acquiredOn: '2026-01-05', requestedOn: '2026-01-06' }
    const words = async (evidence: readonly object[], language: string) => {
      const body = { ziekenfonds: '306', capacity: { ...capacity, evidence } }
      const headers = { ...key(), 'accept-language': language }
      return (await world.call('clerk306', 'POST', `/persons/${personId}/affiliations`, body, headers)).body.detail
    }
    const items = await issuesOf('clerk306', [bare('bare'), record('record')])
    expect(items).toMatchObject([
      { line: 1, code: 'evidenceMissing' },
      { line: 2, code: 'evidenceNotOfCapacity' },
    ])
    for (const language of ['nl', 'en']) {
      expect(items[0][language]).toBe(await words([], language))
      expect(items[1][language]).toBe(await words(record('x').evidence, language))
    }
  })

  test('are those of the system it comes from in a file of the operator, but for an income that nobody knows', async () => {
    const partner = { capacity: 'DEPENDANT_SPOUSE', holderRowId: 'moved', ssin: nextSsin('1988-01-01') }
    const income = { kind: 'incomeProof', quarter: '2026Q1', grossCents: 0, source: 'wageSlips', ownFreeRight: false }
    const holder = bare('moved')
    const known = { ...bare('known', partner), evidence: [...record('x').evidence, income] }
    expect(await issuesOf('system', [holder, bare('partner', partner)])).toMatchObject([
      { line: 2, code: 'evidenceMissing', en: expect.stringContaining('proof of income') },
    ])
    expect(await issuesOf('system', [holder, known])).toEqual([])
  })
})

test('two ziekenfondsen number their rows alike and import two persons', async () => {
  const one = await sendMembers(world, 'clerk306', [memberLine('1')])
  const other = await sendMembers(world, 'clerk501', [memberLine('1', { ziekenfonds: '501' })])
  for (const { counts } of [one, other]) expect(counts).toEqual({ imported: 1, repeated: 0, refused: 0 })
  expect(personIdOfRow('1', '306')).not.toBe(personIdOfRow('1', '501'))
})

test('a row that touches a member of another ziekenfonds is refused, whatever it claims', async () => {
  const holderPersonId = await clerkOf(world).member('clerk306', '306')
  const child = { capacity: 'DEPENDANT_CHILD', ziekenfonds: '501', holderPersonId, ssin: nextSsin('2020-05-05') }
  const own = { ziekenfonds: '501', personId: holderPersonId }
  const { counts, issues } = await sendMembers(world, 'clerk501', [memberLine('child', child), memberLine('same', own)])
  expect(counts).toEqual({ imported: 0, repeated: 0, refused: 2 })
  expect(issues).toEqual([
    [1, 'foreignTenant'],
    [2, 'foreignTenant'],
  ])
})

test('a ziekenfonds that there is not is told as such, another one as not that of the sender', async () => {
  const lines = ['999', '501'].map((ziekenfonds) => memberLine(`of-${ziekenfonds}`, { ziekenfonds }))
  const { issues } = await sendMembers(world, 'clerk306', lines)
  expect(issues).toEqual([
    [1, 'ziekenfondsUnknown'],
    [2, 'foreignTenant'],
  ])
})

test('a known row with other content says that it differs, the same content is repeated', async () => {
  const line = memberLine('known')
  await sendMembers(world, 'clerk306', [line])
  const more = await sendMembers(world, 'clerk306', [line, memberLine('beside')])
  expect(more.counts).toEqual({ imported: 1, repeated: 1, refused: 0 })
  for (const more of [{ lastName: 'Peeters' }, { acquiredOn: '2026-01-06' }, { capacity: 'SELF_EMPLOYED' }]) {
    const { counts, issues } = await sendMembers(world, 'clerk306', [{ ...line, ...more }])
    expect([counts, issues]).toEqual([{ imported: 0, repeated: 0, refused: 1 }, [[1, 'rowDiffers']]])
  }
})

test('a name in another encoding than UTF-8, or with half a character, is refused at its line', async () => {
  const { issues } = await sendMembers(world, 'clerk306', [
    memberLine('latin', { lastName: 'Andr\uFFFD' }),
    memberLine('half', { lastName: 'Andr\uD800' }),
    memberLine('nul', { lastName: 'Andr\u0000' }),
  ])
  expect(issues).toEqual([1, 2, 3].map((line) => [line, 'lineInvalid']))
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
