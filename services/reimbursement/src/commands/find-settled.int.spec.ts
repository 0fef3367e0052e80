import { uuidV5 } from '@ziv/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHarness, type Harness } from '../testing/harness.ts'
import { findSettled } from './find-settled.ts'

let harness: Harness
beforeAll(async () => {
  harness = await createHarness()
})
afterAll(() => harness.drop())

const person = (n: number): string => uuidV5(`settled-${n}`)

test('only the rows of the days asked are read, also while the table is believed to be empty', async () => {
  const persons = Array.from({ length: 300 }, (_, n) => ({ personId: person(n), careDates: ['2024-05-06'] }))
  await harness.database.query('vacuum analyze app.settled_lines')
  await harness.database.transaction(async (tx) => {
    // plans are made and kept before the first row is there
    for (let n = 0; n < 7; n += 1) expect((await findSettled(tx, persons)).size).toBe(0)
    await tx.query(
      `insert into app.settled_lines
       select p, '10000304', '101032', date '2024-05-06' + day, '', gen_random_uuid(), 1, 1, 1968, 600, 0
         from unnest($1::uuid[]) p, generate_series(0, 9) day`,
      [persons.map(({ personId }) => personId)],
    )
    const rowsRead = async () => {
      const { rows } = await tx.query<{ read: string }>(
        `select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables
          where relid = 'app.settled_lines'::regclass`,
      )
      return Number(rows[0]!.read)
    }
    const before = await rowsRead()
    const settled = await findSettled(tx, persons)
    expect(settled.size).toBe(300)
    expect(settled.get(person(7))?.keys().toArray()).toEqual(['10000304/101032/2024-05-06/'])
    expect((await rowsRead()) - before).toBe(300)
  })
})

test('a patient without days of care is not asked about', async () => {
  expect(await findSettled(harness.database, [{ personId: person(1), careDates: [] }])).toEqual(new Map())
})
