import { instant } from '@ziv/kernel'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type CommandHandling,
  type CommandRequest,
  createEventStore,
  type EventStore,
  eventStoreMigrations,
  handleCommand,
  handleCommands,
  type StreamAppend,
  StreamVersionMismatch,
  WrongExpectedVersion,
} from './index.ts'
import {
  type Counted,
  counter,
  counterEvents,
  draftFor,
  firstAppend,
  METADATA,
  RECORDED_AT,
} from './testing/counter.ts'

type Handling = CommandHandling<number, { amount: number }, Counted, { code: string }, { limit: number }>

const store = createEventStore([counterEvents])
let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase({ migrations: [eventStoreMigrations] })
})
afterAll(() => test.drop())

const handling: Handling = {
  decider: counter,
  toOutbox: ({ streamId, events }) => events.map(() => draftFor(streamId)),
}

function request(
  streamId: string,
  commandId: string,
  amount = 1,
): CommandRequest<{ amount: number }, { limit: number }> {
  return {
    streamId,
    commandId,
    command: { amount },
    facts: { limit: 100 },
    recordedAt: () => RECORDED_AT,
    metadata: METADATA,
  }
}

const counts = async (streamId: string): Promise<unknown> => {
  const { rows } = await test.database.query(
    `select (select count(*)::int from es.events where stream_id = $1) as events,
       (select count(*)::int from es.outbox where key = $1) as outbox`,
    [streamId],
  )
  return rows[0]
}

/** A store in which another writer is faster, the first `times` times. */
function raced(streamId: string, times: number): EventStore {
  let left = times
  const sneakIn = async (): Promise<void> => {
    if (left === 0) return
    left -= 1
    const { head } = await store.load(test.database, streamId)
    await store.append(test.database, firstAppend(streamId, { expected: head }))
  }
  return {
    ...store,
    append: async (q, append: StreamAppend) => {
      await sneakIn()
      return store.append(q, append)
    },
    appendMany: async (tx, appends) => {
      await sneakIn()
      return store.appendMany(tx, appends)
    },
  }
}

it('stores what was decided, with its messages, and gives the new state', async () => {
  const outcome = await handleCommand(test.database, store, { ...handling, ...request('h-1', 'c1', 5) })
  expect(outcome).toMatchObject({ ok: true, state: 5, repeated: false, head: { version: 1 } })
  const next = await handleCommand(test.database, store, { ...handling, ...request('h-1', 'c2', 6) })
  expect(next).toMatchObject({ ok: true, state: 11, head: { version: 2 } })
  expect((await store.load(test.database, 'h-1')).head).toEqual(next.head)
  expect(await counts('h-1')).toEqual({ events: 2, outbox: 2 })
})

it('gives a refusal as a value and stores nothing', async () => {
  const outcome = await handleCommand(test.database, store, { ...handling, ...request('h-2', 'c1', 101) })
  expect(outcome).toMatchObject({ ok: false, rejection: { code: 'TEST-0001' }, head: { version: 0 } })
  expect(await counts('h-2')).toEqual({ events: 0, outbox: 0 })
})

it('answers a repeated command with what it did the first time, even when it would be refused now', async () => {
  await handleCommand(test.database, store, { ...handling, ...request('h-3', 'c1', 90) })
  await handleCommand(test.database, store, { ...handling, ...request('h-3', 'c2', 5) })
  const again = await handleCommand(test.database, store, { ...handling, ...request('h-3', 'c1', 90) })
  expect(again).toMatchObject({ ok: true, repeated: true, events: [{ data: { amount: 90 } }], head: { version: 2 } })
  expect(await counts('h-3')).toEqual({ events: 2, outbox: 2 })
})

it('reads and decides again when another writer was faster, three times in all', async () => {
  const outcome = await handleCommand(test.database, raced('h-4', 2), { ...handling, ...request('h-4', 'c1', 10) })
  expect(outcome).toMatchObject({ ok: true, state: 12, head: { version: 3 } })
  const late = handleCommand(test.database, raced('h-4', 3), { ...handling, ...request('h-4', 'c2', 10) })
  await expect(late).rejects.toThrow(WrongExpectedVersion)
})

it('asks for the moment each time it has read, so that what was beaten is not recorded before its victor', async () => {
  const moments = ['2026-01-01T10:00:00.001Z', '2026-01-01T10:00:00.002Z', '2026-01-01T10:00:00.003Z'].map(instant)
  const asked = { ...request('h-9', 'c1', 10), recordedAt: () => moments.shift()! }
  const outcome = await handleCommand(test.database, raced('h-9', 1), { ...handling, ...asked })
  expect(outcome).toMatchObject({ ok: true, head: { version: 2 } })
  const { events } = await store.load(test.database, 'h-9')
  expect(events.at(-1)?.recordedAt).toBe('2026-01-01T10:00:00.002Z')
})

it('refuses a command for another version than the sender saw', async () => {
  await handleCommand(test.database, store, { ...handling, ...request('h-5', 'c1') })
  const stale = handleCommand(test.database, store, { ...handling, ...request('h-5', 'c2'), expectedVersion: 0 })
  await expect(stale).rejects.toThrow(StreamVersionMismatch)
  const current = handleCommand(test.database, store, { ...handling, ...request('h-5', 'c2'), expectedVersion: 1 })
  await expect(current).resolves.toMatchObject({ ok: true })
})

it('decides a batch: many streams, several commands for one, refusals and repeats among them', async () => {
  await handleCommand(test.database, store, { ...handling, ...request('b-3', 'old', 7) })
  const outcomes = await handleCommands(test.database, store, handling, [
    request('b-1', 'c1', 1),
    request('b-2', 'c1', 60),
    request('b-2', 'c2', 60),
    request('b-2', 'c3', 20),
    request('b-3', 'old', 7),
    request('b-1', 'c1', 1),
  ])
  expect(outcomes.map((outcome) => [outcome.ok, outcome.state, outcome.ok && outcome.repeated])).toEqual([
    [true, 1, false],
    [true, 60, false],
    [false, 60, false],
    [true, 80, false],
    [true, 7, true],
    [true, 1, true],
  ])
  expect(await counts('b-1')).toEqual({ events: 1, outbox: 1 })
  expect(await counts('b-2')).toEqual({ events: 2, outbox: 2 })
  expect((await store.load(test.database, 'b-2')).head).toEqual(outcomes[3]!.head)
})

it('decides a whole batch again when one of its streams moved on, and leaves nothing twice', async () => {
  const batch = Array.from({ length: 20 }, (_, n) => request(`r-${n}`, 'c1', 2))
  const outcomes = await handleCommands(test.database, raced('r-7', 2), handling, batch)
  expect(outcomes.map(({ state }) => state)).toEqual(batch.map((_, n) => (n === 7 ? 4 : 2)))
  expect(await counts('r-3')).toEqual({ events: 1, outbox: 1 })
})

it('tries again inside the transaction of a consumer without spoiling it', async () => {
  await test.database.query('create table seen (id text)')
  await test.database.transaction(async (tx) => {
    await tx.query("insert into seen values ('message')")
    await handleCommands(tx, raced('t-1', 1), handling, [request('t-1', 'c1'), request('t-2', 'c1')])
  })
  expect(await counts('t-1')).toEqual({ events: 2, outbox: 1 })
  expect(await counts('t-2')).toEqual({ events: 1, outbox: 1 })
  expect((await test.database.query('select id from seen')).rows).toHaveLength(1)
})

it('writes what belongs to the outcome in the same transaction, or nothing', async () => {
  await test.database.query('create table answers (stream text, ok boolean)')
  const inTransaction: Handling['inTransaction'] = async (tx, outcomes) => {
    for (const { streamId, ok } of outcomes) await tx.query('insert into answers values ($1, $2)', [streamId, ok])
    if (outcomes.some(({ streamId }) => streamId === 'i-2')) throw new Error('cannot write')
  }
  await handleCommand(test.database, store, { ...handling, inTransaction, ...request('i-1', 'c1') })
  const failing = handleCommand(test.database, store, { ...handling, inTransaction, ...request('i-2', 'c1') })
  await expect(failing).rejects.toThrow('cannot write')
  expect((await test.database.query('select stream from answers')).rows).toEqual([{ stream: 'i-1' }])
  expect(await counts('i-2')).toEqual({ events: 0, outbox: 0 })
})

it('stores the sealed form of the events and shows it to the messages', async () => {
  const seen: unknown[] = []
  const sealing: Handling = {
    ...handling,
    seal: async (events) => events.map(({ event }) => ({ amount: event.data.amount, note: 'sealed' })),
    toOutbox: ({ events }) => {
      seen.push(...events.map(({ data }) => data))
      return []
    },
  }
  const outcomes = await handleCommands(test.database, store, sealing, [
    request('s-1', 'c1', 3),
    request('s-2', 'c1', 4),
  ])
  const sealed = [3, 4].map((amount) => ({ amount, note: 'sealed' }))
  expect(seen).toEqual(sealed)
  const stored = await store.loadMany(test.database, ['s-1', 's-2'])
  expect([...stored.values()].flatMap(({ events }) => events.map(({ data }) => data))).toEqual(sealed)
  expect(outcomes.every(({ ok }) => ok)).toBe(true)
})
