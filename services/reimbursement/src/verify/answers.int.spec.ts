import { afterAll, beforeAll, expect, test } from 'vitest'
import { failedFindings, fileIn } from '../testing/answers.ts'
import { bytes, createHarness, fileText, type Harness, invoice, patient } from '../testing/harness.ts'

let harness: Harness
let [settled, refused]: [string, string] = ['', '']
beforeAll(async () => {
  harness = await createHarness()
  const person = patient(1)
  await harness.insured(person)
  const days = Array.from({ length: 24 }, (_, day) => ({ date: `2024-04-${String(day + 1).padStart(2, '0')}` }))
  // of a stranger one line is refused, and an issue tells it
  const good = await fileText([invoice(person, 1, days), invoice(patient(2), 2)])
  settled = fileIn(await harness.service.importInvoiceFile(bytes(good))).fileId
  const bad = await fileText([invoice(person, 3, [{ date: '2024-05-06' }])], { iban: 'BE69539007547034' })
  refused = fileIn(await harness.service.importInvoiceFile(bytes(bad))).fileId
})
afterAll(() => harness.drop())

const check = 'reimbursement: answers to billing files equal what was recorded with their end'
const failed = async () => (await failedFindings(harness)).map((finding) => [finding.check, finding.detail])

const first = 'file_id = $1 and sequence = 1'
const changes: readonly (readonly [table: string, change: string])[] = [
  ['app.staged_invoices', `update app.staged_invoices set verdict = verdict || ' ' where ${first}`],
  ['app.staged_invoices', `update app.staged_invoices set paid_cents = paid_cents + 1 where ${first}`],
  ['app.staged_invoices', `update app.staged_invoices set destination = '999' where ${first}`],
  [
    'app.staged_invoices',
    `update app.staged_invoices set records = overlay(records placing '9' from 40) where ${first}`,
  ],
  ['app.staged_invoices', `delete from app.staged_invoices where ${first}`],
  ['app_files.issues', `update app_files.issues set code = '500544' where file_id = $1`],
  ['app_files.issues', 'delete from app_files.issues where file_id = $1'],
  ['app_files.files', 'update app_files.files set arrival = arrival + 100 where file_id = $1'],
]

test.for(changes)('what the answer to a file is made of is held to the log: %s, %s', async ([table, change]) => {
  expect(await failed()).toEqual([])
  for (const fileId of [settled, refused]) {
    await harness.database.query(`create table public.kept as table ${table}`)
    expect((await harness.database.query(change, [fileId])).rowCount).toBeGreaterThan(0)
    expect(await failed()).toEqual([[check, `1 differ: ${fileId}`]])
    await harness.database.query(`delete from ${table}`)
    await harness.database.query(`insert into ${table} select * from public.kept`)
    await harness.database.query('drop table public.kept')
  }
  expect(await failed()).toEqual([])
})
