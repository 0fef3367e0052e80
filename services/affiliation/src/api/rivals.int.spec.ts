import { sideBySide } from '@ziv/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerkOf, employed, nextSsin } from '../testing/clerk.ts'
import { key, startWorld, type World } from '../testing/world.ts'

let world: World
let member: ReturnType<typeof clerkOf>['member']
let register: ReturnType<typeof clerkOf>['register']
beforeAll(async () => {
  world = await startWorld('2026-03-20')
  ;({ member, register } = clerkOf(world))
})
afterAll(() => world?.close())

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

test('a clerk whose member is another’s by the time of the decision is refused', async () => {
  const ssin = nextSsin()
  const personId = await register(ssin)
  const path = `/persons/${personId}`
  const replacement = { previousSsin: ssin, ssin: nextSsin() }
  const [replaced, opened] = await sideBySide(
    world.database,
    (tx) => tx.query('select from app.insz_index where person_id = $1 for update', [personId]),
    () => world.call('clerk306', 'POST', `${path}/identifierReplacements`, replacement, key()),
    () => world.call('clerk501', 'POST', `${path}/affiliations`, { ziekenfonds: '501', capacity: employed }, key()),
  )
  expect([opened.status, replaced.status]).toEqual([201, 404])
  const history = await world.call('clerk501', 'GET', `${path}/history`)
  expect(history.body.items.map(({ type }: { type: string }) => type)).not.toContain('IdentifierReplaced')
})
