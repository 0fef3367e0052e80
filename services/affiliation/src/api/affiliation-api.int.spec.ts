import { randomUUID } from 'node:crypto'
import { isoDate, makeInsz } from '@ziv/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { key, startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld('2026-03-20')
})
afterAll(() => world?.close())

let serial = 1
const nextSsin = (birthDate = '1985-07-30'): string => {
  serial += 1
  return makeInsz(isoDate(birthDate), serial)
}
const employer = { kind: 'employerProof', rszNumber: '0102077120', issuedOn: '2026-03-15' }
const employed = { kind: 'EMPLOYEE', acquiredOn: '2026-03-15', evidence: [employer] }

async function register(ssin = nextSsin(), as = 'clerk306', birthDate = '1985-07-30'): Promise<string> {
  const body = { ssin, lastName: 'Peeters', firstNames: 'Lotte', birthDate }
  const answer = await world.call(as, 'POST', '/persons', body, key())
  expect(answer.status).toBe(201)
  return answer.body.personId
}

async function member(as = 'clerk306', ziekenfonds = '306'): Promise<string> {
  const personId = await register(nextSsin(), as)
  const answer = await world.call(
    as,
    'POST',
    `/persons/${personId}/affiliations`,
    { ziekenfonds, capacity: employed },
    key(),
  )
  expect(answer.status).toBe(201)
  return personId
}

test('a clerk registers a person and affiliates her as an employee from the first day of the quarter', async () => {
  const ssin = nextSsin()
  const personId = await register(ssin)
  const opened = await world.call(
    'clerk306',
    'POST',
    `/persons/${personId}/affiliations`,
    { ziekenfonds: '306', capacity: employed },
    key(),
  )
  expect(opened).toMatchObject({ status: 201, body: { from: '2026-01-01' }, headers: { etag: '"3"' } })
  const read = await world.call('clerk306', 'GET', `/persons/${personId}`)
  expect(read.headers.etag).toBe('"3"')
  expect(read.body).toMatchObject({
    ...{
      personId,
      insurer: '300',
      ziekenfonds: '306',
      birthDate: '1985-07-30',
      sex: Number(ssin.slice(6, 9)) % 2 ? 'M' : 'F',
    },
    identity: { ssin, lastName: 'Peeters', firstNames: 'Lotte' },
    capacities: [{ capacity: 'EMPLOYEE', from: '2026-01-01', acquiredOn: '2026-03-15', current: true }],
  })
  const before = await world.call('clerk306', 'GET', `/persons/${personId}?asOf=2025-12-31`)
  expect(before.body.insurer).toBeUndefined()
  expect((await world.call('clerk306', 'GET', `/persons/${personId}?knownAt=2020-01-01T00:00:00.000Z`)).status).toBe(
    404,
  )
})

test('the outbox tells other services, without a name or a number', async () => {
  const personId = await member()
  const { rows } = await world.database.query<{ topic: string; type: string; payload: Record<string, unknown> }>(
    'select topic, type, payload from es.outbox where key = $1 order by id',
    [personId],
  )
  expect(rows.map((row) => [row.topic, row.type])).toEqual([
    ['ziv.300.affiliation.v1', 'be.ziv.affiliation.v1.affiliations.notify.opened'],
    ['ziv.300.affiliation.v1', 'be.ziv.affiliation.v1.capacities.notify.acquired'],
  ])
  expect(rows[1]?.payload).toMatchObject({
    personId,
    capacity: 'EMPLOYEE',
    from: '2026-01-01',
    requestedOn: '2026-03-20',
  })
})

test('two registrations of one number at the same moment: one wins, the other is told to look the person up', async () => {
  const ssin = nextSsin()
  const body = { ssin, lastName: 'Maes', firstNames: 'Jan' }
  const answers = await Promise.all([1, 2, 3, 4].map(() => world.call('clerk306', 'POST', '/persons', body, key())))
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409])
  const refused = answers.find((answer) => answer.status === 409)
  expect(refused?.body.type).toBe('urn:problem-type:ziv:affiliation:inszAlreadyRegistered')
  expect(JSON.stringify(refused?.body)).not.toContain(ssin)
  const found = await world.call('clerk501', 'POST', '/persons/query', { ssin })
  expect(found.body.items).toHaveLength(1)
})

test('two clerks affiliate one person at the same moment: one wins, the other gets 409', async () => {
  for (let round = 0; round < 5; round++) {
    const personId = await register()
    const path = `/persons/${personId}/affiliations`
    const answers = await Promise.all([
      world.call('clerk306', 'POST', path, { ziekenfonds: '306', capacity: employed }, key()),
      world.call('clerk501', 'POST', path, { ziekenfonds: '501', capacity: employed }, key()),
    ])
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409])
    const open = await world.database.query('select 1 from app.affiliations where person_id = $1', [personId])
    expect(open.rowCount).toBe(1)
  }
})

test('a repeated key gives the same answer and changes nothing', async () => {
  const personId = await register()
  const headers = key()
  const path = `/persons/${personId}/affiliations`
  const first = await world.call('clerk306', 'POST', path, { ziekenfonds: '306', capacity: employed }, headers)
  const again = await world.call('clerk306', 'POST', path, { ziekenfonds: '306', capacity: employed }, headers)
  expect([first.status, again.status]).toEqual([201, 201])
  expect(again.body).toEqual(first.body)
  // the answer is lost together with its memory: the events alone recognise the command
  await world.database.query('delete from app_http.idempotency')
  const third = await world.call('clerk306', 'POST', path, { ziekenfonds: '306', capacity: employed }, headers)
  expect(third).toMatchObject({ status: 201, body: first.body })
})

test('a decision on an older version is refused with 412', async () => {
  const personId = await member()
  const path = `/persons/${personId}/death`
  const stale = await world.call('clerk306', 'POST', path, { diedOn: '2026-03-19' }, { ...key(), 'if-match': '"1"' })
  expect(stale.status).toBe(412)
  const fresh = await world.call('clerk306', 'POST', path, { diedOn: '2026-03-19' }, { ...key(), 'if-match': '"3"' })
  expect(fresh).toMatchObject({ status: 200, headers: { etag: '"6"' } })
})

test('a capacity is added, ended and proven further', async () => {
  const personId = await member()
  const entry = { kind: 'RESIDENT', acquiredOn: '2026-03-01', repair: true }
  const document = {
    kind: 'residenceDocument',
    document: 'annex15',
    issuedOn: '2026-03-01',
    box: 5,
    modelDate: '2023-03-01',
  }
  const asked = await world.call(
    'clerk306',
    'POST',
    `/persons/${personId}/capacities`,
    { ...entry, evidence: [document] },
    key(),
  )
  expect(asked).toMatchObject({ status: 201, body: { state: 'pending', waitingFor: 'immigrationOffice' } })
  const { capacityId } = asked.body
  const decision = { kind: 'immigrationOfficeDecision', decidedOn: '2026-03-19', positive: true }
  const decided = await world.call(
    'clerk306',
    'POST',
    `/persons/${personId}/evidence`,
    { capacityId, evidence: decision },
    key(),
  )
  expect(decided).toMatchObject({ status: 201, body: { state: 'acquired', from: '2026-01-01' } })
  const ended = await world.call(
    'clerk306',
    'POST',
    `/persons/${personId}/capacities/${capacityId}/end`,
    { to: '2026-12-31' },
    key(),
  )
  expect(ended).toMatchObject({ status: 200, body: { to: '2026-12-31' } })
  const twice = await world.call(
    'clerk306',
    'POST',
    `/persons/${personId}/capacities/${capacityId}/end`,
    { to: '2026-12-31' },
    key(),
  )
  expect(twice.status).toBe(409)
})

test('dependants join and leave the insurer with their holder', async () => {
  const holder = await member()
  const child = await register(nextSsin('2015-05-05'), 'clerk306', '2015-05-05')
  const birth = { kind: 'birthAct', issuedOn: '2026-03-01' }
  const body = { dependantPersonId: child, kind: 'DEPENDANT_CHILD', acquiredOn: '2026-02-10', evidence: [birth] }
  const added = await world.call('clerk306', 'POST', `/persons/${holder}/dependants`, body, key())
  expect(added).toMatchObject({ status: 201, body: { from: '2026-02-10' } })
  const view = await world.call('clerk306', 'GET', `/persons/${child}`)
  expect(view.body).toMatchObject({ ziekenfonds: '306', capacities: [{ holderPersonId: holder, from: '2026-02-10' }] })
  const { affiliationId } = (await world.call('clerk306', 'GET', `/persons/${holder}`)).body.affiliations[0]
  const left = await world.call(
    'clerk306',
    'POST',
    `/persons/${holder}/affiliations/${affiliationId}/end`,
    { to: '2026-03-31', reason: 'departure' },
    key(),
  )
  expect(left.status).toBe(200)
  const after = await world.call('clerk306', 'GET', `/persons/${child}`)
  expect(after.body.affiliations[0]).toMatchObject({ to: '2026-03-31', reason: 'departure' })
  expect(after.body.capacities[0]).toMatchObject({ to: '2026-03-31' })
})

test('two clerks give one holder a partner at the same moment: one wins', async () => {
  const holder = await member()
  const partners = [await register(), await register()]
  const income = {
    kind: 'incomeProof',
    quarter: '2026Q1',
    grossCents: 0,
    source: 'declarationOnHonour',
    ownFreeRight: false,
  }
  const wedding = { kind: 'marriageCertificate', marriedOn: '2026-02-12', foreign: false }
  const home = { kind: 'householdComposition', issuedOn: '2026-03-12', sameAddress: true }
  const body = { kind: 'DEPENDANT_SPOUSE', acquiredOn: '2026-02-12', evidence: [income, wedding, home] }
  const answers = await Promise.all(
    partners.map((dependantPersonId) =>
      world.call('clerk306', 'POST', `/persons/${holder}/dependants`, { ...body, dependantPersonId }, key()),
    ),
  )
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409])
})

test('a replaced number keeps leading to the person', async () => {
  const previousSsin = makeInsz(isoDate('1979-08-21'), 101, { bis: 40 })
  const ssin = nextSsin('1979-08-21')
  const personId = await register(previousSsin, 'clerk306', '1979-08-21')
  const replaced = await world.call(
    'clerk306',
    'POST',
    `/persons/${personId}/identifierReplacements`,
    { previousSsin, ssin },
    key(),
  )
  expect(replaced.status).toBe(201)
  for (const number of [previousSsin, ssin]) {
    const found = await world.call('clerk306', 'POST', '/persons/query', { ssin: number })
    expect(found.body.items[0].personId).toBe(personId)
  }
  expect((await world.call('clerk306', 'GET', `/persons/${personId}`)).body.identity.ssin).toBe(ssin)
  const taken = await world.call(
    'clerk306',
    'POST',
    '/persons',
    { ssin: previousSsin, lastName: 'A', firstNames: 'B' },
    key(),
  )
  expect(taken.status).toBe(409)
})

test('an erased person cannot be read or found any more, and the chains still hold', async () => {
  const ssin = nextSsin()
  const personId = await register(ssin)
  const path = `/persons/${personId}`
  await world.call('clerk306', 'POST', `${path}/affiliations`, { ziekenfonds: '306', capacity: employed }, key())
  const early = await world.call('approver300', 'POST', `${path}/erasure`, { reason: 'requestOfPerson' }, key())
  expect(early).toMatchObject({
    status: 409,
    body: { type: 'urn:problem-type:ziv:affiliation:erasureWhileAffiliated' },
  })
  await world.call('clerk306', 'POST', `${path}/death`, { diedOn: '2026-03-19' }, key())
  const done = await world.call('approver300', 'POST', `${path}/erasure`, { reason: 'requestOfPerson' }, key())
  expect(done).toMatchObject({ status: 200, body: { erased: true } })
  const read = await world.call('clerk306', 'GET', path)
  expect(read.body).toMatchObject({ erased: true })
  expect(read.body.identity).toBeUndefined()
  expect(read.body.birthDate).toBeUndefined()
  expect((await world.call('clerk306', 'POST', '/persons/query', { ssin })).body.items).toEqual([])
  const pending = await world.database.query('select 1 from app.erasures where done_at is null')
  expect(pending.rowCount).toBe(0)
  for await (const finding of world.module.verify()) expect(finding).toMatchObject({ ok: true })
  const replacement = { previousSsin: ssin, ssin: nextSsin() }
  const late = await world.call('clerk306', 'POST', `${path}/identifierReplacements`, replacement, key())
  expect(late).toMatchObject({ status: 409, body: { type: 'urn:problem-type:ziv:affiliation:personErased' } })
  // the same human being can come back: a new person, not the old one
  expect(await register(ssin)).not.toBe(personId)
})

test('an erasure that stopped between event and key is finished at the next start', async () => {
  const personId = await register()
  await world.database.query('insert into app.erasures (person_id, requested_at) values ($1, now())', [personId])
  await world.module.resume()
  const view = await world.call('system', 'GET', `/persons/${personId}`)
  expect(view.body.identity).toBeUndefined()
})

test('the history tells what happened in the language of the reader, and every look is logged', async () => {
  const personId = await member()
  const history = await world.call('clerk306', 'GET', `/persons/${personId}/history`, undefined, {
    'accept-language': 'fr-BE',
  })
  expect(history.body.items.map((item: { text: string }) => item.text)).toEqual([
    'La personne a été enregistrée.',
    'Affiliée auprès de 306 à partir du 2026-01-01, demande du 2026-03-20.',
    'Assurée comme EMPLOYEE à partir du 2026-01-01 : acquise le 2026-03-15, demandée le 2026-03-20.',
  ])
  const log = await world.call(`insured.${personId}`, 'GET', `/persons/${personId}/accessLog`)
  expect(log.body.items.map((item: { operation: string }) => item.operation)).toContain('getHistory')
})

test('names are for the clerk and the person; a landsbond and the RIZIV see none, strangers see nothing', async () => {
  const personId = await member()
  const path = `/persons/${personId}`
  expect((await world.call('clerk306', 'GET', path)).body.identity).toBeDefined()
  expect((await world.call(`insured.${personId}`, 'GET', path)).body.identity).toBeDefined()
  for (const caller of ['viewer300', 'supervisor']) {
    const answer = await world.call(caller, 'GET', path)
    expect(answer.status).toBe(200)
    expect(answer.body.identity).toBeUndefined()
  }
  for (const caller of ['clerk311', 'clerk501', `insured.${randomUUID()}`]) {
    expect((await world.call(caller, 'GET', path)).status).toBe(404)
  }
  expect((await world.call('careProvider', 'GET', path)).status).toBe(403)
  expect((await world.call(null, 'GET', path)).status).toBe(401)
  const foreign = await world.call('clerk501', 'POST', `${path}/death`, { diedOn: '2026-03-01' }, key())
  expect(foreign.status).toBe(404)
  const posing = await world.call(
    'clerk501',
    'POST',
    `${path}/affiliations`,
    { ziekenfonds: '306', from: '2026-01-01' },
    key(),
  )
  expect(posing.status).toBe(403)
})

test('a former insurer sees its own years only', async () => {
  const personId = await member()
  const { affiliationId } = (await world.call('clerk306', 'GET', `/persons/${personId}`)).body.affiliations[0]
  await world.call(
    'clerk306',
    'POST',
    `/persons/${personId}/affiliations/${affiliationId}/end`,
    { to: '2026-03-10', reason: 'departure' },
    key(),
  )
  const joined = await world.call(
    'clerk501',
    'POST',
    `/persons/${personId}/affiliations`,
    { ziekenfonds: '501', capacity: employed },
    key(),
  )
  expect(joined).toMatchObject({ status: 201, body: { from: '2026-03-11' } })
  const old = await world.call('clerk306', 'GET', `/persons/${personId}`)
  expect(old.body.affiliations.map((entry: { ziekenfonds: string }) => entry.ziekenfonds)).toEqual(['306'])
  expect(old.body.capacities).toHaveLength(1)
  const now = await world.call('clerk501', 'GET', `/persons/${personId}`)
  expect(now.body.affiliations).toHaveLength(2)
})

test('wrong input is a problem document and leaves nothing behind', async () => {
  const count = async () =>
    (await world.database.query<{ n: string }>('select count(*) as n from es.events')).rows[0]?.n
  const personId = await member()
  const path = `/persons/${personId}`
  const before = await count()
  const cases: readonly [number, string, object][] = [
    [400, '/persons', { ssin: '93051822362', lastName: 'A', firstNames: 'B' }],
    [400, '/persons', { ssin: '93051822361', lastName: '', firstNames: 'B' }],
    [400, '/persons', { ssin: '93051822361', lastName: 'A', firstNames: 'B', nickname: 'C' }],
    [400, '/persons/query', {}],
    [400, '/persons', { ssin: '93051822361', lastName: 'A', firstNames: 'B', birthDate: '0001-01-01' }],
    [400, `${path}/death`, { diedOn: '9999-12-31' }],
    [400, `${path}/affiliations`, { ziekenfonds: '306' }],
    [400, `${path}/affiliations`, { ziekenfonds: 'abc', from: '2026-01-01' }],
    [422, `${path}/affiliations`, { ziekenfonds: '399', from: '2026-01-01' }],
    [409, `${path}/affiliations`, { ziekenfonds: '306', from: '2026-01-01' }],
    [404, `${path}/affiliations/${randomUUID()}/end`, { to: '2026-03-31', reason: 'departure' }],
    [400, `${path}/affiliations/x/end`, { to: '2026-03-31', reason: 'departure' }],
    [400, `${path}/capacities`, { ...employed, kind: 'DEPENDANT_CHILD' }],
    [409, `${path}/capacities`, employed],
    [422, `${path}/capacities`, { ...employed, kind: 'STUDENT' }],
    [422, `${path}/capacities`, { ...employed, kind: 'STUDENT', evidence: [] }],
    [400, `${path}/capacities`, { ...employed, acquiredOn: '2026-02-30' }],
    [404, `${path}/capacities/${randomUUID()}/end`, { to: '2026-03-31' }],
    [404, `${path}/evidence`, { capacityId: randomUUID(), evidence: employer }],
    [
      404,
      `${path}/dependants`,
      { dependantPersonId: randomUUID(), kind: 'DEPENDANT_CHILD', acquiredOn: '2026-03-01', evidence: [] },
    ],
    [422, `${path}/death`, { diedOn: '2026-03-21' }],
    [422, `${path}/identifierReplacements`, { previousSsin: '93051822361', ssin: '93051822361' }],
    [404, `/persons/${randomUUID()}/death`, { diedOn: '2026-03-01' }],
  ]
  for (const [status, url, body] of cases) {
    const answer = await world.call('clerk306', 'POST', url, body, key())
    // a number that is not the current one is a conflict, not a matter of form
    const expected = url.endsWith('identifierReplacements') ? 409 : status
    expect([answer.status, url, body]).toEqual([expected, url, body])
    expect(String(answer.headers['content-type'])).toContain('application/problem+json')
  }
  expect(await count()).toBe(before)
  for (const query of [
    'asOf=0000-01-01',
    'asOf=x',
    'knownAt=2026-01-01',
    'knownAt=2026-01-01T00:00:00Z',
    'unknown=1',
  ]) {
    expect((await world.call('clerk306', 'GET', `${path}?${query}`)).status).toBe(400)
  }
})

test('code lists are open to all', async () => {
  const funds = await world.call(null, 'GET', '/refData/ziekenfondsen?on=2026-03-20')
  expect(funds.body.items.map((item: { code: string }) => item.code)).toEqual(
    expect.arrayContaining(['306', '600', '900']),
  )
  expect((await world.call(null, 'GET', '/refData/capacities')).body.total).toBe(6)
  expect((await world.call(null, 'GET', '/refData/evidenceKinds')).body.items).toContainEqual({
    code: 'birthAct',
    capacity: 'DEPENDANT_CHILD',
  })
})

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
