import { affiliationClosed, catalog, claimRefused, claimSettled, personErased } from '@ziv/contracts'
import { buildServer } from '@ziv/http'
import { uuidV5 } from '@ziv/kernel'
import { registerService } from '@ziv/service'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileIn } from '../testing/answers.ts'
import {
  bearer,
  bytes,
  createHarness,
  fileText,
  type Harness,
  inOrder,
  invoice,
  opened,
  type Patient,
  patient,
  provider,
  received,
} from '../testing/harness.ts'

let harness: Harness
beforeAll(async () => {
  harness = await createHarness()
})
afterAll(() => harness.drop())

async function messagesOf({ personId }: Patient) {
  const { rows } = await harness.database.query<{ topic: string; type: string; payload: Record<string, unknown> }>(
    'select topic, type, payload from es.outbox where key = $1 order by epoch, tx, id',
    [personId],
  )
  for (const { type, payload } of rows) expect(catalog.get(type)?.schema.parse(payload)).toEqual(payload)
  return rows
}

const file = async (person: Patient, date: string, number: number) =>
  fileIn(await harness.service.importInvoiceFile(bytes(await fileText([invoice(person, number, [{ date }])]))))

test('a settled claim is told with its lines, a refused one with its codes, to the insurer of the patient', async () => {
  const [settled, refused] = [patient(1), patient(2, '505')]
  await harness.insured(settled)
  const right = inOrder(refused, '2020-01-01', '2023-12-31')
  await harness.deliver(opened(refused, harness.vault.blindIndex('insz', refused.insz)), right)
  const claims = [
    { person: settled, date: '2024-05-06' },
    // after the last day of the right
    { person: refused, date: '2024-05-06' },
  ]
  const app = await buildServer({ ...harness.deps, eventLoopDelayMaxMs: 0 })
  await registerService(app, harness.service, harness.deps)
  for (const { person, date } of claims) {
    const answer = await app.inject({
      ...{ method: 'POST', url: '/reimbursement/v1/claims' },
      headers: {
        authorization: bearer({ roles: ['clerk'], insurer: person.insurer, ziekenfonds: person.ziekenfonds }),
      },
      payload: {
        ...{ ssin: person.insz, providerNumber: provider },
        lines: [{ nomenclature: '101032', careDate: date, askedCents: 2568 }],
      },
    })
    expect(answer.statusCode).toBe(201)
  }
  await app.close()
  expect(await messagesOf(settled)).toMatchObject([
    {
      topic: 'ziv.300.reimbursement.v1',
      type: claimSettled.type,
      payload: { interventionCents: 1968, refusedLines: 0, lines: [{ nomenclature: '101032', units: 1 }] },
    },
  ])
  const [told] = await messagesOf(refused)
  expect(told).toMatchObject({ topic: 'ziv.500.reimbursement.v1', type: claimRefused.type })
  expect(told?.payload.codes).toContainEqual(expect.stringMatching(/^\d{6}$/))
})

test('whoever was erased is found by no number any more, so that a billing file is refused', async () => {
  const person = patient(3)
  await harness.insured(person)
  expect(await file(person, '2024-04-02', 31)).toMatchObject({ acceptedLines: 1 })
  const { personId } = person
  const member = { personId, insurer: person.insurer, ziekenfonds: person.ziekenfonds }
  const topic = `ziv.${person.insurer}.affiliation.v1`
  const closed = { affiliationId: uuidV5(`affiliation-${personId}-2020-01-01`), to: '2024-06-09', reason: 'departure' }
  await harness.deliver(
    received(topic, affiliationClosed.type, personId, { ...member, ...closed }),
    received(topic, personErased.type, personId, member),
  )
  expect(await file(person, '2024-04-03', 32)).toMatchObject({ acceptedLines: 0, refusedLines: 1 })
  expect(await messagesOf(person)).toHaveLength(1)
})

test('the answer to a file that is still at work is refused with the code of that', async () => {
  const person = patient(4)
  await harness.insured(person)
  const { fileId } = await file(person, '2024-04-04', 41)
  await harness.database.query(
    `update app_files.files set state = 'processing', outcome = null, completed_at = null where file_id = $1`,
    [fileId],
  )
  const app = await buildServer({ ...harness.deps, eventLoopDelayMaxMs: 0 })
  await registerService(app, harness.service, harness.deps)
  const answer = await app.inject({
    url: `/reimbursement/v1/invoiceFiles/${fileId}/answer`,
    headers: { authorization: bearer({ roles: ['system'] }) },
  })
  await app.close()
  expect(answer.json()).toMatchObject({ type: 'urn:problem-type:ziv:reimbursement:invoiceFileNotReady' })
})
