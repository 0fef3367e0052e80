import { isoDate, makeRizivNumber } from '@ziv/kernel'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { accepted, type History, historyOf, ssinOfYear } from './histories/history.ts'
import { proofOf } from './histories/member-steps.ts'
import { startTestSandbox, type TestSandbox } from './test-sandbox.ts'

let test: TestSandbox
let history: History
let holder = ''
beforeAll(async () => {
  test = await startTestSandbox({ postgresUrl: inject('zivPostgresUrl'), startAt: isoDate('2024-01-10') })
  history = historyOf(test.sandbox, 77)
  holder = await registered('1970-05-05', 11)
  const began = isoDate('2023-10-02')
  const capacity = { kind: 'EMPLOYEE', acquiredOn: began, evidence: [proofOf('EMPLOYEE', began)] }
  await post(`/affiliation/v1/persons/${holder}/affiliations`, { ziekenfonds: '306', capacity })
})
afterAll(() => test?.drop(), 60_000)

const post = (url: string, body: object) => accepted(history, url, body)

/** Somebody of whom the number tells the year of birth alone. */
const registered = async (birthDate: string, serial: number): Promise<string> => {
  const ssin = ssinOfYear(isoDate(birthDate), serial)
  return (await post('/affiliation/v1/persons', { ssin, lastName: 'Peeters', firstNames: 'An', birthDate })).personId
}

async function childOf(birthDate: string, serial: number): Promise<string> {
  const child = await registered(birthDate, serial)
  await post(`/affiliation/v1/persons/${holder}/dependants`, {
    ...{ dependantPersonId: child, kind: 'DEPENDANT_CHILD', acquiredOn: '2023-10-02' },
    evidence: [{ kind: 'birthAct', issuedOn: birthDate }],
  })
  return child
}

const correctBirth = (child: string, birthDate: string) =>
  post(`/affiliation/v1/persons/${child}/corrections`, { birthDate, reason: 'clericalError' })
const get = async (url: string) => (await history.call({ method: 'GET', url })).json

it('what was known of the dependants of a person stays when the birth of one is corrected', async () => {
  const child = await childOf('1999-02-10', 21)
  const url = `/affiliation/v1/persons/${holder}?asOf=2024-04-15&knownAt=${history.sandbox.clock.now()}`
  const before = await get(url)
  expect(before.dependants).toMatchObject([{ personId: child, to: '2024-02-09', current: false }])
  await correctBirth(child, '1999-11-20')
  expect(await get(url)).toEqual({ ...before, version: expect.anything() })
  expect((await get(`/affiliation/v1/persons/${holder}?asOf=2024-04-15`)).dependants).toMatchObject([{ current: true }])
})

it('a claim is explained by the age it was priced by, also when the birth is corrected', async () => {
  await history.sandbox.clock.moveTo(isoDate('2024-01-20'))
  const child = await childOf('2014-02-10', 31)
  const { claimId } = await post('/reimbursement/v1/claims', {
    ...{ ssin: ssinOfYear(isoDate('2014-02-10'), 31), providerNumber: makeRizivNumber(100_001, 3) },
    lines: [{ nomenclature: '103110', careDate: '2024-01-18', askedCents: 6000 }],
  })
  const explained = async () => (await get(`/reimbursement/v1/claims/${claimId}`)).lines[0]
  const before = await explained()
  expect(before.grounds[0]?.text, JSON.stringify(before)).toContain('29.41')
  await correctBirth(child, '2014-01-15')
  expect(await explained()).toEqual(before)
})
