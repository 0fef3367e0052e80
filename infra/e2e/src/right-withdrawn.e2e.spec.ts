import { isoDate, makeRizivNumber } from '@ziv/kernel'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { accepted, type History, historyOf, ssinOfYear } from './histories/history.ts'
import { proofOf } from './histories/member-steps.ts'
import { startTestSandbox, type TestSandbox } from './test-sandbox.ts'

let test: TestSandbox
let history: History
beforeAll(async () => {
  test = await startTestSandbox({ postgresUrl: inject('zivPostgresUrl'), startAt: isoDate('2024-01-10') })
  history = historyOf(test.sandbox, 78)
})
afterAll(() => test?.drop(), 60_000)

const post = (url: string, body: object) => accepted(history, url, body)

it('a claim paid on an affiliation that is withdrawn stays settled and says that its right is gone', async () => {
  const ssin = ssinOfYear(isoDate('1970-05-05'), 12)
  const who = { ssin, lastName: 'Peeters', firstNames: 'An', birthDate: '1970-05-05' }
  const { personId } = await post('/affiliation/v1/persons', who)
  const began = isoDate('2023-10-02')
  const capacity = { kind: 'EMPLOYEE', acquiredOn: began, evidence: [proofOf('EMPLOYEE', began)] }
  const affiliations = `/affiliation/v1/persons/${personId}/affiliations`
  const { affiliationId } = await post(affiliations, { ziekenfonds: '306', capacity })
  const paid = await post('/reimbursement/v1/claims', {
    ...{ personId, providerNumber: makeRizivNumber(100_001, 3) },
    lines: [{ nomenclature: '101032', careDate: '2024-01-08', askedCents: 2568 }],
  })
  expect(paid).toMatchObject({ state: 'settled' })
  await post(`${affiliations}/${affiliationId}/withdrawals`, { reason: 'clericalError' })
  const { json } = await history.call({ method: 'GET', url: paid.href })
  const [line] = paid.lines
  expect(json).toEqual({ ...paid, lines: [{ ...line, rightWithdrawn: true }] })
})
