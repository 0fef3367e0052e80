import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerkOf, employer, nextSsin } from '../testing/clerk.ts'
import { key, startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld('2026-01-10')
})
afterAll(() => world?.close())

const post = (path: string, body: object) => world.call('system', 'POST', path, body, key())
const affiliationsOf = async (personId: string) =>
  (await world.call('system', 'GET', `/persons/${personId}`)).body.affiliations
const work = (day: string) => ({
  ...{ kind: 'EMPLOYEE', acquiredOn: day, requestedOn: day },
  evidence: [{ ...employer, issuedOn: day }],
})

/** Somebody with work at a ziekenfonds from a day on, who leaves on another. */
async function member(ziekenfonds: string, from: string, until?: string): Promise<string> {
  const personId = await clerkOf(world).register(nextSsin('2006-05-05'), 'clerk306', '2006-05-05')
  const body = { ziekenfonds, requestedOn: from, capacity: work(from) }
  expect((await post(`/persons/${personId}/affiliations`, body)).status).toBe(201)
  if (until === undefined) return personId
  const [{ affiliationId }] = await affiliationsOf(personId)
  const left = await post(`/persons/${personId}/affiliations/${affiliationId}/end`, { to: until, reason: 'departure' })
  expect(left.status).toBe(200)
  return personId
}

const dependsOn = (holder: string, child: string) =>
  post(`/persons/${holder}/dependants`, {
    ...{ dependantPersonId: child, kind: 'DEPENDANT_CHILD', acquiredOn: '2025-02-01', requestedOn: '2025-02-01' },
    evidence: [{ kind: 'birthAct', issuedOn: '2006-05-05' }],
  })

test.each([
  ['another ziekenfonds', '501'],
  ['the same ziekenfonds', '306'],
])('a child who is a member now is recorded late as a dependant of who left %s before', async (_, ziekenfonds) => {
  const holder = await member(ziekenfonds, '2025-01-01', '2025-03-31')
  const child = await member('306', '2025-07-01')
  const answer = await dependsOn(holder, child)
  expect([answer.status, answer.body.detail]).toEqual([201, undefined])
  const told = (await affiliationsOf(child)).map(({ from, to }: { from: string; to?: string }) => [from, to])
  expect(told.sort()).toEqual([
    ['2025-02-01', '2025-03-31'],
    ['2025-07-01', undefined],
  ])
  const { rows } = await world.database.query(
    'select ziekenfonds, valid_from, valid_to from app.affiliations where person_id = $1 order by valid_from',
    [child],
  )
  expect(rows).toMatchObject([
    { ziekenfonds, valid_from: '2025-02-01', valid_to: '2025-03-31' },
    { ziekenfonds: '306', valid_to: null },
  ])
})
