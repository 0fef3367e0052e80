import {
  affiliationClosed,
  affiliationOpened,
  capacityAcquired,
  capacityEnded,
  identifierReplaced,
  personCorrected,
  personDied,
  personErased,
} from '@ziv/contracts'
import { isoDate } from '@ziv/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerkOf, employed, nextSsin, railwayStaff } from '../testing/clerk.ts'
import { toldOf } from '../testing/told.ts'
import { key, startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld('2026-03-20')
})
afterAll(() => world?.close())

const post = async (
  as: string,
  path: string,
  body: object,
): Promise<{ status: number; body: { affiliationId: string } }> => await world.call(as, 'POST', path, body, key())

test('everything that happens to a member is told to every insurer that knows the person, by the contracts', async () => {
  const ssin = nextSsin()
  const personId = await clerkOf(world).register(ssin)
  const path = `/persons/${personId}`
  const first = await post('clerk306', `${path}/affiliations`, { ziekenfonds: '306', capacity: employed })
  const leave = { to: '2026-03-10', reason: 'departure' }
  await post('clerk306', `${path}/affiliations/${first.body.affiliationId}/end`, leave)
  await post('clerk900', `${path}/affiliations`, { ziekenfonds: '900', capacity: railwayStaff })
  await post('clerk900', `${path}/identifierReplacements`, { previousSsin: ssin, ssin: nextSsin() })
  await post('clerk900', `${path}/death`, { diedOn: '2026-03-19' })
  const before = await toldOf(world, personId)
  world.clock.moveTo(isoDate('2032-01-01'))
  expect((await post('system', `${path}/erasure`, { reason: 'retentionEnded' })).status).toBe(200)
  const rows = await toldOf(world, personId)
  const [old, present] = ['ziv.300.affiliation.v1', 'ziv.900.affiliation.v1']
  expect(rows.map(({ topic, type }) => [topic, type])).toEqual([
    [old, affiliationOpened.type],
    [old, capacityAcquired.type],
    [old, capacityEnded.type],
    [old, affiliationClosed.type],
    [present, affiliationOpened.type],
    [present, capacityAcquired.type],
    [old, identifierReplaced.type],
    [present, identifierReplaced.type],
    // the new number tells another sex
    [old, personCorrected.type],
    [present, personCorrected.type],
    [present, capacityEnded.type],
    [present, affiliationClosed.type],
    [old, personDied.type],
    [present, personDied.type],
    [old, personErased.type],
    [present, personErased.type],
  ])
  const said = (type: string) => rows.filter((row) => row.type === type).map(({ payload }) => payload)
  expect(said(affiliationClosed.type)).toMatchObject([
    { to: '2026-03-10', reason: 'departure' },
    { to: '2026-03-19', reason: 'death' },
  ])
  expect(said(capacityEnded.type)).toMatchObject([
    { capacity: 'EMPLOYEE', to: '2026-03-10' },
    { capacity: 'EMPLOYEE', to: '2026-03-19' },
  ])
  const [joined, replaced] = [affiliationOpened, identifierReplaced].map(
    ({ type }) => before.find((told) => told.type === type)?.payload,
  )
  expect(joined).toMatchObject({
    inszIndex: expect.any(String),
    birthDate: expect.any(String),
    sex: expect.any(String),
  })
  expect(replaced?.previousInszIndex).toBe(joined?.inszIndex)
  expect(replaced?.inszIndex).not.toBe(replaced?.previousInszIndex)
  // the same messages, once the key is destroyed
  for (const { payload } of rows) {
    for (const field of ['inszIndex', 'birthDate', 'sex', 'previousInszIndex'])
      expect(payload).not.toHaveProperty(field)
  }
  expect(said(personDied.type)[0]).toEqual({ personId, insurer: '300', ziekenfonds: '306', diedOn: '2026-03-19' })
})

test('what was recorded of somebody before an insurer was told of the person is told with the first affiliation there', async () => {
  const [bis, number, corrected] = [nextSsin(), nextSsin(), nextSsin()]
  const personId = await clerkOf(world).register(bis)
  const path = `/persons/${personId}`
  await post('system', `${path}/identifierReplacements`, { previousSsin: bis, ssin: number })
  await post('system', `${path}/identifierReplacements`, { previousSsin: number, ssin: corrected })
  expect((await post('system', `${path}/death`, { diedOn: '2026-03-19' })).status).toBe(200)
  expect(await toldOf(world, personId)).toEqual([])
  expect((await post('clerk306', `${path}/affiliations`, { ziekenfonds: '306', capacity: employed })).status).toBe(201)

  const told = await toldOf(world, personId)
  expect(told.map(({ type }) => type)).toEqual([
    affiliationOpened.type,
    identifierReplaced.type,
    identifierReplaced.type,
    personDied.type,
    affiliationClosed.type,
    capacityAcquired.type,
    capacityEnded.type,
  ])
  const indexOf = (ssin: string) => world.deps.vault.blindIndex('insz', ssin)
  expect(told.slice(0, 4).map(({ payload }) => payload)).toMatchObject([
    { inszIndex: indexOf(corrected) },
    { previousInszIndex: indexOf(bis), inszIndex: indexOf(corrected) },
    { previousInszIndex: indexOf(number), inszIndex: indexOf(corrected) },
    { diedOn: '2026-03-19' },
  ])
})
