import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { verifySandbox } from '@ziv/sandbox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newMember, startWorld, type World } from './security-world.fixture.ts'

let world: World
beforeAll(async () => {
  world = await startWorld(undefined, {}, 'error')
})
afterAll(() => world?.close())

const port = (): number => Number(new URL(world.sandbox.url!).port)
const service = (url: string) => url.split('/')[1] as 'contributions'

/** Rows of every table of a service. */
async function rowsOf(name: keyof World['sandbox']['databases']): Promise<Readonly<Record<string, string>>> {
  const database = world.sandbox.databases[name]
  const { rows: tables } = await database.query<{ place: string }>(
    `select format('%I.%I', table_schema, table_name) as place from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema in ('es', 'app', 'app_http', 'app_files') order by 1`,
  )
  const counts: Record<string, string> = {}
  for (const { place } of tables) {
    counts[place] = (await database.query<{ n: string }>(`select count(*) as n from ${place}`)).rows[0]!.n
  }
  return counts
}

/** Sends the beginning of an upload in drops, then goes away without a word. */
async function abandon(url: string, type: string, parts: readonly string[], length: string): Promise<void> {
  const token = await world.token({ roles: ['system'] })
  const socket = connect(port(), '127.0.0.1')
  // the server may cut the line first; that is its good right
  socket.on('error', () => undefined)
  await new Promise<void>((done) => socket.once('connect', () => done()))
  const head = [`POST ${url} HTTP/1.1`, 'Host: x', `Authorization: Bearer ${token}`, `Content-Type: ${type}`, length]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  for (const part of parts) {
    socket.write(length.startsWith('Transfer') ? `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n` : part)
    await pause(30)
  }
  socket.destroy()
}

const line = '{"ssin":"64010207767","employerNumber":"102077173","quarter":"2022Q3","amountCents":1}\n'
const uploads: readonly (readonly [string, string, readonly string[]])[] = [
  ['/contributions/v1/slipIntakes', 'application/x-ndjson', [line, line, '{"insz":']],
  ['/contributions/v1/slipIntakes', 'application/xml', ['<?xml version="1.0"?>', '<DmfAOriginal>', '<Form>']],
  ['/reimbursement/v1/invoiceFiles', 'application/octet-stream', ['920000', '0'.repeat(100), '0'.repeat(50)]],
  ['/reimbursement/v1/tariffImports', 'application/xml', ['<?xml version="1.0"?>', '<nomensoft>']],
  ['/affiliation/v1/memberImports', 'application/jsonl', ['{"rowId":"1"', ',"ssin":"']],
]

it.each(uploads)('an upload to %s as %s that breaks off leaves nothing behind', async (url, type, parts) => {
  const before = await rowsOf(service(url))
  for (const length of ['Content-Length: 1000000', 'Transfer-Encoding: chunked'])
    await abandon(url, type, parts, length)
  await expect.poll(() => rowsOf(service(url)), { timeout: 15_000, interval: 200 }).toEqual(before)
})

it('connections that say nothing or only half a head keep nobody else waiting', async () => {
  const idle = Array.from({ length: 150 }, (_, index) => {
    const socket = connect(port(), '127.0.0.1')
    socket.on('error', () => undefined)
    if (index % 2 === 0) socket.write('POST /contributions/v1/slips HTTP/1.1\r\nHost: x\r\nX-A: ')
    return socket
  })
  await pause(200)
  const answer = await fetch(`${world.sandbox.url}/contributions/v1/health`)
  expect(answer.status).toBe(200)
  for (const socket of idle) socket.destroy()
})

it('200 requests at once, reads and writes, are answered or told to come again, never with a failure', async () => {
  const clerk = await world.token({ roles: ['clerk'], insurer: '300', ziekenfonds: '306' })
  const { personId, ssin } = await newMember(world, clerk, '306')
  await world.sandbox.idle()
  const before = await rowsOf('affiliation')
  const headers = { authorization: `Bearer ${clerk}`, 'content-type': 'application/json' }
  const post = (url: string, body: object): Promise<Response> =>
    fetch(`${world.sandbox.url}${url}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const get = (url: string): Promise<Response> => fetch(`${world.sandbox.url}${url}`, { headers })
  const kinds = [
    () => get(`/affiliation/v1/persons/${personId}`),
    () => post('/affiliation/v1/persons/query', { ssin }),
    () => post('/rights/v1/insurability/query', { personId }),
    () => get(`/contributions/v1/persons/${personId}/referenceYears/2023`),
    () => get('/landsbond/v1/overview'),
    // everybody registers the same number: one of them at most may win, and she is registered already
    () => post('/affiliation/v1/persons', { ssin, lastName: 'Maes', firstNames: 'Jan', birthDate: '1971-03-04' }),
    () => post(`/affiliation/v1/persons/${personId}/evidence`, { capacityId: personId, evidence: {} }),
  ]
  const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => kinds[index % kinds.length]!()))
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => ![200, 400, 404, 409, 503].includes(status))).toEqual([])
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(50)
  for (const answer of answers.filter(({ status }) => status >= 400)) {
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    if (answer.status === 503) expect(answer.headers.get('retry-after')).not.toBeNull()
  }
  const { 'es.events': events, 'es.outbox': messages } = await rowsOf('affiliation')
  expect([events, messages]).toEqual([before['es.events'], before['es.outbox']])
  expect((await get(`/affiliation/v1/persons/${personId}`)).status).toBe(200)
})

it('the master key is turned while services run: who was registered before and after is read', async () => {
  const clerk = await world.token({ roles: ['clerk'], insurer: '300', ziekenfonds: '306' })
  const before = await newMember(world, clerk, '306')
  await world.sandbox.idle()
  const turned = await world.sandbox.turnMasterKey()
  expect(turned.rewrapped).toBeGreaterThan(0)
  world.sandbox.vault.forget(before.personId)
  const after = await newMember(world, clerk, '306')
  await world.sandbox.idle()
  for (const { personId, ssin } of [before, after]) {
    const url = `/affiliation/v1/persons/${personId}`
    const { json } = await world.call({ method: 'GET', url, token: clerk })
    expect(json.identity).toMatchObject({ ssin })
  }
  const findings = await Array.fromAsync(verifySandbox(world.sandbox))
  expect(findings.find(({ check }) => check === 'keys of persons open')).toMatchObject({ ok: true })
  expect(findings.find(({ check }) => check === 'messages sent are those of the outboxes')).toMatchObject({ ok: true })
})

it('a proof that cannot be carried through is told, and the others are', async () => {
  const { affiliation } = world.sandbox.databases
  await affiliation.query('alter table app.affiliations rename to affiliations_away')
  const findings = await Array.fromAsync(verifySandbox(world.sandbox))
  await affiliation.query('alter table app.affiliations_away rename to affiliations')
  const stopped = findings.filter(({ check }) => check.endsWith('every proof was carried through'))
  expect(stopped).toMatchObject([{ ok: false, check: expect.stringMatching(/^affiliation/) }])
  expect(
    findings.some(({ check, ok }) => check === 'riziv: hash chains' || (check.startsWith('contributions') && ok)),
  ).toBe(true)
})
