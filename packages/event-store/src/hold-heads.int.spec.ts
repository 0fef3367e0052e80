import { createTestDatabase, sideBySide, type TestDatabase } from '@ziv/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CommandBatch, createEventStore, eventStoreMigrations, handleCommand } from './index.ts'
import { counter, counterEvents, METADATA, RECORDED_AT } from './testing/counter.ts'

const store = createEventStore([counterEvents])
let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase({ migrations: [eventStoreMigrations] })
})
afterAll(() => test.drop())

const request = (streamId: string, commandId: string, amount: number) => {
  return { streamId, commandId, command: { amount }, facts: { limit: 100 }, metadata: METADATA }
}
const handling = { decider: counter, recordedAt: () => RECORDED_AT }
const put = (streamId: string, amount: number) =>
  handleCommand(test.database, store, { ...handling, ...request(streamId, 'first', amount) })
const sumOf = async (streamId: string) =>
  (await store.load(test.database, streamId)).events.reduce((sum, { data }) => sum + Number(data.amount), 0)

/** Takes from one what both have together, as long as that is enough. */
const takeFrom = (holdsRead: boolean, own: string, other: string): Promise<void> =>
  test.database.transaction(async (tx) => {
    const batch = new CommandBatch(store, { ...handling, holdsRead })
    await batch.read(tx, [own, other])
    if (batch.stateOf(own) + batch.stateOf(other) >= 10) batch.decide(request(own, 'take', -10))
    await batch.store(tx)
  })

it.for([
  [false, -10],
  [true, 0],
])(
  'of two commands that read what the other changes, the second reads again where reads are held: %s',
  async ([holdsRead, left]) => {
    const [a, b] = [`a-${holdsRead}`, `b-${holdsRead}`]
    await put(a, 5)
    await put(b, 5)
    await sideBySide(
      test.database,
      (tx) => tx.query('select from es.streams where stream_id = $1 for update', [a]),
      () => takeFrom(holdsRead as boolean, a, b),
      () => takeFrom(holdsRead as boolean, b, a),
    )
    expect((await sumOf(a)) + (await sumOf(b))).toBe(left)
  },
)

it('streams that are not there yet hold nobody up', async () => {
  await put('alone', 10)
  await takeFrom(true, 'alone', 'nobody')
  expect(await sumOf('alone')).toBe(0)
})
