import { type DomainEvent, instant } from '@ziv/kernel'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  CommandBatch,
  type CommandHandling,
  CommandIdReused,
  type CommandRequest,
  createEventStore,
  type EventStore,
  eventStoreMigrations,
  handleCommand,
  handleCommands,
  recordOnce,
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
  NEW_STREAM,
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
  recordedAt: () => RECORDED_AT,
  toOutbox: (changes) => changes.map(({ streamId, events }) => events.map(() => draftFor(streamId))),
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

it('reads and decides again when another writer was faster, five times in all', async () => {
  const outcome = await handleCommand(test.database, raced('h-4', 4), { ...handling, ...request('h-4', 'c1', 10) })
  expect(outcome).toMatchObject({ ok: true, state: 14, head: { version: 5 } })
  const late = handleCommand(test.database, raced('h-4', 5), { ...handling, ...request('h-4', 'c2', 10) })
  await expect(late).rejects.toThrow(WrongExpectedVersion)
})

it('asks for the moment each time it has read, so that what was beaten is not recorded before its victor', async () => {
  const moments = ['2026-01-01T10:00:00.001Z', '2026-01-01T10:00:00.002Z', '2026-01-01T10:00:00.003Z'].map(instant)
  const asked = { ...handling, recordedAt: () => moments.shift()! }
  const outcome = await handleCommand(test.database, raced('h-9', 1), { ...asked, ...request('h-9', 'c1', 10) })
  expect(outcome).toMatchObject({ ok: true, head: { version: 2 } })
  const { events } = await store.load(test.database, 'h-9')
  expect(events.at(-1)?.recordedAt).toBe('2026-01-01T10:00:00.002Z')
})

it('refuses a known command id with another request, stored before or in the same batch', async () => {
  const asked = (digest: string, amount: number) => ({
    ...request('n-1', 'c1', amount),
    metadata: { ...METADATA, request: digest },
  })
  await handleCommand(test.database, store, { ...handling, ...asked('one', 3) })
  expect(await handleCommand(test.database, store, { ...handling, ...asked('one', 3) })).toMatchObject({
    repeated: true,
  })
  const other = handleCommand(test.database, store, { ...handling, ...asked('two', 4) })
  await expect(other).rejects.toThrow(CommandIdReused)
  const twice = handleCommands(test.database, store, handling, [request('n-2', 'c1', 1), request('n-2', 'c1', 2)])
  await expect(twice).rejects.toThrow(CommandIdReused)
  expect(await counts('n-1')).toEqual({ events: 1, outbox: 1 })
  expect(await counts('n-2')).toEqual({ events: 0, outbox: 0 })
})

it('writes what one origin decided on a stream by one append, and another origin by the next', async () => {
  const other = { ...METADATA, actor: 'other' }
  await handleCommands(test.database, store, handling, [
    request('w-1', 'c1'),
    request('w-2', 'c1'),
    request('w-1', 'c2'),
    { ...request('w-1', 'c3'), metadata: other },
  ])
  const { events } = await store.load(test.database, 'w-1')
  expect(events.map(({ metadata }) => metadata.actor)).toEqual(['spec', 'spec', 'other'])
  expect(await counts('w-1')).toEqual({ events: 3, outbox: 3 })
})

it('decides on states kept elsewhere, and finds out when these are behind', async () => {
  const kept = new Map([['k-1', { state: 0, head: NEW_STREAM }]])
  const reading = { ...handling, read: async () => kept }
  expect(await handleCommand(test.database, store, { ...reading, ...request('k-1', 'c1', 4) })).toMatchObject({
    state: 4,
  })
  const behind = handleCommand(test.database, store, { ...reading, ...request('k-1', 'c2', 4) })
  await expect(behind).rejects.toThrow(WrongExpectedVersion)
})

it('takes a group of commands back, and stores the rest', async () => {
  const batch = new CommandBatch(store, handling)
  await test.database.transaction(async (tx) => {
    await batch.read(tx, ['u-1', 'u-2'])
    batch.decide(request('u-1', 'c1', 5))
    const undo = batch.mark()
    batch.decide(request('u-1', 'c2', 6))
    batch.decide(request('u-2', 'c2', 7))
    undo()
    expect([batch.stateOf('u-1'), batch.stateOf('u-2'), batch.versionOf('u-1')]).toEqual([5, 0, 1])
    batch.decide(request('u-1', 'c2', 1))
    await batch.store(tx)
  })
  expect((await store.load(test.database, 'u-1')).events.map(({ data }) => data.amount)).toEqual([5, 1])
  expect(await counts('u-2')).toEqual({ events: 0, outbox: 0 })
})

it('a stream of one event takes the same again, and no other', async () => {
  const noted = (text: string): DomainEvent => ({ type: 'Noted', version: 1, data: { text } })
  const write = (text: string) =>
    recordOnce(test.database, store, () => RECORDED_AT, {
      ...{ streamId: 'o-1', event: noted(text), metadata: METADATA, outbox: () => [draftFor('o-1')] },
    })
  await write('a')
  await write('a')
  await expect(write('b')).rejects.toThrow('holds another event')
  expect(await counts('o-1')).toEqual({ events: 1, outbox: 1 })
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

it('inside the transaction of a consumer, the whole of it is run again', async () => {
  await test.database.query('create table seen (id text)')
  const faster = raced('t-1', 1)
  await test.database.transaction(async (tx) => {
    await tx.query("insert into seen values ('message')")
    await handleCommands(tx, faster, handling, [request('t-1', 'c1'), request('t-2', 'c1')])
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
    toOutbox: (changes) => {
      seen.push(...changes.flatMap(({ events }) => events.map(({ data }) => data)))
      return changes.map(() => [])
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
