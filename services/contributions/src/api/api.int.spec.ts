import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { isoDate, makeInsz, makeRszNumber } from '@ziv/kernel'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { dmfaFile, textOf } from '../testing/dmfa-file.ts'
import { acquired, bearer, createHarness, type Harness, opened } from '../testing/harness.ts'
import { serverOf } from '../testing/http.ts'

let h: Harness
let app: FastifyInstance
const tables = [
  'app.slip_intakes',
  'app.staged_slips',
  'app.intake_issues',
  'app.waiting_slips',
  'es.events',
  'es.outbox',
]
const base = '/contributions/v1'
const rsz = bearer({ roles: ['rsz'] })
const system = bearer({ roles: ['system'] })
const clerk = bearer({ roles: ['clerk'], insurer: '300', ziekenfonds: '306' })
const stranger = bearer({ roles: ['clerk'], insurer: '500', ziekenfonds: '501' })
const employerNumber = makeRszNumber(1234567)
const person = { personId: randomUUID(), insz: makeInsz(isoDate('1980-05-05'), 1) }
const student = { personId: randomUUID(), insz: makeInsz(isoDate('2003-05-05'), 1), birthDate: '2003-05-05' }
const selfEmployed = { personId: randomUUID(), insz: makeInsz(isoDate('1975-05-05'), 1), birthDate: '1975-05-05' }

beforeAll(async () => {
  h = await createHarness()
  app = await serverOf(h)
  await h.affiliation(opened(person), acquired(person, 'EMPLOYEE'))
  await h.affiliation(opened(student), acquired(student, 'STUDENT', '2025-10-01'))
  await h.affiliation(opened(selfEmployed), acquired(selfEmployed, 'SELF_EMPLOYED'))
})
afterAll(async () => {
  await app.close()
  await h.drop()
})

const counts = () => Promise.all(tables.map((table) => h.count(table)))
const postFile = (payload: string | Buffer | Readable, type = 'application/xml', authorization = rsz) =>
  app.inject({ method: 'POST', url: `${base}/slipIntakes`, payload, headers: { 'content-type': type, authorization } })
const post = (path: string, payload: object, authorization = system, headers = {}) =>
  app.inject({ method: 'POST', url: `${base}${path}`, payload, headers: { authorization, ...headers } })
const get = (path: string, authorization = clerk, headers = {}) =>
  app.inject({ method: 'GET', url: `${base}${path}`, headers: { authorization, ...headers } })
const declaration = (amountCents: number, insz: string = person.insz, quarter = '2025Q1') =>
  textOf(dmfaFile([{ insz, employerNumber, quarter, amountCents }]))

async function settled(intakeId: string) {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const intake = (await get(`/slipIntakes/${intakeId}`, rsz)).json()
    if (intake.state !== 'received') return intake
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('the intake did not end')
}

describe('a file of slips over the API', () => {
  it('is taken with 202 and recorded', async () => {
    const answer = await postFile(await declaration(300_000))
    expect(answer.statusCode).toBe(202)
    expect(answer.headers.location).toBe(`${base}/slipIntakes/${answer.json().intakeId}`)
    expect(await settled(answer.json().intakeId)).toMatchObject({ state: 'accepted', received: 1, recorded: 1 })
  })

  it('sent again gives the first intake', async () => {
    const first = await postFile(await declaration(300_000))
    const before = await counts()
    const second = await postFile(await declaration(300_000))
    expect(second.json().intakeId).toBe(first.json().intakeId)
    expect(await counts()).toEqual(before)
  })

  it('with good and bad records is partially accepted, with issues as pages and as CSV', async () => {
    const lines = [1, 2, 3].map(() => ({
      insz: person.insz,
      employerNumber,
      quarter: '2025Q2',
      wageCents: 1_000,
      days: 100,
    }))
    const wrong = [{ ...lines[0], insz: '80050500000' }]
    const text = [...lines, ...wrong].map((item) => JSON.stringify(item)).join('\n')
    const answer = await postFile(`${text}\n`, 'application/x-ndjson')
    expect(answer.statusCode).toBe(202)
    const { intakeId } = answer.json()
    const done = await settled(intakeId)
    expect(done).toMatchObject({ state: 'partiallyAccepted', refused: 1, recorded: 1, received: 2 })
    const page = (await get(`/slipIntakes/${intakeId}/issues?pageSize=1`, rsz)).json()
    expect(page.items[0]).toMatchObject({ line: 4 })
    expect(JSON.stringify(page)).not.toContain('80050500000')
    for (const csv of [
      await get(`/slipIntakes/${intakeId}/issues`, rsz, { accept: 'text/csv' }),
      await get(`/slipIntakes/${intakeId}/issues/export`, rsz),
    ]) {
      expect(csv.headers['content-type']).toContain('text/csv')
      expect(csv.body.split('\r\n')[0]).toBe('number,line,place,code,nl,fr,de,en')
      expect(csv.body.split('\r\n').length).toBeGreaterThan(2)
    }
  })

  it('with more bad records than allowed is rejected and records nothing', async () => {
    const good = { insz: person.insz, employerNumber, quarter: '2025Q3', wageCents: 5, days: 100 }
    const text = [good, { ...good, quarter: '2025Q9' }, { ...good, insz: '1' }]
      .map((item) => JSON.stringify(item))
      .join('\n')
    const before = await h.count(`es.events where stream_id like 'contributionYear%'`)
    const answer = await postFile(`${text}\n`, 'application/x-ndjson')
    expect(answer.json()).toMatchObject({ state: 'rejected', received: 3, refused: 3 })
    expect(await h.count(`es.events where stream_id like 'contributionYear%'`)).toBe(before)
    expect(await h.count('app.staged_slips')).toBe(0)
  })

  it('in CSV is read too', async () => {
    const text = `insz,employerNumber,quarter,wageCents,days\n${person.insz},${employerNumber},2025Q4,7700,100\n`
    const answer = await postFile(text, 'text/csv')
    expect(answer.statusCode).toBe(202)
    expect(await settled(answer.json().intakeId)).toMatchObject({ state: 'accepted', recorded: 1 })
  })
})

describe('a broken file leaves nothing behind', () => {
  // an intake answers as soon as it is settled; its staged rows go a moment later
  beforeAll(() => vi.waitFor(async () => expect(await h.count('app.staged_slips')).toBe(0), { timeout: 10_000 }))

  const bomb = `<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">${'<!ENTITY b "&a;&a;&a;&a;">'}]><DmfAOriginal>&b;</DmfAOriginal>`
  const cases: readonly (readonly [string, string, () => Promise<string | Buffer | Readable>])[] = [
    ['of zero bytes', 'application/xml', async () => ''],
    ['of zero bytes as JSON Lines', 'application/x-ndjson', async () => ''],
    ['of zero bytes as CSV', 'text/csv', async () => ''],
    ['that is cut off', 'application/xml', async () => (await declaration(1)).slice(0, -120)],
    [
      'that is cut off in the middle of a character',
      'application/xml',
      async () => Buffer.from(`${(await declaration(1)).slice(0, 900)}é`).subarray(0, -1),
    ],
    ['that is not XML', 'application/xml', async () => 'this is a letter, not a declaration'],
    ['that is JSON sent as XML', 'application/xml', async () => '{"a": 1}'],
    ['with an entity bomb', 'application/xml', async () => bomb],
    ['in another encoding', 'application/xml', async () => Buffer.from(await declaration(1), 'utf16le')],
    [
      'that says UTF-8 and is not',
      'application/xml',
      async () =>
        Buffer.concat([Buffer.from((await declaration(1)).slice(0, 400)), Buffer.from([0xff, 0xfe, 0xc3, 0x28])]),
    ],
    ['of another message type', 'application/xml', async () => '<?xml version="1.0"?><Dimona><Form/></Dimona>'],
    ['of large garbage', 'application/xml', async () => Readable.from(garbage(20_000_000))],
    ['of large garbage as JSON Lines', 'application/x-ndjson', async () => Readable.from(garbage(20_000_000))],
    ['of large garbage as CSV', 'text/csv', async () => Readable.from(garbage(20_000_000))],
    ['of a CSV header only', 'text/csv', async () => 'insz,employerNumber,quarter,wageCents,days\n'],
    ['with other CSV columns', 'text/csv', async () => 'a,b\n1,2\n'],
  ]
  for (const [what, type, payload] of cases) {
    it(what, async () => {
      const before = await counts()
      const answer = await postFile(await payload(), type)
      expect(answer.statusCode).toBe(400)
      expect(answer.headers['content-type']).toContain('application/problem+json')
      expect(answer.json().issues.length).toBeGreaterThan(0)
      expect(await counts()).toEqual(before)
    })
  }

  it('of a type that is not taken', async () => {
    expect((await postFile('x', 'application/pdf')).statusCode).toBe(415)
  })

  it('whose source breaks off', async () => {
    const before = await counts()
    const start = (await declaration(1)).slice(0, 500)
    async function* broken() {
      yield Buffer.from(start)
      throw new Error('connection lost')
    }
    await expect(h.service.importSlipFile(broken(), { format: 'dmfa' })).rejects.toThrow('connection lost')
    expect(await counts()).toEqual(before)
  })

  it('with a wrong INSZ or a quarter to come records nothing of these lines', async () => {
    const before = await h.count(`es.events where stream_id like 'contributionYear%'`)
    for (const text of [
      (await declaration(1)).replaceAll(person.insz, '80050500199'),
      await declaration(1, person.insz, '2026Q1'),
    ]) {
      const answer = await postFile(text)
      expect(answer.json()).toMatchObject({ state: 'rejected', recorded: 0 })
    }
    expect(await h.count(`es.events where stream_id like 'contributionYear%'`)).toBe(before)
  })
})

async function* garbage(bytes: number) {
  const block = Buffer.alloc(65_536)
  for (let at = 0; at < block.length; at += 1) block[at] = (at * 7919 + (at >> 3)) & 0xff
  for (let sent = 0; sent < bytes; sent += block.length) yield block
}

describe('single contributions', () => {
  it('a paper slip of a member is recorded once per key', async () => {
    const body = { ssin: person.insz, employerNumber: makeRszNumber(1111111), quarter: '2025Q1', amountCents: 90_000 }
    const key = { 'idempotency-key': randomUUID() }
    expect((await post('/slips', body, clerk, key)).json()).toEqual({ outcome: 'recorded' })
    expect((await post('/slips', body, clerk, key)).json()).toEqual({ outcome: 'recorded' })
    expect((await post('/slips', body, clerk)).json()).toEqual({ outcome: 'unchanged' })
  })

  it('a clerk of another ziekenfonds does not even learn that the person exists', async () => {
    const body = { ssin: person.insz, employerNumber, quarter: '2025Q1', amountCents: 1 }
    expect((await post('/slips', body, stranger)).statusCode).toBe(404)
    expect((await get(`/persons/${person.personId}/referenceYears/2025`, stranger)).statusCode).toBe(404)
  })

  it('a wrong number and unknown input are refused with 400', async () => {
    const body = { ssin: '80050500199', employerNumber, quarter: '2025Q1', amountCents: 1 }
    const answer = await post('/slips', { ...body, extra: 1 }, system)
    expect(answer.statusCode).toBe(400)
    expect(answer.body).not.toContain('80050500199')
  })

  it('a slip of a quarter that runs is refused', async () => {
    const body = { ssin: person.insz, employerNumber, quarter: '2026Q1', amountCents: 1 }
    expect((await post('/slips', body, system)).statusCode).toBe(422)
  })

  it('contributions of a year whose law is not known are refused, whichever way they come', async () => {
    const problem = { status: 422, type: 'urn:problem-type:ziv:contributions:ctr0010' }
    const slip = { ssin: person.insz, employerNumber, quarter: '1998Q1', amountCents: 1 }
    const attest = { ssin: selfEmployed.insz, fundNumber: '005', quarter: '1998Q1', status: 'paid', amountCents: 1 }
    const payment = { paymentId: 'CODA-9', personId: student.personId, quarter: '1998Q1', amountCents: 1 }
    const answers = [
      await post('/slips', slip),
      await post('/slips', { ...slip, ssin: makeInsz(isoDate('1990-01-01'), 99) }),
      await post('/selfEmployedAttests', attest),
      await post('/payments', { ...payment, receivedOn: '2026-02-01' }),
      await post('/settlementRuns', { year: 1998 }),
      await get(`/persons/${person.personId}/referenceYears/1998`),
    ]
    for (const answer of answers) expect(answer.json()).toMatchObject(problem)
    const lines = await app.inject({
      method: 'POST',
      url: `${base}/slipBatches`,
      payload: JSON.stringify(slip),
      headers: { 'content-type': 'application/x-ndjson', authorization: rsz },
    })
    expect(lines.json()).toMatchObject({ refused: 1, refusals: [{ item: 1, code: 'CTR-0010' }] })
    const file = await postFile(await declaration(5_000, person.insz, '1998Q1'))
    expect(await settled(file.json().intakeId)).toMatchObject({ state: 'rejected', refused: 1 })
  })

  it('four attests in JSON Lines meet the year of the self-employed, a wrong line is refused in its place', async () => {
    const lines = [1, 2, 3, 4].map((q) =>
      JSON.stringify({
        ssin: selfEmployed.insz,
        fundNumber: '005',
        quarter: `2025Q${q}`,
        status: 'paid',
        amountCents: 90_000,
      }),
    )
    const payload = [lines[0], '{"ssin":', ...lines.slice(1)].join('\n')
    const headers = { 'content-type': 'application/x-ndjson', authorization: rsz }
    const answer = await app.inject({ method: 'POST', url: `${base}/selfEmployedAttestBatches`, payload, headers })
    expect(answer.json()).toMatchObject({
      received: 5,
      recorded: 4,
      refused: 1,
      refusals: [{ item: 2, code: 'CTR-0009' }],
    })
    const again = await app.inject({ method: 'POST', url: `${base}/selfEmployedAttestBatches`, payload, headers })
    expect(again.json()).toMatchObject({ recorded: 0, unchanged: 4 })
    const year = (await get(`/persons/${selfEmployed.personId}/referenceYears/2025`)).json()
    expect(year.assessment).toMatchObject({ regime: 'selfEmployed', met: true })
  })

  it('a payment by the structured communication meets the year of the student', async () => {
    const before = (await get(`/persons/${student.personId}/referenceYears/2025`)).json()
    expect(before.assessment).toMatchObject({ regime: 'personal', met: false })
    expect(before.repairs[0].text.length).toBeGreaterThan(10)
    const { ogm } = (await post('/paymentReferences', { personId: student.personId, quarter: '2025Q4' }, clerk)).json()
    const body = { paymentId: 'CODA-1', ogm, amountCents: before.assessment.requiredCents, receivedOn: '2026-02-01' }
    expect((await post('/payments', body)).json()).toEqual({ outcome: 'recorded' })
    expect((await post('/payments', body)).json()).toEqual({ outcome: 'unchanged' })
    expect((await post('/payments', { ...body, amountCents: 1 })).statusCode).toBe(409)
    const after = (await get(`/persons/${student.personId}/referenceYears/2025`)).json()
    expect(after.assessment.met).toBe(true)
    const asOf = (await get(`/persons/${student.personId}/referenceYears/2025?asOf=2026-01-31`)).json()
    expect(asOf.assessment.met).toBe(false)
  })
})

describe('a reference year', () => {
  it('explains itself in the language of the caller and is logged', async () => {
    const path = `/persons/${person.personId}/referenceYears/2025`
    const nl = (await get(path, clerk, { 'accept-language': 'nl' })).json()
    const fr = (await get(path, clerk, { 'accept-language': 'fr' })).json()
    expect(nl.slips.length).toBeGreaterThan(2)
    expect(nl.grounds[0].text).not.toBe(fr.grounds[0].text)
    expect(nl.grounds[0].eventIds.length).toBe(nl.slips.length)
    const log = (await get(`/persons/${person.personId}/accessLog`)).json()
    expect(log.items.length).toBeGreaterThanOrEqual(2)
  })

  it('answers what was known before a correction', async () => {
    const path = `/persons/${person.personId}/referenceYears/2025`
    const before = (await get(path)).json()
    h.clock.moveTo(isoDate('2026-02-20'))
    const answer = await postFile(await declaration(999_999))
    await settled(answer.json().intakeId)
    const now = (await get(path)).json()
    const then = (await get(`${path}?knownAt=${before.knownAt}`)).json()
    expect(now.assessment.totalCents).toBe(before.assessment.totalCents + 699_999)
    expect(then.assessment).toEqual(before.assessment)
  })

  it('is settled by a run, and again when a late slip changes the outcome', async () => {
    const answer = await post('/settlementRuns', { year: 2025 })
    expect(answer.statusCode).toBe(202)
    const run = await h.service.settleYear(2025)
    expect(run).toMatchObject({ state: 'completed', persons: 3 })
    const late = await postFile(await declaration(1))
    await settled(late.json().intakeId)
    const { rows } = await h.database.query<{ payload: { assessment: { met: boolean } } }>(
      `select payload from es.outbox where key = $1 and type like '%referenceYears.notify.settled' order by sequence`,
      [person.personId],
    )
    expect(rows.map((row) => row.payload.assessment.met)).toEqual([true, false])
    expect((await post('/settlementRuns', { year: 2026 })).statusCode).toBe(409)
  })

  it('holds in every proof', async () => {
    const findings = await Array.fromAsync(h.service.verify())
    expect(findings.filter((finding) => !finding.ok)).toEqual([])
  })
})

describe('every route', () => {
  it('is closed without a token and to roles that have no business there', async () => {
    expect((await app.inject({ method: 'GET', url: `${base}/slipIntakes/${randomUUID()}` })).statusCode).toBe(401)
    expect((await postFile('x', 'application/xml', clerk)).statusCode).toBe(403)
    expect((await post('/settlementRuns', { year: 2025 }, clerk)).statusCode).toBe(403)
    expect((await get(`/persons/${person.personId}/referenceYears/2025`, bearer({ roles: ['ocmw'] }))).statusCode).toBe(
      403,
    )
  })
})
