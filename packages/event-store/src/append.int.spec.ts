import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AppendResult,
  createEventStore,
  EventIdTaken,
  eventStoreMigrations,
  OUTBOX_WRITTEN,
  type StreamAppend,
  WrongExpectedVersion,
  WrongExpectedVersions,
} from './index.ts'
import { counterEvents, draftFor, firstAppend, someEvent, someEvents } from './testing/counter.ts'

const store = createEventStore([counterEvents])
let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase({ migrations: [eventStoreMigrations] })
})
afterAll(() => test.drop())

async function rowCounts(): Promise<unknown> {
  const { rows } = await test.database.query(
    `select (select count(*) from es.events) as events, (select count(*) from es.outbox) as outbox,
       (select count(*) from es.streams) as streams, (select coalesce(sum(sequence), 0) from es.topic_keys) as sequences`,
  )
  return rows[0]
}

const one = (append: StreamAppend): Promise<AppendResult> => store.append(test.database, append)
const many = async (append: StreamAppend): Promise<AppendResult> =>
  (await test.database.transaction((tx) => store.appendMany(tx, [append])))[0]!

/** Both ways of writing keep the same promises. */
describe.each([
  { way: 'append', write: one },
  { way: 'appendMany', write: many },
])('$way', ({ way, write }) => {
  it('refuses a second append that expects a new stream', async () => {
    await write(firstAppend(`${way}-new`))
    const before = await rowCounts()
    await expect(write(firstAppend(`${way}-new`))).rejects.toThrow(WrongExpectedVersion)
    expect(await rowCounts()).toEqual(before)
  })

  it('refuses an old version, a version to come and a stream that does not exist', async () => {
    const { head } = await write(firstAppend(`${way}-old`, { events: someEvents(3) }))
    for (const version of [1, 2, 4]) {
      const expected = { version, hash: head.hash }
      await expect(write(firstAppend(`${way}-old`, { expected }))).rejects.toThrow(WrongExpectedVersion)
    }
    await expect(write(firstAppend(`${way}-absent`, { expected: head }))).rejects.toThrow(WrongExpectedVersion)
  })

  it('notifies who carries messages out, and only when there are any', async () => {
    let heard = 0
    const unlisten = test.database.listen(OUTBOX_WRITTEN, () => {
      heard += 1
    })
    await write(firstAppend(`${way}-quiet`, { outbox: [] }))
    expect(heard).toBe(0)
    await write(firstAppend(`${way}-heard`, { outbox: [draftFor(`${way}-heard`)] }))
    expect(heard).toBe(1)
    unlisten()
  })

  it('refuses the right version with another hash', async () => {
    const { head } = await write(firstAppend(`${way}-hash`))
    const expected = { version: head.version, hash: Buffer.alloc(32, 7) }
    await expect(write(firstAppend(`${way}-hash`, { expected }))).rejects.toThrow(WrongExpectedVersion)
  })

  it('writes nothing for a repeated append, before and after others came', async () => {
    const first = firstAppend(`${way}-repeat`, { events: someEvents(2), outbox: [draftFor('r')] })
    const { head } = await write(first)
    const second = firstAppend(`${way}-repeat`, { expected: head, outbox: [draftFor('r')] })
    const { head: newest } = await write(second)
    const before = await rowCounts()
    expect(await write(first)).toEqual({ head: newest, repeated: true })
    expect(await write(second)).toEqual({ head: newest, repeated: true })
    // decided again on the newest head, with the ids of the first time
    expect(await write({ ...first, expected: newest })).toEqual({ head: newest, repeated: true })
    expect(await rowCounts()).toEqual(before)
  })

  it('refuses an append of which only some events are stored', async () => {
    const first = firstAppend(`${way}-part`, { events: someEvents(2) })
    const { head } = await write(first)
    const before = await rowCounts()
    const partly = [
      [...first.events, someEvent()],
      [someEvent(), first.events[1]!],
      [first.events[0]!, someEvent()],
    ]
    for (const events of partly) {
      await expect(write({ ...first, expected: head, events })).rejects.toThrow(EventIdTaken)
    }
    expect(await rowCounts()).toEqual(before)
  })

  it('refuses an event id of another stream', async () => {
    const { events } = firstAppend('x')
    await write(firstAppend(`${way}-owner`, { events }))
    await expect(write(firstAppend(`${way}-thief`, { events }))).rejects.toThrow(EventIdTaken)
    const { head } = await write(firstAppend(`${way}-thief-2`))
    await expect(write(firstAppend(`${way}-thief-2`, { expected: head, events }))).rejects.toThrow(EventIdTaken)
  })

  it('numbers the outbox per topic and key without holes, over several appends', async () => {
    const topic = `ziv.300.${way}.v1`
    const { head } = await write(
      firstAppend(`${way}-numbers`, { outbox: ['a', 'b', 'a'].map((key) => draftFor(key, topic)) }),
    )
    await write(
      firstAppend(`${way}-numbers`, { expected: head, outbox: ['b', 'a'].map((key) => draftFor(key, topic)) }),
    )
    const { rows } = await test.database.query<{ key: string; sequence: string }>(
      'select key, sequence from es.outbox where topic = $1 order by id',
      [topic],
    )
    expect(rows.map(({ key, sequence }) => `${key}${sequence}`)).toEqual(['a1', 'b1', 'a2', 'b2', 'a3'])
  })

  it('gives one of two writers that race for the same version the conflict', async () => {
    const { head } = await write(firstAppend(`${way}-race`))
    const race = [1, 2, 3].map(() => write(firstAppend(`${way}-race`, { expected: head })))
    const results = await Promise.allSettled(race)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(WrongExpectedVersion)
    }
  })

  it('stores texts with tabs, quotes, backslashes, newlines and any language as they are', async () => {
    const data = { text: 'a\tb\\n"c"\r\n\u2028é€𝄞', '\u20ac\t': [null, true, -1.5, 1e21, {}] }
    await write(firstAppend(`${way}-text`, { events: [{ ...someEvent(), data }] }))
    const { events } = await store.load(test.database, `${way}-text`)
    expect(events[0]!.data).toEqual(data)
  })
})

it('appendMany names every stream that moved on and leaves nothing of the batch', async () => {
  await one(firstAppend('bulk-1'))
  await one(firstAppend('bulk-2'))
  const before = await rowCounts()
  const batch = ['bulk-1', 'bulk-2', 'bulk-3'].map((streamId) =>
    firstAppend(streamId, { outbox: [draftFor(streamId)] }),
  )
  const failure = test.database.transaction((tx) => store.appendMany(tx, batch))
  await expect(failure).rejects.toBeInstanceOf(WrongExpectedVersions)
  await expect(failure).rejects.toMatchObject({ streamIds: ['bulk-1', 'bulk-2'] })
  expect(await rowCounts()).toEqual(before)
})

it('appendMany tells a new stream from one that exists in a batch large enough for COPY', async () => {
  await one(firstAppend('copy-7'))
  const batch = Array.from({ length: 80 }, (_, n) => firstAppend(`copy-${n}`, { outbox: [draftFor(`copy-${n}`)] }))
  const before = await rowCounts()
  const failure = test.database.transaction((tx) => store.appendMany(tx, batch))
  await expect(failure).rejects.toMatchObject({ streamIds: ['copy-7'] })
  expect(await rowCounts()).toEqual(before)
  const rest = batch.filter(({ streamId }) => streamId !== 'copy-7')
  const stored = await test.database.transaction((tx) => store.appendMany(tx, rest))
  expect(stored.every(({ repeated }) => !repeated)).toBe(true)
  const again = await test.database.transaction((tx) => store.appendMany(tx, rest))
  expect(again).toEqual(stored.map(({ head }) => ({ head, repeated: true })))
})

it('appendMany refuses a stream twice in one call', async () => {
  const twice = test.database.transaction((tx) =>
    store.appendMany(tx, [firstAppend('twice-1'), firstAppend('twice-1')]),
  )
  await expect(twice).rejects.toThrow('appears twice')
})

it('refuses what cannot be stored before it reaches the database', async () => {
  const withData = (data: object) => one(firstAppend('bad-1', { events: [{ ...someEvent(), data: data as never }] }))
  await expect(withData({ text: 'a\u0000b' })).rejects.toThrow('NUL')
  await expect(withData({ text: '\ud800' })).rejects.toThrow('surrogate')
  await expect(withData({ n: Number.NaN })).rejects.toThrow('not a JSON number')
  await expect(one(firstAppend('bad-1', { events: [] }))).rejects.toThrow('no events')
  await expect(one(firstAppend('bad-1', { events: [{ ...someEvent(), eventId: 'x' }] }))).rejects.toThrow('UUID')
  expect((await store.load(test.database, 'bad-1')).head.version).toBe(0)
})
