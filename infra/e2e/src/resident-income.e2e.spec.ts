import { isoDate, makeInsz } from '@ziv/kernel'
import { verifySandbox } from '@ziv/sandbox'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Api, apiOf } from './api.ts'
import { startTestSandbox, type TestSandbox } from './test-sandbox.ts'

interface Answer {
  readonly inOrder: boolean
  readonly reason?: string
  readonly knownAt: string
  readonly decision: {
    readonly decisionId: string
    readonly outcome: string
    readonly provisional?: boolean
    readonly confidence: string
    readonly grounds: readonly { readonly rule: string; readonly article: string; readonly text: string }[]
    readonly repairs: readonly { readonly kind: string; readonly text: string; readonly until?: string }[]
  }
}

let test: TestSandbox
let clerk: Api
let personId: string
const member = { insurer: '300', ziekenfonds: '306' }
const year = () => `/contributions/v1/persons/${personId}/referenceYears/2022`
const ask = (knownAt?: string): Promise<Answer> =>
  clerk.post('/rights/v1/insurability/query', {
    ...{ personId, asOf: '2024-02-01', explain: true },
    ...(knownAt === undefined ? {} : { knownAt }),
  })
const moveTo = async (day: string): Promise<void> => {
  await test.sandbox.clock.moveTo(isoDate(day))
  await test.sandbox.idle()
}
const run = async (path: string, body: object): Promise<void> => {
  const system = apiOf(test.sandbox, { roles: ['system'] })
  const { runId } = await system.post<{ runId: string }>(path, body)
  await system.until<{ state: string }>(`${path}/${runId}`, ({ state }) => state === 'done')
  await test.sandbox.idle()
}
const failing = async (): Promise<string[]> => {
  const wrong: string[] = []
  for await (const { check, ok, examined, detail } of verifySandbox(test.sandbox)) {
    if (!ok && examined > 0) wrong.push(`${check}: ${detail}`)
  }
  return wrong
}

beforeAll(async () => {
  test = await startTestSandbox({ postgresUrl: inject('zivPostgresUrl'), startAt: isoDate('2022-01-10') })
  clerk = apiOf(test.sandbox, { roles: ['clerk'], ...member })
  const ssin = makeInsz(isoDate('1988-04-12'), 125)
  const registered = await clerk.post<{ personId: string }>('/affiliation/v1/persons', {
    ...{ ssin, lastName: 'Peeters', firstNames: 'An' },
  })
  personId = registered.personId
  const evidence = [{ kind: 'nationalRegisterEntry', registeredOn: '2022-01-10' }]
  await clerk.post(`/affiliation/v1/persons/${personId}/affiliations`, {
    ziekenfonds: member.ziekenfonds,
    capacity: { kind: 'RESIDENT', acquiredOn: '2022-01-10', evidence },
  })
  await moveTo('2023-02-01')
  await run('/contributions/v1/settlementRuns', { year: 2022 })
  await moveTo('2024-01-01')
  await run('/rights/v1/renewalRuns', { kind: 'renewal', year: 2024 })
  await moveTo('2024-02-01')
}, 240_000)
afterAll(() => test?.drop(), 60_000)

it('a resident without income keeps the right while nobody asked for proof, and everybody reads what is missing', async () => {
  const open = await clerk.get<object>(year())
  expect(open).toMatchObject({ assessment: { met: false, awaits: 'incomeProof', confidence: 'assumed' } })
  const answer = await ask()
  expect(answer).toMatchObject({ inOrder: true, decision: { outcome: 'granted', provisional: true } })
  expect(answer.decision.confidence).toBe('assumed')
  expect(answer.decision.grounds.find(({ rule }) => rule === 'minimum.incomeProof')?.article).toContain('art. 134')
  expect(answer.decision.repairs[0]).toMatchObject({ kind: 'proveIncome', until: '2027-12-31' })
  expect(await failing()).toEqual([])
})

it('the full amount decides only after proof was asked and its term passed, and the knowledge of before stands', async () => {
  const before = await ask()
  await clerk.post(`${year()}/incomeProofRequests`, { askedOn: '2024-02-01', answerUntil: '2024-03-01' })
  await test.sandbox.idle()
  expect((await ask()).decision.repairs[0]).toMatchObject({ kind: 'proveIncomeAsked' })
  const early = await clerk.send<{ detail: string }>(`${year()}/incomeProofDecisions`, {
    body: { outcome: 'notGiven' },
  })
  expect(early.status).toBe(409)
  await moveTo('2024-03-02')
  await clerk.post(`${year()}/incomeProofDecisions`, { outcome: 'notGiven' })
  await test.sandbox.idle()
  const after = await ask()
  expect(after).toMatchObject({ inOrder: false, reason: 'renewalRefused', decision: { outcome: 'refused' } })
  expect(after.decision.repairs.map(({ kind }) => kind)).toEqual(['payQuarters'])
  expect(await ask(before.knownAt)).toEqual(before)
  expect(await failing()).toEqual([])
})

it('asked again the year is open again', async () => {
  await clerk.post(`${year()}/incomeProofRequests`, { askedOn: '2024-03-02', answerUntil: '2024-04-02' })
  await test.sandbox.idle()
  expect(await ask()).toMatchObject({ inOrder: true, decision: { provisional: true } })
  expect(await failing()).toEqual([])
})
