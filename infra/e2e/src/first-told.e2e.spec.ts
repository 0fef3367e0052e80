import { isoDate } from '@ziv/kernel'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { accepted, type History, historyOf, ssinOf } from './histories/history.ts'
import { startTestSandbox, type TestSandbox } from './test-sandbox.ts'

let test: TestSandbox
let history: History
beforeAll(async () => {
  test = await startTestSandbox({ postgresUrl: inject('zivPostgresUrl'), startAt: isoDate('2025-06-03') })
  history = historyOf(test.sandbox, 78)
})
afterAll(() => test?.drop(), 60_000)

const born = isoDate('1983-08-18')
const post = (url: string, body: object) => accepted(history, url, body)

const employerProof = { kind: 'employerProof', rszNumber: '001020342', issuedOn: '2022-01-03' }
const capacity = { kind: 'EMPLOYEE', acquiredOn: '2022-01-03', evidence: [employerProof] }
type Act = 'affiliations' | 'identifierReplacements' | 'death'

/** What the services answer of somebody with two numbers who died, when it became known in an order. */
async function answersAfter(order: readonly Act[], serial: number) {
  const [ssin, second] = [ssinOf(born, serial), ssinOf(born, serial + 2)]
  const person = { ssin, lastName: 'Peeters', firstNames: 'An', birthDate: born }
  const { personId } = await post('/affiliation/v1/persons', person)
  const bodies: Record<Act, object> = {
    affiliations: { ziekenfonds: '306', capacity },
    identifierReplacements: { previousSsin: ssin, ssin: second },
    death: { diedOn: '2023-11-12' },
  }
  for (const act of order) await post(`/affiliation/v1/persons/${personId}/${act}`, bodies[act])
  const slips: string[] = []
  for (const quarter of ['2023Q1', '2023Q2', '2023Q3', '2023Q4']) {
    const slip = { ssin, employerNumber: '001020342', quarter, amountCents: 900_000 }
    slips.push((await post('/contributions/v1/slips', slip)).outcome)
  }
  const right = async (asOf: string) => {
    const { inOrder, reason } = await post('/rights/v1/insurability/query', { ssin, asOf })
    return [asOf, inOrder, reason]
  }
  const years = await Promise.all(
    [2023, 2024].map(async (year) => {
      const url = `/contributions/v1/persons/${personId}/referenceYears/${year}`
      const { json } = await history.call({ method: 'GET', url })
      return { met: json.assessment.met, repairs: json.repairs }
    }),
  )
  return { slips, years, rights: [await right('2023-11-12'), await right('2023-11-13')] }
}

it('a number and a death that became known before the first affiliation count as those that became known after it', async () => {
  const after = await answersAfter(['affiliations', 'identifierReplacements', 'death'], 1)
  expect(after.slips).toEqual(['recorded', 'recorded', 'recorded', 'recorded'])
  expect(after.rights).toEqual([
    ['2023-11-12', true, undefined],
    ['2023-11-13', false, 'deceased'],
  ])
  expect(await answersAfter(['identifierReplacements', 'affiliations', 'death'], 5)).toEqual(after)
  expect(await answersAfter(['death', 'identifierReplacements', 'affiliations'], 9)).toEqual(after)
})
