import { isoDate, makeInsz } from '@ziv/kernel'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { clerkOf, employed, nextSsin } from '../testing/clerk.ts'
import { key, startWorld, type World } from '../testing/world.ts'

let world: World
let register: ReturnType<typeof clerkOf>['register']
beforeAll(async () => {
  world = await startWorld('2026-03-20')
  ;({ register } = clerkOf(world))
})
afterAll(() => world?.close())

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
  const kept = await world.call(
    'approver300',
    'POST',
    `${path}/erasure`,
    { reason: 'requestOfPerson' },
    {
      ...key(),
      'accept-language': 'en',
    },
  )
  expect(kept).toMatchObject({
    status: 409,
    body: {
      type: 'urn:problem-type:ziv:affiliation:erasureTooEarly',
      detail: expect.stringMatching(
        /from 1 January 2032 on.*19 March 2026 \(art\. 131.*31 March 2028 \(art\. 174.*of 2026.*31 December 2031/,
      ),
    },
  })
  world.clock.moveTo(isoDate('2032-01-01'))
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

const identityOf = async (personId: string) =>
  (await world.call('system', 'GET', `/persons/${personId}`)).body.identity as object | undefined

test('an erasure that stopped between event and key is finished at the next start', async () => {
  const personId = await register()
  const stopped = vi.spyOn(world.deps.vault, 'erase').mockRejectedValueOnce(new Error('the vault is away'))
  const asked = { reason: 'requestOfPerson' }
  const erasure = await world.call('approver300', 'POST', `/persons/${personId}/erasure`, asked, key())
  stopped.mockRestore()
  expect(erasure.status).toBe(500)
  await world.module.resume()
  expect(await identityOf(personId)).toBeUndefined()
  const { rows } = await world.keys.query('select 1 from privacy.keys where subject_id = $1 and wrapped is null', [
    personId,
  ])
  expect(rows).toHaveLength(1)
})

test('an erasure that the log does not know destroys no key, and is named', async () => {
  const personId = await register()
  const failed = async () =>
    (await Array.fromAsync(world.module.verify())).filter(({ ok }) => !ok).map(({ check, detail }) => [check, detail])
  await world.database.query('insert into app.erasures (person_id, requested_at) values ($1, now())', [personId])
  await world.module.resume()
  expect(await identityOf(personId)).toBeDefined()
  const check = 'affiliation: erasures equal the log'
  expect(await failed()).toEqual([[check, expect.stringContaining(personId)]])
  await world.database.query('delete from app.erasures where person_id = $1', [personId])
  expect(await failed()).toEqual([])
  const { rows } = await world.database.query<{ person_id: string }>(
    'delete from app.erasures where person_id = (select min(person_id::text)::uuid from app.erasures) returning *',
  )
  expect(await failed()).toEqual([[check, expect.stringContaining(rows[0]!.person_id)]])
})
