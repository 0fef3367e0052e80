import { createEventStore } from '@ziv/event-store'
import type { Transaction } from '@ziv/postgres'
import { lockWaits } from '@ziv/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { returnEvents } from '../domain/return.events.ts'
import { findReturn } from '../projections/returns.ts'
import { createTopics, home306 } from '../testing/events.ts'
import { startWorld, type World } from '../testing/world.ts'
import { createReturnHandler } from './return-handler.ts'

const month = '2024-03'
const topics = createTopics()
let world: World
beforeEach(async () => {
  world = await startWorld('2024-04-01')
  await world.take(
    topics.opened('anna', home306, '2024-01-01'),
    topics.acquired('anna', home306, 'EMPLOYEE', '2024-01-01'),
  )
})
afterEach(() => world?.close())

/** The commands on returns, in a transaction that is open already. */
const within = (tx: Transaction) =>
  createReturnHandler({
    ...world.deps,
    store: createEventStore([returnEvents]),
    database: { ...world.database, query: tx.query, transaction: (work) => work(tx) },
  })

/** Submits and accepts the return of the month with a claim more, while the work that began before it still folds. */
async function overtaking<T>(slow: () => Promise<T>): Promise<T> {
  const submitting = await world.database.transaction(async (tx) => {
    await tx.query('lock table app.slip_facts in access exclusive mode')
    const work = slow()
    await lockWaits(world.database, 1, work)
    await world.take(topics.claim('anna', home306, '2024-03-11', [[5_000, 0, 0]]))
    const origin = { actor: 'rival', correlationId: 'rival' }
    const made = await within(tx).submit({ ziekenfonds: '306', month }, { ...origin, commandId: 'rival' })
    if ('code' in made || !made.ok) throw new Error('the rival could not submit')
    const about = (await findReturn(tx, made.events[0]!.data.returnId))!
    expect((await within(tx).accept(about, { ...origin, commandId: 'accepts' })).ok).toBe(true)
    return { work }
  })
  return await submitting.work
}

const standing = async () => {
  const { body } = await world.call('clerk306', 'GET', `/returns?month=${month}`)
  return body.items.map(({ state, figures }: { state: string; figures: { claims: number } }) => [state, figures.claims])
}

test('a return that was folded before another one was accepted does not take its place', async () => {
  const answer = await overtaking(() => world.call('system', 'POST', '/returns', { ziekenfonds: '306', month }))
  expect(answer.status).toBe(409)
  expect(await standing()).toEqual([['accepted', 1]])
})

test('nor does one of the submission of the month for everybody', async () => {
  const { refused } = await overtaking(() => world.service.submitMonth(month))
  expect(refused).toEqual([])
  expect(await standing()).toEqual([['accepted', 1]])
})
