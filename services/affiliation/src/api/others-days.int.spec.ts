import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerkOf } from '../testing/clerk.ts'
import { key, startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld('2026-03-20')
})
afterAll(() => world?.close())

const reason = 'clericalError'
const post = (as: string, path: string, body: object) => world.call(as, 'POST', path, body, key())
const refusalOf = ({ status, body }: { status: number; body: { type?: string } }) => [
  status,
  body.type?.split(':').at(-1),
]

/** Somebody who left 306 on 31 May 2025 and is a member of 501 from 1 October. */
async function moved() {
  const personId = await clerkOf(world).register()
  const path = `/persons/${personId}`
  const join = { ziekenfonds: '306', from: '2022-01-01' }
  const { affiliationId: left } = (await post('clerk306', `${path}/affiliations`, join)).body
  const end = { to: '2025-05-31', reason: 'departure' }
  expect((await post('clerk306', `${path}/affiliations/${left}/end`, end)).status).toBe(200)
  const next = await post('system', `${path}/affiliations`, { ziekenfonds: '501', from: '2025-10-01' })
  expect(next.status).toBe(201)
  const view = async () => (await world.call('clerk501', 'GET', path)).body
  return { path, left, running: next.body.affiliationId as string, view }
}

test.each(['clerk306', 'system'])('no correction by %s takes a day that is of another insurer', async (as) => {
  const { path, left, view } = await moved()
  const before = await view()
  for (const days of [{ to: '2025-12-31' }, { to: '2025-10-01' }, { runsOn: true }]) {
    const answer = await post(as, `${path}/affiliations/${left}/corrections`, { ...days, reason })
    expect(refusalOf(answer)).toEqual([409, 'insurersOverlap'])
  }
  expect(await view()).toEqual(before)
})

test('a correction writes nothing of an affiliation that the caller may not write', async () => {
  const { path, left, view } = await moved()
  // 501 is the insurer of today, and not of the days of 306
  const before = await view()
  const own = await post('clerk501', `${path}/affiliations/${left}/withdrawals`, { reason })
  expect(refusalOf(own)).toEqual([409, 'ofAnotherInsurer'])
  expect(own.body.detail).not.toMatch(/306/)
  expect(await view()).toEqual(before)
  // its own days it puts right, also when another came since
  const shorter = await post('clerk306', `${path}/affiliations/${left}/corrections`, { to: '2025-05-30', reason })
  expect(shorter.status).toBe(200)
})

test('a correction that begins within months of a departure elsewhere is a transfer as well', async () => {
  const { path, running } = await moved()
  const earlier = { from: '2025-06-01', reason }
  const answer = await post('clerk501', `${path}/affiliations/${running}/corrections`, earlier)
  expect(refusalOf(answer)).toEqual([409, 'transferNeeded'])
  const asked = {
    ...{ kind: 'EMPLOYEE', acquiredOn: '2025-07-01' },
    evidence: [{ kind: 'employerProof', rszNumber: '102077173', issuedOn: '2025-07-01' }],
  }
  expect(refusalOf(await post('clerk501', `${path}/capacities`, asked))).toEqual([409, 'transferNeeded'])
  const later = { ...asked, acquiredOn: '2025-11-03', evidence: [{ ...asked.evidence[0], issuedOn: '2025-11-03' }] }
  const { status, body } = await post('clerk501', `${path}/capacities`, later)
  expect(status).toBe(201)
  const correction = { acquiredOn: '2025-07-01', evidence: asked.evidence, reason }
  const corrected = await post('clerk501', `${path}/capacities/${body.capacityId}/corrections`, correction)
  expect(refusalOf(corrected)).toEqual([409, 'transferNeeded'])
  const free = { from: '2025-09-01', reason }
  expect((await post('clerk501', `${path}/affiliations/${running}/corrections`, free)).status).toBe(200)
})

test('a last day moved towards the insurer that was chosen since is a transfer as well, whoever sends it', async () => {
  const { path, left, view } = await moved()
  const before = await view()
  for (const as of ['clerk306', 'system']) {
    const answer = await post(as, `${path}/affiliations/${left}/corrections`, { to: '2025-07-01', reason })
    expect(refusalOf(answer)).toEqual([409, 'nextInsurerTooSoon'])
    expect(answer.body).toMatchObject({ to: '2025-07-01', months: 3, confidence: 'assumed' })
    expect(answer.body.detail).not.toMatch(/501|2025-10-01|1 October/)
  }
  expect(await view()).toEqual(before)
  const free = await post('clerk306', `${path}/affiliations/${left}/corrections`, { to: '2025-06-30', reason })
  expect(free.status).toBe(200)
})
