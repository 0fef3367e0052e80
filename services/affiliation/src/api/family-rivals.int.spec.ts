import type { Transaction } from '@ziv/postgres'
import { sideBySide } from '@ziv/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerkOf, nextSsin } from '../testing/clerk.ts'
import { key, startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld('2026-03-20')
})
afterAll(() => world?.close())

const reason = 'clericalError'
const post = (path: string, body: object) => world.call('clerk306', 'POST', path, body, key())
const viewOf = async (personId: string) => (await world.call('clerk306', 'GET', `/persons/${personId}`)).body

interface Family {
  readonly holderId: string
  readonly childId: string
}

async function family(): Promise<Family> {
  const holderId = await clerkOf(world).member()
  const childId = await clerkOf(world).register(nextSsin('2025-11-02'), 'clerk306', '2025-11-02')
  const act = { kind: 'birthAct', issuedOn: '2025-11-10' }
  const body = { dependantPersonId: childId, kind: 'DEPENDANT_CHILD', acquiredOn: '2026-01-01', evidence: [act] }
  expect((await post(`/persons/${holderId}/dependants`, body)).status).toBe(201)
  return { holderId, childId }
}

/** The child was in charge earlier than was said: no day changes as long as the holder is not a member on them. */
async function childWasEarlier({ childId }: Family): Promise<void> {
  const { capacityId } = (await viewOf(childId)).capacities[0]
  const body = { acquiredOn: '2025-12-20', reason }
  expect((await post(`/persons/${childId}/capacities/${capacityId}/corrections`, body)).status).toBe(200)
}

/** The holder was a member earlier: no day of the child changes as long as the child was not in charge on them. */
async function holderWasEarlier({ holderId }: Family): Promise<void> {
  const { affiliationId } = (await viewOf(holderId)).affiliations[0]
  const body = { from: '2025-12-01', reason }
  expect((await post(`/persons/${holderId}/affiliations/${affiliationId}/corrections`, body)).status).toBe(200)
}

const heldAt = (personId: string) => (tx: Transaction) =>
  tx.query('select from es.streams where stream_id = $1 for update', [`person-${personId}`])

const daysOf = async ({ holderId, childId }: Family) => {
  const [holder, child] = [await viewOf(holderId), await viewOf(childId)]
  return [holder.affiliations[0].from, child.affiliations[0].from, child.capacities[0].from, holder.dependants[0].from]
}
const inTurn = ['2025-12-01', '2025-12-20', '2025-12-20', '2025-12-20']

test.for([
  ['the child and then the holder', [childWasEarlier, holderWasEarlier]],
  ['the holder and then the child', [holderWasEarlier, childWasEarlier]],
] as const)('two corrections in one family one after the other: %s', async ([, order]) => {
  const own = await family()
  for (const correct of order) await correct(own)
  expect(await daysOf(own)).toEqual(inTurn)
})

test('two corrections in one family at the same moment come to the days they come to one after the other', async () => {
  const [one, other] = [await family(), await family()]
  await sideBySide(
    world.database,
    heldAt(one.childId),
    () => childWasEarlier(one),
    () => holderWasEarlier(one),
  )
  await sideBySide(
    world.database,
    heldAt(other.holderId),
    () => holderWasEarlier(other),
    () => childWasEarlier(other),
  )
  expect([await daysOf(one), await daysOf(other)]).toEqual([inTurn, inTurn])
})
