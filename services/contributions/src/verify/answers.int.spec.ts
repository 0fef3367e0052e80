import { randomUUID } from 'node:crypto'
import { isoDate, makeInsz, makeRszNumber } from '@ziv/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dmfaFile, textOf } from '../testing/dmfa-file.ts'
import { bytesOf, createHarness, type Harness, opened } from '../testing/harness.ts'
import { sendLines } from '../testing/lines.ts'

let h: Harness
let fileId = ''
beforeAll(async () => {
  h = await createHarness()
  const person = { personId: randomUUID(), insz: makeInsz(isoDate('1980-05-05'), 9) }
  await h.affiliation(opened(person))
  const slip = { employerNumber: makeRszNumber(1234567), quarter: '2025Q1', amountCents: 1_000 }
  const insz = [person.insz, makeInsz(isoDate('1980-05-05'), 11)]
  const text = await textOf(dmfaFile(insz.map((one) => ({ ...slip, insz: one }))))
  // the second worker is a student: no slip, and an issue that says so
  const at = text.lastIndexOf('<Occupation>')
  const student = text.slice(at).replace(
    /<Occupation>.*?<\/Occupation>/s,
    `<StudentContribution><StudentRemunAmount>00000120000</StudentRemunAmount><StudentContributionAmount>000003252</StudentContributionAmount>
      <StudentNbrDays>012</StudentNbrDays></StudentContribution>`,
  )
  const result = await h.service.importSlipFile(bytesOf(text.slice(0, at) + student), { format: 'dmfa' })
  if (!result.ok) throw new Error(JSON.stringify(result.issues))
  fileId = result.intake.intakeId
})
afterAll(() => h?.drop())

const failed = async () =>
  (await Array.fromAsync(h.service.verify())).filter(({ ok }) => !ok).map(({ check, detail }) => [check, detail])

const changes: readonly (readonly [table: string, change: string])[] = [
  ['app_files.files', `facts = jsonb_set(facts, '{withoutSlip}', '0')`],
  ['app_files.files', 'arrival = arrival + 1'],
  ['app_files.files', `completed_at = completed_at + interval '1 day'`],
  ['app_files.issues', 'line = line + 1'],
  ['app_files.issues', `code = 'noNumber'`],
  ['app_files.issues', `nl = 'niets'`],
]

test.for(changes)('the answer to a file of slips is held to the log: %s, %s', async ([table, change]) => {
  expect(await failed()).toEqual([])
  await h.database.query(`create table public.kept as table ${table}`)
  expect((await h.database.query(`update ${table} set ${change} where file_id = $1`, [fileId])).rowCount).toBe(1)
  const check = 'contributions: answers to files of slips equal what was recorded with their end'
  expect(await failed()).toEqual([[check, `1 differ: ${fileId}`]])
  await h.database.query(`delete from ${table}`)
  await h.database.query(`insert into ${table} select * from public.kept`)
  await h.database.query('drop table public.kept')
  expect(await failed()).toEqual([])
})

test('the answer to a file with one contribution a line is held to the log too', async () => {
  const wrong = { ssin: '1', quarter: '2025Q1' }
  await sendLines(h, 'slipBatch', [wrong])
  await sendLines(h, 'selfEmployedAttestBatch', [wrong])
  expect(await failed()).toEqual([])
  const { rows } = await h.database.query<{ file_id: string }>(
    `update app_files.issues set nl = 'niets' where file_id in (select file_id from app_files.files where kind like '%Batch')
     returning file_id`,
  )
  // a line has one issue per field that is wrong
  expect(new Set(rows.map(({ file_id }) => file_id)).size).toBe(2)
  const check = 'contributions: answers to files of contributions equal what was recorded with their end'
  expect(await failed()).toEqual([[check, expect.stringMatching(/^2 differ/)]])
})
