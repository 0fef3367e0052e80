import { isoDate, makeInsz, makeRszNumber } from '@ziv/kernel'
import { type ServiceContract, serviceContracts, serviceNames } from '@ziv/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ContractRequest, requestsOf, urlOf } from './contract-requests.fixture.ts'
import { nextSsin, startWorld, type World } from './security-world.fixture.ts'

/** The day on which the story of the demo ends: whoever reads a contract beside it sends its examples on that day. */
const day = isoDate('2025-06-30')
const clerk = { roles: ['clerk'] as const, insurer: '300', ziekenfonds: '306', providerNumber: '10003569004' }
/** The file of a month comes with the returns of every insurer, which no request makes. */
const ofAMonth = ['POST /returns/{returnId}/refusal']

let world: World
let contracts: readonly ServiceContract[]
beforeAll(async () => {
  contracts = await serviceContracts()
  world = await startWorld(undefined, { startAt: day }, 'warn')
})
afterAll(() => world?.close())

type Ids = Readonly<Record<string, string>>

const send = async (
  method: 'GET' | 'POST',
  url: string,
  body?: object,
  roles: readonly string[] = clerk.roles,
  who: Ids = {},
) => {
  const token = await world.token({ ...clerk, ...who, roles: [...roles] as 'clerk'[] })
  return await world.call({ method, url, token, ...(body ? { body } : {}), headers: { 'accept-language': 'en' } })
}

async function registered(ssin = nextSsin()): Promise<Ids> {
  const { json } = await send('POST', '/affiliation/v1/persons', { ssin, lastName: 'Peeters', firstNames: 'An' })
  return { ssin, personId: json.personId }
}

const worker = {
  ...{ kind: 'EMPLOYEE', acquiredOn: '2025-01-02' },
  evidence: [{ kind: 'employerProof', rszNumber: makeRszNumber(10_203), issuedOn: '2025-01-02' }],
}
const resident = {
  ...{ kind: 'RESIDENT', acquiredOn: '2023-01-02', requestedOn: '2023-01-02' },
  evidence: [{ kind: 'nationalRegisterEntry', registeredOn: '2020-01-02' }],
}

async function member(capacity: object): Promise<Ids> {
  const person = await registered()
  const url = `/affiliation/v1/persons/${person.personId}`
  await send('POST', `${url}/affiliations`, { ziekenfonds: '306', capacity })
  await world.sandbox.idle()
  const [held] = (await send('GET', url)).json.capacities
  const { affiliationId, capacityId } = held
  return { ...person, affiliationId, capacityId, evidenceId: held.evidence[0].evidenceId }
}

const bodyOf = (name: string, where: string): object =>
  requestsOf(contracts.find((contract) => contract.name === name)!).find((request) => request.where === where)!
    .body as object

/** Who an example is about, with what has to be there before it. */
async function subjectOf({ where }: ContractRequest): Promise<Ids> {
  const unaffiliated = ['POST /persons/{personId}/affiliations', 'POST /persons/{personId}/erasure']
  // proof of the family income counts for residents
  const capacity = where.includes('/incomeProof') ? resident : worker
  const one = await (unaffiliated.includes(where) ? registered() : member(capacity))
  if (where.endsWith('/incomeProofDecisions')) {
    const asked = where.replace('incomeProofDecisions', 'incomeProofRequests')
    const [request] = requestsOf(contracts.find(({ name }) => name === 'contributions')!).filter(
      (each) => each.where === asked,
    )
    await send('POST', urlOf(request!, { personId: one.personId! }), request!.body as object)
  }
  if (!where.endsWith('/statuses/{statusId}/end')) return one
  const statuses = '/persons/{personId}/statuses'
  const { json } = await send(
    'POST',
    `/reimbursement/v1${statuses.replace('{personId}', one.personId!)}`,
    bodyOf('reimbursement', `POST ${statuses}`),
  )
  return { ...one, statusId: json.statusId }
}

/** The body of an example, about the people of this sandbox; a child is born on the day on which its example says it. */
async function aboutIt({ where, body }: ContractRequest, one: Ids): Promise<object> {
  const { acquiredOn } = body as { readonly acquiredOn?: string }
  const child = where.endsWith('/dependants') ? await registered(makeInsz(isoDate(acquiredOn ?? ''), 345)) : one
  const own = where === 'POST /persons' ? {} : { ssin: one.ssin, personId: one.personId, capacityId: one.capacityId }
  const number = where.endsWith('/identifierReplacements') ? { previousSsin: one.ssin } : own
  const ids: Readonly<Record<string, unknown>> = { dependantPersonId: child.personId, ...number }
  return JSON.parse(JSON.stringify(body), (name, value) => ids[name] ?? value)
}

describe.each(serviceNames)('the examples of %s, on the day on which the demo ends', (name) => {
  it(`${name} carries out each of them`, async () => {
    const refused: unknown[] = []
    const requests = requestsOf(contracts.find((contract) => contract.name === name)!)
    for (const request of requests) {
      const { where, method, values, roles } = request
      if (method !== 'POST' || typeof request.body !== 'object' || ofAMonth.includes(where)) continue
      const one = await subjectOf(request)
      const body = await aboutIt(request, one)
      const url = urlOf(request, Object.fromEntries(Object.entries(one).filter(([id]) => id in values)))
      const { status, text } = await send('POST', url, body, roles, { personId: one.personId! })
      if (status >= 300 || text.includes('"outcome":"refused"')) refused.push({ where, body, status, text })
    }
    expect(refused).toEqual([])
  }, 120_000)
})
