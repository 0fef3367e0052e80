import { addDays, isoDate } from '@ziv/kernel'
import { serviceContracts } from '@ziv/sandbox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ContractRequest, type Field, requestsOf, urlOf } from './contract-requests.fixture.ts'
import { type Member, newMember, type Reply, startWorld, type World } from './security-world.fixture.ts'

/** Every request of every contract; a route that is added is asked here without a word. */
const requests = (await serviceContracts()).flatMap(requestsOf)
const tenant = { insurer: '300', ziekenfonds: '306' }

let world: World
let member: Member
beforeAll(async () => {
  world = await startWorld(undefined, { startAt: isoDate('2026-06-01') }, 'error')
  member = await newMember(world, await world.token({ roles: ['clerk'], ...tenant }), tenant.ziekenfonds)
  await world.sandbox.idle()
})
afterAll(() => world?.close())

interface Other {
  readonly parameters?: Readonly<Record<string, string>>
  readonly body?: object | string
}

/** Sends a request of the contract about a person who exists, with what is other in it. */
async function send(request: ContractRequest, { parameters = {}, body = request.body }: Other = {}): Promise<Reply> {
  const { method, roles, mediaType, values } = request
  const token = await world.token({
    ...{ roles: [...roles], ...tenant, personId: member.personId, providerNumber: '10003569004' },
  })
  const person: Readonly<Record<string, string>> = 'personId' in values ? { personId: member.personId } : {}
  const headers = mediaType === null ? {} : { 'content-type': mediaType }
  const sent = typeof body === 'object' ? { ...body, ...aboutPerson(request) } : body
  const other = typeof body === 'object' && body !== request.body ? { ...sent, ...body } : sent
  const url = urlOf(request, { ...person, ...parameters })
  return world.call({ method, url, token, headers, ...(other === undefined ? {} : { body: other }) })
}

const aboutPerson = ({ body }: ContractRequest): object =>
  typeof body === 'object' && 'personId' in body ? { personId: member.personId } : {}

const isField =
  (place: Field['in'], format: string) =>
  (field: Field): boolean =>
    field.in === place && field.format === format

/** Every refusal is a problem document that says its own status, and no input makes a service fail. */
function wellSaid(where: string, { status, headers, json }: Reply): void {
  const document = status < 400 || (/problem\+json/.test(String(headers['content-type'])) && json.status === status)
  expect({ where, status, document }).toEqual({ where, status: status < 500 ? status : 'below 500', document: true })
}

/** What is answered, but for the name of the answer and the links that repeat how it was asked. */
const meaning = ({ status, text }: Reply): string =>
  `${status} ${text
    .replace(/urn:uuid:[\da-f-]{36}/g, '')
    .replace(/\?[^"]*"/g, '"')
    .toLowerCase()}`

/** Fields of the top of a body, by what the contract says of them. */
const topFields = ({ fields, body }: ContractRequest, wanted: (field: Field) => boolean) =>
  typeof body === 'object' ? fields.filter((field) => field.in === 'body' && wanted(field) && field.name in body) : []

/** The answers to the same request with each of the values, in one place of it. */
async function answers(request: ContractRequest, field: Field, values: readonly string[]): Promise<readonly Reply[]> {
  const replies: Reply[] = []
  for (const value of values) {
    const inBody = { body: { ...(request.body as object), [field.name]: value } }
    const reply = await send(request, field.in === 'body' ? inBody : { parameters: { [field.name]: value } })
    wellSaid(`${request.where} ${field.name}=${value}`, reply)
    replies.push(reply)
  }
  return replies
}

it('what the contracts show is answered, or refused with a problem document', async () => {
  expect(requests.length).toBeGreaterThan(80)
  for (const request of requests) wellSaid(request.where, await send(request))
})

it('a moment of knowledge that has not come is refused wherever one can be asked', async () => {
  const asked = requests.flatMap((request) =>
    request.fields.filter(({ name }) => name === 'knownAt').map((field) => ({ request, field })),
  )
  expect(asked.length).toBeGreaterThan(5)
  for (const { request, field } of asked) {
    const [reply] = await answers(request, field, ['2199-01-01T00:00:00Z'])
    expect({ where: request.where, status: reply?.status, said: JSON.stringify(reply?.json.issues) }).toEqual({
      ...{ where: request.where, status: 400, said: expect.stringContaining('knownAt') },
    })
  }
})

it('a moment is read alike in every spelling of RFC 3339, and what is none is refused', async () => {
  const asked = requests.flatMap((request) =>
    request.fields.filter(isField('query', 'date-time')).map((field) => ({ request, field })),
  )
  expect(asked.length).toBeGreaterThan(3)
  const spelled = ['2026-06-01T00:00:00Z', '2026-06-01T02:00:00+02:00', '2026-06-01T02:00:00 02:00']
  const precise = ['2026-06-01T00:00:00.000000Z', '2026-06-01t00:00:00z']
  for (const { request, field } of asked) {
    const replies = await answers(request, field, [...spelled, ...precise])
    const [first] = replies
    expect({ where: request.where, texts: new Set(replies.map(meaning)).size, ok: first?.status !== 400 }).toEqual({
      ...{ where: request.where, texts: 1, ok: true },
    })
    const none = [
      '2026-06-01T00:00:00',
      '2026-06-01 00:00:00Z',
      '2026-06-01 02:00:00 02:00',
      '2026-06-31T00:00:00Z',
      'now',
    ]
    for (const reply of await answers(request, field, none))
      expect({ where: request.where, status: reply.status }).toEqual({ where: request.where, status: 400 })
  }
})

it('capital letters in an identifier are the same identifier', async () => {
  const reads = requests.filter(({ method, values }) => method === 'GET' && 'personId' in values)
  expect(reads.length).toBeGreaterThan(8)
  for (const request of reads) {
    const [lower, upper] = await answers(request, { name: 'personId', in: 'path', format: 'uuid', description: '' }, [
      ...[member.personId, member.personId.toUpperCase()],
    ])
    // what was read a moment before is in the log of those who looked
    const same = request.path.endsWith('/accessLog')
      ? upper?.status === lower?.status
      : meaning(upper as Reply) === meaning(lower as Reply)
    expect({ where: request.where, same }).toEqual({ where: request.where, same: true })
  }
  const unknown = 'abcdefab-cdef-4abc-8def-abcdefabcdef'
  for (const request of requests) {
    const paths = request.fields.filter((field) => field.in === 'path' && field.format === 'uuid')
    for (const field of [...paths, ...topFields(request, ({ format }) => format === 'uuid')]) {
      const [lower, upper] = await answers(request, field, [unknown, unknown.toUpperCase()])
      expect({ where: request.where, field: field.name, status: upper?.status }).toEqual({
        ...{ where: request.where, field: field.name, status: lower?.status },
      })
    }
  }
})

it('an INSZ is refused for a serial, a month or check digits that none has, and a bis number is taken', async () => {
  const asked = requests.flatMap((request) =>
    topFields(request, ({ name }) => /ssin|insz/i.test(name)).map((field) => ({ request, field })),
  )
  expect(asked.length).toBeGreaterThan(4)
  for (const { request, field } of asked) {
    const wrong = await answers(request, field, ['63041100051', '71130501163', '93051822362', '9305182236'])
    expect({ where: request.where, statuses: wrong.map(({ status }) => status) }).toEqual({
      ...{ where: request.where, statuses: [400, 400, 400, 400] },
    })
    const [bis] = await answers(request, field, ['71481299980'])
    expect({ where: request.where, refused: JSON.stringify(bis?.json?.issues ?? []) }).toEqual({
      ...{ where: request.where, refused: expect.not.stringContaining(field.name) },
    })
  }
})

it('a body with one key twice is refused on every route, also with the same value', async () => {
  const bodies = requests.filter(({ body, mediaType }) => typeof body === 'object' && mediaType === 'application/json')
  expect(bodies.length).toBeGreaterThan(30)
  for (const request of bodies) {
    const [[name, value] = ['x', 1]] = Object.entries(request.body as object)
    const text = JSON.stringify(request.body).replace(/^\{/, `{${JSON.stringify(name)}:${JSON.stringify(value)},`)
    const reply = await send(request, { body: text })
    wellSaid(`${request.where} twice`, reply)
    expect({ where: request.where, status: reply.status }).toEqual({ where: request.where, status: 400 })
  }
})

/** Days that may lie ahead, by the name of their field; every other day in a body is one of something that has happened. */
const ahead = ['from', 'to', 'startsOn', 'validUntil', 'answerUntil', 'asOf']
/** Days that proofs state: a spec of their rule finds each that is taken before it has come. */
const ofProofs = ['issuedOn', 'registeredOn', 'decidedOn', 'marriedOn', 'appliedOn', 'modelDate']

it('a day of something that has happened is refused by every service when it has not come', async () => {
  const [today, tomorrow] = [world.sandbox.clock.today(), addDays(world.sandbox.clock.today(), 1)]
  const { personId } = member
  const person = `/affiliation/v1/persons/${personId}`
  const contract = { kind: 'employmentContract', rszNumber: '102077173', startsOn: today }
  const capacity = { kind: 'EMPLOYEE', acquiredOn: today, evidence: [contract] }
  const payment = { paymentId: 'CODA-1', amountCents: 1, personId, quarter: '2026Q1' }
  const line = { nomenclature: '101032', askedCents: 2_568 }
  const sent: Readonly<Record<string, readonly [url: string, body: object]>> = {
    birthDate: [`${person}/corrections`, { birthDate: tomorrow, reason: 'clericalError' }],
    diedOn: [`${person}/death`, { diedOn: tomorrow }],
    acquiredOn: [`${person}/capacities`, { ...capacity, acquiredOn: tomorrow }],
    requestedOn: [`${person}/capacities`, { ...capacity, requestedOn: tomorrow }],
    receivedOn: ['/contributions/v1/payments', { ...payment, receivedOn: tomorrow }],
    askedOn: [
      `/contributions/v1/persons/${personId}/referenceYears/2025/incomeProofRequests`,
      { askedOn: tomorrow, answerUntil: '2026-12-31' },
    ],
    careDate: [
      '/reimbursement/v1/claims',
      { personId, providerNumber: '10003569004', lines: [{ ...line, careDate: tomorrow }] },
    ],
    receipt: ['/riziv/v1/receipts', { source: 'rsz', amountCents: 1, receivedOn: tomorrow, reference: 'tomorrow' }],
  }
  const token = await world.token({ roles: ['system'] })
  for (const [field, [url, body]] of Object.entries(sent)) {
    const { status, text } = await world.call({ method: 'POST', url, token, body })
    // a claim is answered line by line
    const refused = field === 'careDate' ? status === 201 && text.includes('"outcome":"refused"') : status === 422
    expect({ field, status, refused, named: text.includes(tomorrow) }).toEqual({
      ...{ field, status, refused: true, named: true },
    })
  }
  const known = new Set([...ahead, ...ofProofs, ...Object.keys(sent)])
  const days = requests.flatMap(({ fields }) => fields.filter(isField('body', 'date')).map(({ name }) => name))
  expect([...new Set(days)].filter((name) => !known.has(name))).toEqual([])
})
