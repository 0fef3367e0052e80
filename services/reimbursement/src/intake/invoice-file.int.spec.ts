import { readEfactAnswer } from '@ziv/formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bytes, createHarness, fileText, type Harness, invoice, patient } from '../testing/harness.ts'

let harness: Harness
beforeAll(async () => {
  harness = await createHarness()
})
afterAll(() => harness.drop())

export async function answerItems(h: Harness, fileId: string) {
  const items = []
  for await (const item of readEfactAnswer(await h.service.invoiceFileAnswer(fileId))) items.push(item)
  return items
}

describe('a billing file', () => {
  test('is settled, answered and published', async () => {
    const people = [1, 2, 3].map((n) => patient(n))
    await harness.insured(...people)
    const text = await fileText(people.map((person, index) => invoice(person, index + 1)))
    const result = await harness.service.importInvoiceFile(bytes(text))
    expect(result).toMatchObject({
      ok: true,
      alreadyKnown: false,
      file: { state: 'settled', invoices: 3, lines: 3, acceptedLines: 3, refusedLines: 0, paidCents: 3 * 1968 },
    })
    if (!result.ok) throw new Error('refused')
    const items = await answerItems(harness, result.file.fileId)
    expect(items.filter((item) => item.kind === 'issue')).toEqual([])
    expect(items.find((item) => item.kind === 'settlement')).toMatchObject({
      totals: { askedCents: 5904, acceptedCents: 5904, refusedCents: 0 },
    })
    const { rows } = await harness.database.query('select topic from es.outbox')
    expect(rows.map((row) => row.topic)).toEqual(Array(3).fill('ziv.300.reimbursement.v1'))
    const findings = []
    for await (const finding of harness.service.verify()) findings.push(finding)
    expect(findings.filter((finding) => !finding.ok || finding.examined === 0)).toEqual([])
  })
})
