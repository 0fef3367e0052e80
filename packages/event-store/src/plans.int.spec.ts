import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEventStore, eventStoreMigrations } from './index.ts'
import { COUNT_OUTBOX_SQL, TAIL_OUTBOX_SQL } from './outbox.ts'
import { FIND_SQL, LOAD_MANY_SQL, LOAD_SQL, TAIL_SQL } from './read.ts'
import { counterEvents, draftFor, firstAppend, someEvents } from './testing/counter.ts'
import { VERIFY_SQL } from './verify.ts'

const store = createEventStore([counterEvents])
let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase({ migrations: [eventStoreMigrations] })
  for (let batch = 0; batch < 5; batch++) {
    const appends = Array.from({ length: 1000 }, (_, n) =>
      firstAppend(`plan-${batch}-${n}`, { events: someEvents(2), outbox: [draftFor(`k${n}`)] }),
    )
    await test.database.transaction((tx) => store.appendMany(tx, appends))
  }
  await test.database.query('vacuum analyze es.events')
  await test.database.query('vacuum analyze es.outbox')
  await test.database.query('vacuum analyze es.streams')
})
afterAll(() => test.drop())

async function plan(sql: string, values: readonly unknown[], generic: boolean): Promise<string> {
  return await test.database.transaction(async (tx) => {
    await tx.query(`set local plan_cache_mode = ${generic ? 'force_generic_plan' : 'force_custom_plan'}`)
    const { rows } = await tx.query<Record<string, string>>(`explain ${sql}`, values)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  })
}

// es.epochs has a row per move between clusters, es.checkpoints one per processor: reading them whole is one page
const withoutSmall = (text: string): string => text.replaceAll(/Seq Scan on (epochs|checkpoints)/g, '')

it.each([
  { name: 'the tail', sql: TAIL_SQL, values: [1, '700', '4000', 500], index: 'events_tail' },
  { name: 'the tail from the start', sql: TAIL_SQL, values: [0, '0', '0', 500], index: 'events_tail' },
  { name: 'the outbox tail', sql: TAIL_OUTBOX_SQL, values: [1, '700', '2000', 500], index: 'outbox_pkey' },
  { name: 'what a relay has to send', sql: COUNT_OUTBOX_SQL, values: ['relay'], index: 'outbox_pkey' },
  {
    name: 'an event',
    sql: FIND_SQL,
    values: ['0b6f4c53-6b0f-4a52-9f62-94a3f5c5f001'],
    index: 'events_event_id_key',
  },
  { name: 'a stream', sql: LOAD_SQL, values: ['plan-1-1'], index: 'events_pkey' },
  { name: 'many streams', sql: LOAD_MANY_SQL, values: [['plan-1-1', 'plan-2-7']], index: 'events_pkey' },
  { name: 'a page of verify', sql: VERIFY_SQL, values: ['plan-2', '0', 'plan.'], index: 'events_pkey' },
])('reads $name by an index scan alone', async ({ sql, values, index }) => {
  for (const generic of [false, true]) {
    const text = withoutSmall(await plan(sql, values, generic))
    expect(text).toContain(index)
    expect(text).toContain('Index Cond')
    expect(text).not.toContain('Seq Scan')
  }
})

it('reads both tails in index order, without a sort, with both bounds in the index condition', async () => {
  for (const sql of [TAIL_SQL, TAIL_OUTBOX_SQL]) {
    const text = await plan(sql, [1, '700', '4000', 500], true)
    expect(text).not.toContain('Sort')
    expect(text).toMatch(/Index Cond: .*ROW\(epoch, tx, "?\w+"?\) > .*ROW\(epoch, tx\) < /)
    expect(text).not.toContain('Filter')
  }
})

it('appends by index alone with plans that were made while the store was empty', async () => {
  const fresh = await createTestDatabase({ migrations: [eventStoreMigrations], max: 1 })
  await fresh.database.query('vacuum analyze')
  const append = async (stream: string) => {
    const { head } = await store.append(fresh.database, firstAppend(stream))
    await store.append(fresh.database, firstAppend(stream, { expected: head, outbox: [draftFor(stream)] }))
  }
  // a prepared statement gets its lasting plan after five runs
  for (let n = 0; n < 10; n++) await append(`early-${n}`)
  const many = Array.from({ length: 500 }, (_, n) => firstAppend(`bulk-${n}`))
  await fresh.database.transaction((tx) => store.appendMany(tx, many))
  await append('late')
  await fresh.database.query('select pg_stat_force_next_flush()')
  const { rows } = await fresh.database.query<{ relname: string; read: string }>(
    `select relname, seq_tup_read as read from pg_stat_user_tables
      where schemaname = 'es' and relname in ('streams', 'events', 'topic_keys', 'outbox') order by relname`,
  )
  await fresh.drop()
  expect(rows.map(({ relname, read }) => `${relname} ${read}`)).toEqual([
    'events 0',
    'outbox 0',
    'streams 0',
    'topic_keys 0',
  ])
})
