import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerText, failedFindings, fileIn } from '../testing/answers.ts'
import { bytes, createHarness, fileText, type Harness, inOrder, invoice, opened, patient } from '../testing/harness.ts'

let harness: Harness
beforeAll(async () => {
  harness = await createHarness()
})
afterAll(() => harness.drop())

test('a file that is refused as a whole is judged anew when the same bytes come again, paid once, and one file from then on', async () => {
  const late = patient(60)
  await harness.deliver(opened(late, harness.vault.blindIndex('insz', late.insz)))
  const text = await fileText([invoice(late, 98, [{ date: '2024-06-05' }])])
  const send = () => harness.service.importInvoiceFile(bytes(text))
  const refused = fileIn(await send())
  expect(refused).toMatchObject({ state: 'refused', answerKind: '920099', paidCents: 0 })
  const answer = await answerText(harness, refused.fileId)
  await harness.deliver(inOrder(late))
  const results = await Promise.all([1, 2, 3].map(send))
  const [settled] = results.map(fileIn)
  expect(settled).toMatchObject({ state: 'settled', refusedLines: 0, paidCents: 1968 })
  expect(new Set(results.map((result) => fileIn(result).fileId))).toEqual(new Set([settled!.fileId]))
  expect(settled!.fileId).not.toBe(refused.fileId)
  expect(await send()).toMatchObject({ alreadyKnown: true, file: { fileId: settled!.fileId } })
  expect(await answerText(harness, refused.fileId)).toBe(answer)
  const { rows } = await harness.database.query(
    'select count(*)::int as paid from app.settled_lines where person_id = $1',
    [late.personId],
  )
  expect(rows).toEqual([{ paid: 1 }])
  expect(await failedFindings(harness)).toEqual([])
})
