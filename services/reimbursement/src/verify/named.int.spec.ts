import { afterAll, beforeAll, expect, test } from 'vitest'
import { failedFindings, fileIn } from '../testing/answers.ts'
import { bytes, createHarness, fileText, type Harness, invoice, patient } from '../testing/harness.ts'

let harness: Harness
beforeAll(async () => {
  harness = await createHarness()
  const person = patient(1)
  await harness.insured(person)
  const days = [{ date: '2024-04-01' }, { date: '2024-04-02' }]
  fileIn(await harness.service.importInvoiceFile(bytes(await fileText([invoice(person, 1, days)]))))
})
afterAll(() => harness.drop())

const details = async () =>
  (await failedFindings(harness))
    .filter(({ check }) => check === 'reimbursement.settledLines')
    .map(({ detail }) => detail)

test.for([
  ['update app.settled_lines set units = units + 1 where line = 1', 'not as its event says'],
  ['delete from app.settled_lines where line = 1', 'missing'],
  [
    `insert into app.settled_lines select (jsonb_populate_record(l, '{"line": 77, "care_date": "2024-04-09"}')).* from app.settled_lines l where line = 1`,
    'no event says it',
  ],
] as const)('a paid line that is not as its claim says is named: %s', async ([change, said]) => {
  const { rows } = await harness.database.query<{ id: string }>('select claim_id::text as id from app.claims')
  await harness.database.query('create table public.kept as table app.settled_lines')
  expect((await harness.database.query(change)).rowCount).toBe(1)
  const line = said === 'no event says it' ? 77 : 1
  expect(await details()).toEqual([`1 differ: ${rows[0]!.id} line ${line} (${said})`])
  await harness.database.query('delete from app.settled_lines')
  await harness.database.query('insert into app.settled_lines select * from public.kept')
  await harness.database.query('drop table public.kept')
  expect(await details()).toEqual([])
})
