import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { compareOutbox, createEventStore, eventStoreMigrations, looseMessages, OUTBOX_PLACES_SQL } from './index.ts'
import { counterEvents, draftFor, firstAppend, METADATA, RECORDED_AT, someEvents } from './testing/counter.ts'

const store = createEventStore([counterEvents])
let world: TestDatabase
beforeEach(async () => {
  world = await createTestDatabase({ migrations: [eventStoreMigrations] })
  // one append at a time, several together, and one that goes on
  for (const key of ['a', 'b'])
    await store.append(world.database, firstAppend(`counter-${key}`, { outbox: [draftFor(key)] }))
  const many = ['c', 'd'].map((key) =>
    firstAppend(`counter-${key}`, { events: someEvents(2), outbox: [draftFor(key), draftFor(key, 'ziv.100.spec.v1')] }),
  )
  await world.database.transaction((tx) => store.appendMany(tx, many))
  const { head } = await store.load(world.database, 'counter-a')
  await store.append(world.database, {
    ...{ streamId: 'counter-a', expected: head, events: someEvents(1), recordedAt: RECORDED_AT, metadata: METADATA },
    outbox: [draftFor('a'), draftFor('a')],
  })
})
afterEach(() => world.drop())

/** Compared in as many ranges as there are places, or in one. */
async function compared(inRanges = true) {
  const { rows } = await world.database.query<{ key: string }>(
    `select distinct key from (${OUTBOX_PLACES_SQL}) k order by 1`,
  )
  const bounds = inRanges ? rows.map(({ key }) => key) : []
  const ranges = [...bounds, null].map((through, at) => ({ after: bounds[at - 1] ?? null, through }))
  const results = []
  for (const range of ranges) results.push(await world.database.transaction((tx) => compareOutbox(tx, range)))
  const { strange, missing, disordered, beyond } = looseMessages(results)
  const messages = results.reduce((sum, result) => sum + result.messages, 0)
  return {
    messages,
    strange,
    missing,
    disordered: [...disordered, ...results.flatMap((one) => one.disordered)],
    beyond,
  }
}
const change = (sql: string) => world.database.query(sql)
const topic = 'ziv.300.spec.v1'
const holds = { messages: 8, strange: [], missing: [], disordered: [], beyond: 0 }

test('every message of the outbox is one that an event of the log speaks of, range by range and over the whole', async () => {
  expect(await compared()).toEqual(holds)
  expect(await compared(false)).toEqual(holds)
  expect(await Array.fromAsync(store.verify(world.database))).toEqual([])
})

test.for([
  `payload = '{"key":"x"}'`,
  `payload = '{"key":"x","key":"b"}'`,
  `headers = '{"source":"/spec","insurer":"300"}'`,
  `type = 'spec.other'`,
  `event_id = gen_random_uuid()`,
])('a row of which something was changed is named with the event that spoke of it: %s', async (what) => {
  await change(`update es.outbox set ${what} where key = 'b'`)
  expect(await compared()).toMatchObject({ strange: [`${topic} b 1`], missing: ['counter-b@1'] })
})

test('a row that goes under another key is named', async () => {
  await change(`update es.outbox set key = 'z' where key = 'b'`)
  expect(await compared()).toMatchObject({ strange: [`${topic} z 1`], missing: ['counter-b@1'] })
})

test('a row that was taken out with its number is missed by its event, and one that was put in is named', async () => {
  await change(`delete from es.outbox where key = 'd' and topic = '${topic}'`)
  await change(`delete from es.topic_keys where key = 'd' and topic = '${topic}'`)
  expect(await compared()).toMatchObject({ strange: [], missing: ['counter-d@1'] })
  await change(`insert into es.outbox (epoch, tx, event_id, topic, key, sequence, type, payload, headers)
    select epoch, tx, gen_random_uuid(), topic, 'd', 1, type, payload, headers from es.outbox where key = 'b'`)
  await change(`insert into es.topic_keys select topic, 'd', 1, epoch, tx from es.topic_keys where key = 'b'`)
  expect(await compared()).toMatchObject({ strange: [`${topic} d 1`], missing: ['counter-d@1'] })
})

test('rows of a key that changed places are named, in one range and over ranges', async () => {
  const swap = (one: number, other: number) =>
    change(`update es.outbox o set event_id = p.event_id from es.outbox p where o.key = 'a' and p.key = 'a'
      and (o.sequence, p.sequence) in ((${one}, ${other}), (${other}, ${one}))`)
  await swap(2, 3)
  expect(await compared()).toMatchObject({ disordered: [`${topic} a 2`] })
  await swap(2, 3)
  expect(await compared()).toEqual(holds)
  await swap(1, 3)
  expect(await compared()).toMatchObject({ strange: [], missing: [], disordered: [`${topic} a 1`] })
  expect((await compared(false)).disordered).not.toEqual([])
})

test('numbers of a key that changed places, or have a hole, are named', async () => {
  await change(`update es.outbox set sequence = sequence + 5 where key = 'a' and sequence > 1`)
  expect(await compared()).toMatchObject({ disordered: [`${topic} a 7`] })
})

test('of what upkeep removed nothing is asked', async () => {
  await change(`delete from es.outbox where key in ('a', 'b') and sequence = 1`)
  expect(await compared()).toEqual({ ...holds, messages: 6 })
  await change(`delete from es.outbox where key = 'a' and sequence = 2`)
  expect(await compared()).toMatchObject({ missing: ['counter-a@2'] })
})

test('of a transaction of which upkeep removed the first rows, as its steps do, only those that are left are asked', async () => {
  await change(`delete from es.outbox where key in ('a', 'b') and sequence = 1 or key = 'c'`)
  expect(await compared()).toMatchObject({ strange: [], missing: [], disordered: [], beyond: 0 })
  expect(await compared(false)).toMatchObject({ strange: [], missing: [], disordered: [], beyond: 0 })
  await change(`update es.outbox set payload = '{}' where key = 'd' and topic = '${topic}'`)
  expect(await compared()).toMatchObject({ strange: [`${topic} d 1`] })
  await change(`delete from es.outbox where key = 'a' and sequence = 2`)
  expect(await compared()).toMatchObject({ missing: ['counter-a@2'] })
})

test('of a store that was quiet until upkeep had removed every row nothing is asked', async () => {
  await change('delete from es.outbox')
  expect(await compared()).toEqual({ ...holds, messages: 0 })
  await change('delete from es.topic_keys')
  expect((await compared()).missing).toHaveLength(8)
})

test('what is left is asked from the oldest transaction on, also where their numbers gain a digit', async () => {
  // the transactions are 8, 9, 10 and 11
  for (const table of ['outbox', 'events', 'streams', 'topic_keys'])
    await change(`with places as (select tx, 7 + row_number() over (order by tx) as at from (select distinct tx from es.events) t)
      update es.${table} o set tx = p.at::text::xid8 from places p where p.tx = o.tx`)
  expect(await compared(false)).toEqual(holds)
  await change(`delete from es.outbox where key = 'a' and sequence = 1`)
  expect(await compared(false)).toEqual({ ...holds, messages: 7 })
  await change(`update es.outbox set payload = '{}' where key = 'b'`)
  expect(await compared(false)).toMatchObject({ strange: [`${topic} b 1`] })
})
