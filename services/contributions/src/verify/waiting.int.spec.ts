import { randomUUID } from 'node:crypto'
import { isoDate, makeInsz, makeRszNumber } from '@ziv/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dmfaFile } from '../testing/dmfa-file.ts'
import { acquired, bearer, createHarness, type Harness, opened } from '../testing/harness.ts'
import { serverOf } from '../testing/http.ts'

let h: Harness
let app: Awaited<ReturnType<typeof serverOf>>
const person = (serial: number) => ({ personId: randomUUID(), insz: makeInsz(isoDate('1980-05-05'), serial) })
const [known, stranger, later] = [person(9), person(11), person(13)]
const slip = (insz: string, amountCents: number) =>
  ({ insz, employerNumber: makeRszNumber(1234567), quarter: '2025Q1', amountCents }) as const

beforeAll(async () => {
  h = await createHarness()
  app = await serverOf(h)
  await h.affiliation(opened(known), acquired(known, 'EMPLOYEE'))
  const send = async (...amounts: number[]) => {
    const lines = [stranger, later].map(({ insz }, place) => slip(insz, amounts[place]!))
    await h.service.importSlipFile(dmfaFile(lines), { format: 'dmfa' })
  }
  await send(1_000, 2_000)
  // replaced by a newer one, then recorded for whoever appears
  await send(1_500, 2_500)
  await h.affiliation(opened(later), acquired(later, 'EMPLOYEE'))
})
afterAll(async () => {
  await app?.close()
  await h?.drop()
})

const failed = async () =>
  (await Array.fromAsync(h.service.verify())).filter(({ ok }) => !ok).map(({ check, detail }) => [check, detail])

/** Makes a change of a table, gives what is noticed, and takes it back. */
async function noticed(table: string, change: string) {
  await h.database.query(`create table public.kept as table ${table}`)
  expect((await h.database.query(change)).rowCount).toBe(1)
  const found = await failed()
  await h.database.query(`delete from ${table}`)
  await h.database.query(`insert into ${table} overriding system value select * from public.kept`)
  await h.database.query('drop table public.kept')
  expect(await failed()).toEqual([])
  return found
}

test.each([
  'update app.waiting_slips set amount_cents = amount_cents + 1',
  `update app.waiting_slips set quarter = '2025Q2'`,
  'update app.waiting_slips set created_at = created_at + 1',
  `update app.waiting_slips set insz_index = insz_index || 'x'`,
  `update app.waiting_slips set salt = '\\x00'`,
  'delete from app.waiting_slips',
  `insert into app.waiting_slips select 'other', source, sender, quarter, amount_cents, status, arrival, part, command_id, created_at
     from app.waiting_slips`,
])('what waits for a person who is not known yet is held to the log: %s', async (change) => {
  expect(await failed()).toEqual([])
  expect(await noticed('app.waiting_slips', change)).toEqual([
    ['contributions.waiting', expect.stringMatching(/differ: .*(not as it came|one of it is gone)/)],
  ])
})

test('the log says nothing by which the number of whoever waited could be tried', async () => {
  const { rows } = await h.database.query<{ came: number; went: number }>(
    `select sum(jsonb_array_length(data -> 'came'))::int as came, sum(jsonb_array_length(data -> 'went'))::int as went
       from es.events where type = 'WaitingSlipsMoved'`,
  )
  // two came, two took their place, one was recorded; the salt of each digest went with its row
  expect(rows[0]).toEqual({ came: 4, went: 3 })
  expect(await h.count('app.waiting_slips')).toBe(1)
})

test.each([
  `update app.payment_references set quarter = '2025Q2'`,
  'update app.payment_references set person_id = gen_random_uuid()',
  'delete from app.payment_references',
  `insert into app.payment_references (person_id, quarter) select person_id, '2025Q3' from app.payment_references`,
])('a number in a structured communication leads to whom it was handed out for: %s', async (change) => {
  const ask = () =>
    app.inject({
      ...{ method: 'POST', url: '/contributions/v1/paymentReferences' },
      payload: { personId: known.personId, quarter: '2025Q1' },
      headers: { authorization: bearer({ roles: ['clerk'], insurer: '300', ziekenfonds: '306' }) },
    })
  const { ogm } = (await ask()).json()
  expect((await ask()).json()).toEqual({ ogm })
  expect(await failed()).toEqual([])
  expect(await noticed('app.payment_references', change)).toEqual([
    ['contributions.references', expect.stringContaining(`differ: paymentReference-`)],
  ])
})
