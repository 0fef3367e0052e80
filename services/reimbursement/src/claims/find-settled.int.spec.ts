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

test('paid services are looked up by the index, also while the table is believed to be empty', async () => {
  const persons = Array.from({ length: 300 }, (_, n) => ({ personId: person(n), careDates: ['2024-05-06'] }))
  await harness.database.transaction(async (tx) => {
    // plans are made and kept before the first row is there
    for (let n = 0; n < 7; n += 1) expect((await findSettled(tx, persons)).size).toBe(0)
    await tx.query(
      `insert into app.settled_lines
       select p, '10000304101', '101032', date '2024-05-06' + day, '', gen_random_uuid(), 1, 1, 1968, 600, 0
         from unnest($1::uuid[]) p, generate_series(0, 9) day`,
      [persons.map(({ personId }) => personId)],
    )
    const scans = () =>
      tx.query<{ seq_scan: string }>(
        `select seq_scan from pg_stat_xact_user_tables where relid = 'app.settled_lines'::regclass`,
      )
    const before = (await scans()).rows[0]!.seq_scan
    const settled = await findSettled(tx, persons)
    expect(settled.size).toBe(300)
    expect(settled.get(person(7))?.keys().toArray()).toEqual(['10000304101/101032/2024-05-06/'])
    expect((await scans()).rows[0]!.seq_scan).toBe(before)
  })
})

test('a patient without days of care is not asked about', async () => {
  expect(await findSettled(harness.database, [{ personId: person(1), careDates: [] }])).toEqual(new Map())
})
