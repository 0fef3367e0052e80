import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerkOf, employed, employer, nextSsin } from '../testing/clerk.ts'
import { key, startWorld, type World } from '../testing/world.ts'

let world: World
let member: ReturnType<typeof clerkOf>['member']
let register: ReturnType<typeof clerkOf>['register']
beforeAll(async () => {
  world = await startWorld('2026-03-20')
  ;({ member, register } = clerkOf(world))
})
afterAll(() => world?.close())

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

test('a refusal names coded values in words in its sentence, and keeps the code beside it', async () => {
  const personId = await register(nextSsin())
  const body = { ziekenfonds: '306', capacity: { ...employed, evidence: [employer] } }
  await world.call('clerk306', 'POST', `/persons/${personId}/affiliations`, body, key())
  const again = { ...employed, evidence: [employer] }
  const headers = { ...key(), 'accept-language': 'fr' }
  const twice = await world.call('clerk306', 'POST', `/persons/${personId}/capacities`, again, headers)
  expect(twice).toMatchObject({ status: 409, body: { capacity: 'EMPLOYEE' } })
  expect(twice.body.detail).toContain('travailleur salarié')
  expect(twice.body.detail).not.toContain('EMPLOYEE')
})

test('a year short of contributions is repaired beside the capacity, for that year alone, by a request of today', async () => {
  const personId = await register(nextSsin())
  const since = { ...employed, acquiredOn: '2024-05-02', requestedOn: '2024-05-02' }
  const path = `/persons/${personId}`
  const proven = { ...since, evidence: [{ ...employer, issuedOn: '2024-05-02' }] }
  await world.call('clerk306', 'POST', `${path}/affiliations`, { ziekenfonds: '306', capacity: proven }, key())
  const evidence = [{ kind: 'nationalRegisterEntry', registeredOn: '2020-01-01' }]
  const repair = { kind: 'RESIDENT', acquiredOn: '2020-01-01', repairsYear: 2025, evidence }
  const repaired = await world.call('clerk306', 'POST', `${path}/capacities`, repair, key())
  expect(repaired).toMatchObject({ status: 201, body: { state: 'acquired', from: '2025-01-01' } })
  const { capacities } = (await world.call('clerk306', 'GET', path)).body
  expect(capacities).toMatchObject([
    { capacity: 'EMPLOYEE', from: '2024-04-01', current: true },
    { capacity: 'RESIDENT', from: '2025-01-01', to: '2025-12-31', requestedOn: '2026-03-20' },
  ])
  const { capacityId } = repaired.body
  const runsOn = { runsOn: true, reason: 'clericalError' }
  const on = await world.call('clerk306', 'POST', `${path}/capacities/${capacityId}/corrections`, runsOn, key())
  expect(on).toMatchObject({ status: 409, body: { type: 'urn:problem-type:ziv:affiliation:correctionBeyondYear' } })
  const late = await world.call('clerk306', 'POST', `${path}/capacities`, { ...repair, repairsYear: 2026 }, key())
  expect(late).toMatchObject({ status: 422, body: { detail: expect.stringContaining('2021 to 2025') } })
})

test('the answer names the capacity that was asked for, and not the one it displaced', async () => {
  const personId = await register(nextSsin())
  const path = `/persons/${personId}`
  await world.call('clerk306', 'POST', `${path}/affiliations`, { ziekenfonds: '306', from: '2024-01-01' }, key())
  const registered = { kind: 'nationalRegisterEntry', registeredOn: '2020-01-01' }
  const resident = { kind: 'RESIDENT', acquiredOn: '2024-07-15', evidence: [registered] }
  const first = await world.call('clerk306', 'POST', `${path}/capacities`, resident, key())
  const since = { kind: 'EMPLOYEE', acquiredOn: '2024-02-01', evidence: [{ ...employer, issuedOn: '2024-02-01' }] }
  const headers = key()
  const second = await world.call('clerk306', 'POST', `${path}/capacities`, since, headers)
  expect(second).toMatchObject({ status: 201, body: { state: 'acquired', from: '2024-01-01' } })
  const { capacities } = (await world.call('clerk306', 'GET', path)).body
  const named = (capacity: string) => capacities.find((entry: { capacity: string }) => entry.capacity === capacity)
  expect(named('EMPLOYEE').capacityId).toBe(second.body.capacityId)
  expect(named('RESIDENT').capacityId).toBe(first.body.capacityId)
  expect((await world.call('clerk306', 'POST', `${path}/capacities`, since, headers)).body).toEqual(second.body)
})

test('a capacity is added, ended and proven further', async () => {
  const personId = await register(nextSsin())
  const joining = { ziekenfonds: '306', from: '2026-01-01' }
  await world.call('clerk306', 'POST', `/persons/${personId}/affiliations`, joining, key())
  const entry = { kind: 'RESIDENT', acquiredOn: '2026-03-01' }
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
  const later = { ...decision, decidedOn: '2026-03-20', positive: false }
  const against = await world.call(
    'clerk306',
    'POST',
    `/persons/${personId}/evidence`,
    { capacityId, evidence: later },
    { ...key(), 'accept-language': 'en' },
  )
  // it takes the quality away, and says how: it is not kept beside it as one more proof
  expect(against).toMatchObject({ status: 409, body: { detail: expect.stringContaining('is negative') } })
  expect(against.body.detail).toContain('End it on the last day')
  const { items } = (await world.call('clerk306', 'GET', `/persons/${personId}/history`)).body
  const texts = items.map(({ text }: { text: { en: string } }) => text.en ?? text)
  expect(texts).toContain('Evidence was added: decision of the Immigration Office (positive).')
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
  const url = `/persons/${holder}/affiliations/${affiliationId}/end`
  const once = key()
  const leave = () => world.call('clerk306', 'POST', url, { to: '2026-03-31', reason: 'departure' }, once)
  const named = { status: 200, body: { affiliationId, dependants: [{ personId: child, to: '2026-03-31' }] } }
  expect(await leave()).toMatchObject(named)
  // also where the answer itself was lost
  await world.database.query('delete from app_http.idempotency')
  expect(await leave()).toMatchObject(named)
  const after = await world.call('clerk306', 'GET', `/persons/${child}`)
  expect(after.body.affiliations[0]).toMatchObject({ to: '2026-03-31', reason: 'departure' })
  expect(after.body.capacities[0]).toMatchObject({ to: '2026-03-31' })
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
    'knownAt=2026-01-01T00:00:00',
    'knownAt=2199-01-01T00:00:00Z',
    'unknown=1',
  ]) {
    const answer = await world.call('clerk306', 'GET', `${path}?${query}`)
    expect([query, answer.status]).toEqual([query, 400])
  }
})

test('a dependant is sent to the path of the holder, and a number without a date of birth needs one', async () => {
  const personId = await member()
  for (const [path, body] of [
    ['capacities', { ...employed, kind: 'DEPENDANT_CHILD' }],
    ['affiliations', { ziekenfonds: '306', capacity: { ...employed, kind: 'DEPENDANT_CHILD' } }],
  ] as const) {
    const answer = await world.call('clerk306', 'POST', `/persons/${personId}/${path}`, body, key())
    expect(answer).toMatchObject({
      status: 400,
      body: { type: 'urn:problem-type:ziv:affiliation:dependantUsesOwnPath' },
    })
  }
  // born in 1979, on a day that nobody knows
  const ssin = `790000001${String(97 - (790_000_001 % 97)).padStart(2, '0')}`
  const nameless = { ssin, lastName: 'Claes', firstNames: 'An' }
  const asked = await world.call('clerk306', 'POST', '/persons', nameless, key())
  expect(asked.body.type).toBe('urn:problem-type:ziv:affiliation:birthDateMissing')
  const told = await world.call('clerk306', 'POST', '/persons', { ...nameless, birthDate: '1979-07-01' }, key())
  expect(told.status).toBe(201)
})

test('code lists are open to all', async () => {
  const funds = await world.call(null, 'GET', '/refData/ziekenfondsen?on=2026-03-20')
  expect(funds.body.items.map((item: { code: string }) => item.code)).toEqual(
    expect.arrayContaining(['306', '600', '900']),
  )
  const capacities = (await world.call(null, 'GET', '/refData/capacities')).body.items
  expect(capacities).toContainEqual({
    ...{ code: 'STUDENT', role: 'holder', open: true, legalBasis: 'ZIV law art. 32, first paragraph, 14° (recalled)' },
    name: { nl: 'student', fr: 'étudiant', de: 'Studierender', en: 'student' },
  })
  expect(capacities).toContainEqual(expect.objectContaining({ code: 'UNACCOMPANIED_MINOR', open: false }))
  expect((await world.call(null, 'GET', '/refData/evidenceKinds')).body.items).toContainEqual({
    ...{ code: 'birthAct', capacity: 'DEPENDANT_CHILD' },
    name: { nl: 'geboorteakte', fr: 'acte de naissance', de: 'Geburtsurkunde', en: 'birth act' },
  })
})
