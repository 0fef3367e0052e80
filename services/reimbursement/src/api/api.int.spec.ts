import { lintOpenapi } from '@ziv/openapi'
import { openapiOf } from '@ziv/service'
import { describe, expect, test } from 'vitest'
import {
  call,
  claimBody,
  harness,
  insured,
  other,
  otherClerk,
  otherProvider,
  sameProvider,
  useApi,
} from '../testing/api-world.ts'
import { bearer } from '../testing/harness.ts'

useApi()

describe('the contract', () => {
  test('breaks no rule of the guide', async () => {
    const document = await openapiOf(harness.service)
    expect(lintOpenapi(document)).toEqual([])
  })
})

describe('POST /tariffs/query', () => {
  const query = (body: object) => call('POST', '/tariffs/query', { body, token: sameProvider })
  test('prices a line with grounds', async () => {
    const { status, json } = await query({ nomenclature: '101076', careDate: '2024-03-01', preferential: true })
    expect(status).toBe(200)
    expect(json).toMatchObject({
      outcome: 'granted',
      officialFeeCents: 3181,
      interventionCents: 3031,
      patientShareCents: 150,
      confidence: 'verified',
      tariffFrom: '2024-01-01',
    })
    expect(json.grounds[0]).toMatchObject({ rule: 'price.tariff', satisfied: true })
    expect(json.grounds[0].text.length).toBeGreaterThan(10)
  })
  test('says that an older value is carried on as an assumption', async () => {
    const { json } = await query({ nomenclature: '102012', careDate: '2024-03-01' })
    expect(json).toMatchObject({ confidence: 'assumed', tariffFrom: '2017-01-01', reliableTo: '2017-12-31' })
  })
  test('depends on the age where the tariff does', async () => {
    const at = async (age: number) => (await query({ nomenclature: '103132', careDate: '2024-03-01', age })).json
    expect([(await at(9)).interventionCents, (await at(10)).interventionCents]).toEqual([3781, 2878])
  })
  test('takes no time of day for granted at a partially conventioned provider, and tells both amounts', async () => {
    const asked = { nomenclature: '101076', careDate: '2024-03-01', convention: 'partial', askedCents: 4000 }
    const { json } = await query(asked)
    expect(json).toMatchObject({ outcome: 'granted', supplementCents: 819 })
    expect(json).not.toHaveProperty('supplementAllowed')
    expect(json.grounds.at(-1)).toMatchObject({ rule: 'price.agreementTime', satisfied: false })
    expect(json.grounds.at(-1).text).toMatch(/31.81.*40.00/)
    expect(json.repairs).toMatchObject([{ kind: 'tellAgreementTime' }])
    const told = async (withinAgreement: boolean) => (await query({ ...asked, withinAgreement })).json
    expect([(await told(true)).supplementAllowed, (await told(false)).supplementAllowed]).toEqual([false, true])
  })
  test('refuses what has no tariff, with the code', async () => {
    expect((await query({ nomenclature: '999935', careDate: '2024-03-01' })).json).toMatchObject({
      outcome: 'refused',
      refusalCode: '500403',
      grounds: [{ rule: 'price.tariff', satisfied: false, text: expect.stringContaining('999935') }],
    })
    expect((await query({ nomenclature: '302805', careDate: '2026-03-01' })).json).toMatchObject({
      outcome: 'refused',
      refusalCode: '500420',
      officialFeeCents: 15870,
    })
  })
  test('refuses unknown input and wrong codes', async () => {
    expect((await query({ nomenclature: '101033', careDate: '2024-03-01' })).status).toBe(400)
    expect((await query({ nomenclature: '101032', careDate: '2024-03-01', colour: 'red' })).status).toBe(400)
    expect((await query({ nomenclature: '101032', careDate: '2024-02-30' })).status).toBe(400)
  })
})

describe('POST /claims', () => {
  test('answers at once with prices and grounds, and once per Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'claim-0001' }
    const first = await call('POST', '/claims', { body: claimBody(), headers })
    expect(first.status).toBe(201)
    expect(first.json).toMatchObject({
      state: 'settled',
      personId: insured.personId,
      interventionCents: 1968,
      lines: [{ outcome: 'accepted', interventionCents: 1968, patientShareCents: 600, confidence: 'verified' }],
    })
    expect(first.json.lines[0].grounds.length).toBeGreaterThan(0)
    expect(first.headers.location).toBe(first.json.href)
    const again = await call('POST', '/claims', { body: claimBody(), headers })
    expect([again.status, again.json.claimId]).toEqual([201, first.json.claimId])
    const reused = await call('POST', '/claims', { body: claimBody({ referral: true }), headers })
    expect(reused.status).toBe(409)
    const duplicate = await call('POST', '/claims', { body: claimBody() })
    expect(duplicate.json).toMatchObject({
      state: 'refused',
      lines: [{ outcome: 'refused', refusals: [{ code: '500544', letter: 'R' }] }],
    })
    const late = { nomenclature: '101032', careDate: '2022-03-04', askedCents: 3000 }
    const tooLate = await call('POST', '/claims', { body: claimBody({ lines: [late] }) })
    expect(tooLate.json.lines[0]).toMatchObject({
      refusals: [{ code: '500546' }],
      grounds: [{ rule: 'claim.timeBar', satisfied: false }],
    })
    const at = (careDate: string, more: object = {}) => ({
      nomenclature: '101032',
      careDate,
      askedCents: 3000,
      ...more,
    })
    const lines = [
      at('2024-05-08'),
      at('2024-05-09', { withinAgreement: true }),
      at('2024-05-10', { withinAgreement: false }),
    ]
    const partial = await call('POST', '/claims', { body: claimBody({ convention: 'partial', lines }) })
    const last = partial.json.lines.map(({ grounds }: { grounds: object[] }) => grounds.at(-1))
    expect(last).toMatchObject([
      { rule: 'price.agreementTime', satisfied: false },
      { rule: 'price.supplement', satisfied: false },
      { rule: 'price.supplement', satisfied: true },
    ])
    const read = await call('GET', `/claims/${first.json.claimId}`)
    expect(read.json).toEqual(first.json)
  })

  test('takes a provider for its own claims only, and a clerk for members only', async () => {
    const lines = [{ nomenclature: '101032', careDate: '2024-05-07', askedCents: 2568 }]
    const own = await call('POST', '/claims', { body: claimBody({ lines }), token: sameProvider })
    expect(own.status).toBe(201)
    expect((await call('POST', '/claims', { body: claimBody({ lines }), token: otherProvider })).status).toBe(404)
    expect((await call('POST', '/claims', { body: claimBody({ lines }), token: otherClerk })).status).toBe(404)
    expect((await call('GET', `/claims/${own.json.claimId}`, { token: otherProvider })).status).toBe(404)
    expect((await call('GET', `/claims/${own.json.claimId}`, { token: sameProvider })).status).toBe(200)
  })

  test('lets the clerk of the member read the claim of a day before the membership, which its list shows', async () => {
    const lines = [{ nomenclature: '101032', careDate: '1999-05-07', askedCents: 2568 }]
    const early = await call('POST', '/claims', { body: claimBody({ ssin: other.insz, lines }), token: otherClerk })
    expect([early.status, early.json.insurer]).toEqual([201, undefined])
    const path = `/claims/${early.json.claimId}`
    expect((await call('GET', path, { token: otherClerk })).json).toEqual(early.json)
    expect((await call('GET', path)).status).toBe(404)
  })

  test('refuses bad input with a problem document', async () => {
    const bad = [
      claimBody({ personId: insured.personId }),
      claimBody({ ssin: '93051822360' }),
      claimBody({ lines: [] }),
      claimBody({ lines: [{ nomenclature: '101032', careDate: '2024-05-06', askedCents: -1 }] }),
      claimBody({ providerNumber: '11000353005' }),
      { ...claimBody(), unknown: 1 },
    ]
    for (const body of bad) {
      const { status, json } = await call('POST', '/claims', { body })
      expect(status).toBe(400)
      expect(json.type).toMatch(/^urn:problem-type:/)
    }
  })
})

describe('GET /persons/{personId}/claims', () => {
  test('lists with paging, as of a day and as known at a moment', async () => {
    const path = `/persons/${insured.personId}/claims`
    const all = await call('GET', path)
    expect(all.json.total).toBe(5)
    expect((await call('GET', `${path}?pageSize=1&page=2`)).json.items).toHaveLength(1)
    expect((await call('GET', `${path}?asOf=2024-05-06`)).json.total).toBe(3)
    expect((await call('GET', `${path}?knownAt=2024-01-01T00:00:00.000Z`)).json.total).toBe(0)
    expect((await call('GET', path, { token: otherClerk })).status).toBe(404)
    const insuredToken = bearer({ roles: ['insured'], personId: insured.personId })
    expect((await call('GET', path, { token: insuredToken })).status).toBe(200)
    const log = await call('GET', `/persons/${insured.personId}/accessLog`, { token: insuredToken })
    expect(log.json.items.length).toBeGreaterThan(3)
  })
})

describe('statuses', () => {
  test('change the price from the day they hold', async () => {
    const path = `/persons/${insured.personId}/statuses`
    const body = { kind: 'increasedIntervention', from: '2024-06-01', evidence: 'OCMW attest 2024/117' }
    expect((await call('POST', path, { body: { ...body, evidence: '   ' } })).status).toBe(400)
    const made = await call('POST', path, { body })
    expect(made.status).toBe(201)
    expect((await call('POST', path, { body })).status).toBe(409)
    expect((await call('POST', path, { body, token: otherClerk })).status).toBe(404)
    const lines = ['2024-05-31', '2024-06-01'].map((careDate) => ({
      nomenclature: '101032',
      careDate,
      askedCents: 2568,
    }))
    const claim = await call('POST', '/claims', { body: claimBody({ lines }) })
    expect(claim.json.lines.map((line: { patientShareCents: number }) => line.patientShareCents)).toEqual([600, 150])
    const ended = await call('POST', `${path}/${made.json.statusId}/end`, { body: { to: '2024-06-05' } })
    expect(ended.json).toMatchObject({ to: '2024-06-05' })
    expect((await call('GET', path)).json.items).toHaveLength(1)
  })
  test('are held to the log', async () => {
    const failed = async () => {
      const findings = await Array.fromAsync(harness.service.verify())
      return findings.filter(({ ok }) => !ok).map(({ check, detail }) => [check, detail])
    }
    const noticed = (personId: string) => [
      ['reimbursement: statuses equal their events', expect.stringContaining(personId)],
    ]
    expect(await failed()).toEqual([])
    const { database } = harness.deps
    const made = `insert into app.statuses (status_id, person_id, kind, valid_from, evidence, recorded_at)
      values (gen_random_uuid(), $1, 'increasedIntervention', '2020-01-01', 'none', now())`
    await database.query(made, [other.personId])
    expect(await failed()).toEqual(noticed(other.personId))
    await database.query('delete from app.statuses where person_id = $1', [other.personId])
    expect(await failed()).toEqual([])
    await database.query('update app.statuses set valid_to = null')
    expect(await failed()).toEqual(noticed(insured.personId))
    await database.query('delete from app.statuses')
    expect(await failed()).toEqual(noticed(insured.personId))
  })
})
