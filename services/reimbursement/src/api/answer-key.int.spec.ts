import { buildServer } from '@ziv/http'
import { registerService } from '@ziv/service'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fileIn } from '../testing/answers.ts'
import { bearer, bytes, createHarness, fileText, type Harness, invoice, patient } from '../testing/harness.ts'

let harness: Harness
beforeAll(async () => {
  harness = await createHarness()
})
afterAll(() => harness.drop())

it('the answer to a file whose key is gone is refused with what to do, in the languages of the reader', async () => {
  const person = patient(1)
  await harness.insured(person)
  const text = await fileText([invoice(person, 1, [{ date: '2024-04-01' }])])
  const { fileId } = fileIn(await harness.service.importInvoiceFile(bytes(text)))
  const app = await buildServer({ ...harness.deps, eventLoopDelayMaxMs: 0 })
  await registerService(app, harness.service, harness.deps)
  const ask = () =>
    app.inject({
      url: `/reimbursement/v1/invoiceFiles/${fileId}/answer`,
      headers: { authorization: bearer({ roles: ['system'] }) },
    })
  expect((await ask()).statusCode).toBe(200)
  await harness.deps.vault.erase(fileId)
  const refused = await ask()
  expect(refused.statusCode).toBe(409)
  expect(refused.json()).toMatchObject({ type: 'urn:problem-type:ziv:reimbursement:invoiceFileKeyGone' })
  await app.close()
})
