import { randomUUID } from 'node:crypto'
import { formatOgm, isoDate, makeInsz, makeOgm, makeRszNumber } from '@ziv/kernel'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  app,
  base,
  clerk,
  counts,
  declaration,
  employerNumber,
  get,
  h,
  person,
  post,
  postFile,
  postLines,
  rsz,
  selfEmployed,
  settled,
  stranger,
  student,
  system,
  useApi,
} from '../testing/api-world.ts'
import { bearer } from '../testing/harness.ts'

useApi()

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

  it.each(['2026Q5', '0000Q1', '1944Q4'])(
    'the quarter %s, which nobody can mean, is refused with 400',
    async (quarter) => {
      const body = { ssin: person.insz, employerNumber, quarter, amountCents: 1 }
      const answer = await post('/slips', body, system)
      expect(answer.statusCode).toBe(400)
      expect(answer.headers['content-type']).toContain('application/problem+json')
      expect(JSON.stringify(answer.json())).toContain('1945')
    },
  )

  it('a slip of a quarter that runs is refused', async () => {
    const body = { ssin: person.insz, employerNumber, quarter: '2026Q1', amountCents: 1 }
    expect((await post('/slips', body, system)).statusCode).toBe(422)
  })

  it('contributions of a year whose law is not known are refused, whichever way they come', async () => {
    const problem = { status: 422, type: 'urn:problem-type:ziv:contributions:yearUnknownToLaw' }
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
    const lines = await postLines('slipBatches', [slip], rsz)
    expect(lines).toMatchObject({
      file: { state: 'refused', lines: 1, refused: 1 },
      issues: [{ line: 1, code: 'yearUnknownToLaw' }],
    })
    const file = await postFile(await declaration(5_000, person.insz, '1998Q1'))
    expect(await settled(file.json().intakeId)).toMatchObject({ state: 'refused', refused: 1 })
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
    const payload = [lines[0]!, '{"ssin":', ...lines.slice(1)]
    const first = await postLines('selfEmployedAttestBatches', payload, rsz)
    expect(first.answer.headers.location).toBe(`${base}/selfEmployedAttestBatches/${first.file.batchId}`)
    expect(first).toMatchObject({
      file: { state: 'partiallyAccepted', lines: 5, handled: 5, recorded: 4, refused: 1 },
      issues: [{ line: 2, place: 'line 2', code: 'lineInvalid' }],
    })
    // what refused a line may be mended since: the file is taken anew, and what is in stays as it is
    const again = await postLines('selfEmployedAttestBatches', payload, rsz)
    expect(again.file).toMatchObject({ recorded: 0, unchanged: 4, refused: 1 })
    expect(again.file.batchId).not.toBe(first.file.batchId)
    const whole = await postLines('selfEmployedAttestBatches', lines, rsz)
    expect(whole.file).toMatchObject({ state: 'accepted', unchanged: 4 })
    expect((await postLines('selfEmployedAttestBatches', lines, rsz)).file.batchId).toBe(whole.file.batchId)
    const year = (await get(`/persons/${selfEmployed.personId}/referenceYears/2025`)).json()
    expect(year.assessment).toMatchObject({ regime: 'selfEmployed', met: true })
  })

  it('a byte that is not UTF-8 refuses the file at its line, and nothing of it stays', async () => {
    const item = (over: object) =>
      `${JSON.stringify({ paymentId: 'UTF8-1', amountCents: 100, receivedOn: '2026-02-01', ...over })}\n`
    const ours = { personId: student.personId, quarter: '2025Q1' }
    const before = await counts()
    const payload = Buffer.from(item({ ...ours }) + item({ ogm: '+++800/0000/00195é+++' }), 'latin1')
    const { answer } = await postLines('paymentBatches', payload, system)
    expect([answer.statusCode, answer.json().issues[0].detail]).toEqual([
      400,
      expect.stringMatching(/^fileNotUtf8: line 2 has a byte that is not UTF-8/),
    ])
    expect(await counts()).toEqual(before)
  })

  it('a line with wrong fields is refused in the sentences of the single route, and repeats nothing', async () => {
    const payment = { personId: student.personId, quarter: '2025Q1', amountCents: 100, receivedOn: '2026-02-01' }
    const { issues } = await postLines(
      'paymentBatches',
      [
        { ...payment, paymentId: 'W-1', quarter: '2025-01' },
        { ...payment, paymentId: 'W-2', amountCents: 'much' },
        { ...payment, paymentId: 'W-3', note: 'x'.repeat(17_000) },
        { ...payment, paymentId: 'W\u0000' },
      ],
      system,
    )
    const texts = issues.map(({ nl }) => nl)
    expect(issues.map(({ line, code }) => [line, code])).toEqual([1, 2, 3, 4].map((line) => [line, 'lineInvalid']))
    expect(issues.map(({ place }) => place)).toEqual([
      ...['line 1, path quarter', 'line 2, path amountCents', 'line 3', 'line 4'],
    ])
    expect(texts[0]).toContain('geen kwartaal')
    expect(texts[0]).toContain('zoals 2026Q1')
    expect(texts[1]).toContain('moet een getal zijn')
    expect(texts[2]).toContain('langer dan 16 384 bytes')
    expect(texts.join(' ')).not.toMatch(/2025-01|much|invalid_|W-1/)
  })

  it('of two lines about one employer and quarter the last counts, whether the person is known or waits', async () => {
    const stranger = makeInsz(isoDate('1990-01-01'), 77)
    const about = { employerNumber, quarter: '2024Q3' }
    const pair = (ssin: string) => [1, 2].map((n) => ({ ...about, ssin, amountCents: n * 10_000 }))
    // so many between them that the second stands in another chunk
    const between = Array.from({ length: 600 }, (_, n) => ({
      ...about,
      ssin: makeInsz(isoDate('1991-01-01'), n + 1),
      amountCents: 1,
    }))
    const [first, last] = [pair(person.insz), pair(stranger)]
    const lines = [first[0]!, last[0]!, ...between, first[1]!, last[1]!]
    const { file } = await postLines('slipBatches', lines, rsz)
    expect(file).toMatchObject({ state: 'accepted', lines: 604, recorded: 2, waiting: 602, refused: 0 })
    const year = (await get(`/persons/${person.personId}/referenceYears/2024`)).json()
    expect(year.slips).toMatchObject([{ amountCents: 20_000 }])
    const { rows } = await h.database.query<{ amount_cents: string }>(
      'select amount_cents from app.waiting_slips where insz_index = $1',
      [h.deps.vault.blindIndex('insz', stranger)],
    )
    expect(rows).toEqual([{ amount_cents: '20000' }])
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
    const byClerk = { ...body, paymentId: 'CODA-2', amountCents: 1 }
    expect((await post('/payments', byClerk, clerk)).json()).toEqual({ outcome: 'recorded' })
    const foreign = await post('/payments', { ...byClerk, paymentId: 'CODA-3' }, stranger)
    const nobodys = await post(
      '/payments',
      { ...byClerk, paymentId: 'CODA-3', ogm: formatOgm(makeOgm(8_999_999_999)) },
      stranger,
    )
    const told = (answer: typeof foreign) => [answer.statusCode, answer.json().type, answer.json().detail]
    expect(told(foreign)).toEqual(told(nobodys))
    const after = (await get(`/persons/${student.personId}/referenceYears/2025`)).json()
    expect(after.assessment.met).toBe(true)
    const asOf = (await get(`/persons/${student.personId}/referenceYears/2025?asOf=2026-01-31`)).json()
    expect(asOf.assessment.met).toBe(false)
  })
})

describe('a structured communication that leads to nobody', () => {
  const never = formatOgm(makeOgm(8_999_999_999))
  const mistyped = `${never.slice(0, -4)}0+++`

  it.each([
    [never, 404, 'ogmUnknown'],
    [mistyped, 422, 'ogmInvalid'],
    ['not one', 422, 'ogmInvalid'],
  ])('%s is refused as such, alone and in a batch, to the bank and to a clerk', async (ogm, status, code) => {
    const body = { paymentId: 'NOBODY-1', ogm, amountCents: 100, receivedOn: '2026-02-01' }
    for (const caller of [system, clerk]) {
      const answer = await post('/payments', body, caller)
      expect([answer.statusCode, answer.json().type]).toEqual([status, expect.stringContaining(code)])
      expect(answer.json().detail).not.toContain('affiliation')
    }
    const { issues } = await postLines('paymentBatches', [body], system)
    expect(issues).toMatchObject([{ line: 1, code }])
  })
})

describe('a reference year', () => {
  beforeAll(async () => {
    for (const [amount, quarter] of [
      [300_000, '2025Q1'],
      [1_000, '2025Q2'],
    ] as const) {
      const sent = await postFile(await declaration(amount, person.insz, quarter))
      await settled(sent.json().intakeId)
    }
  })

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
    expect(run).toMatchObject({ state: 'done', persons: 3 })
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
