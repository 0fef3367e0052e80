import { makeInsz } from '@ziv/kernel'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { day } from '../domain/testing-facts.ts'
import { bearer, createHarness, type Harness, personNamed } from '../testing/harness.ts'

let h: Harness
let app: FastifyInstance
const insz = makeInsz(day('1980-05-05'), 12)
const ann = personNamed(insz)
const child = personNamed('child', { born: '2015-01-01' })
const clerk = bearer({ roles: ['clerk'], insurer: '300', ziekenfonds: '306' })
const before = '2025-02-01T10:00:00.000Z'
const late = '2025-03-09T10:00:00.000Z'

beforeAll(async () => {
  h = await createHarness('2025-01-01')
  app = await h.server()
  await h.tell(ann.joins('2023-01-01'), ann.acquires('EMPLOYEE', '2023-01-01'), ann.settles(2023, false))
  await h.tell(child.joins('2023-01-01'), child.acquires('DEPENDANT_CHILD', '2023-01-01', ann.personId))
  await h.service.runner.run('renewal', 2025, 'spec')
  h.clock.moveTo(day('2025-03-10'))
})
afterAll(async () => {
  await app.close()
  await h.drop()
})

const ask = async (payload: object, authorization = clerk) => {
  const answer = await app.inject({
    method: 'POST',
    url: '/rights/v1/insurability/query',
    payload,
    headers: { authorization, 'accept-language': 'en' },
  })
  return { status: answer.statusCode, body: answer.json() }
}

describe('two dates', () => {
  it('without the slips of 2023 the person is not in order in 2025, and hears why and what to do', async () => {
    const { status, body } = await ask({ personId: ann.personId, asOf: '2025-02-10', explain: true })
    expect(status).toBe(200)
    expect(body).toMatchObject({ inOrder: false, reason: 'renewalRefused' })
    expect(body.decision).toMatchObject({ outcome: 'refused', kind: 'renewal', from: '2025-01-01' })
    const unpaid = body.decision.grounds.find((ground: { satisfied: boolean }) => !ground.satisfied)
    expect(unpaid).toMatchObject({ rule: 'prolongation.contributions' })
    expect(unpaid.article).toMatch(/131/)
    expect(unpaid.facts.some((fact: { eventId?: string }) => fact.eventId !== undefined)).toBe(true)
    expect(body.decision.repairs[0]).toMatchObject({ kind: 'payComplement', until: '2028-12-31' })
    expect(body.decision.repairs[0].text).toContain('59.71')
  })

  it('a dependant hears that the holder is not in order, and why only who may see the holder', async () => {
    const question = { personId: child.personId, asOf: '2025-02-10', explain: true }
    const { body } = await ask(question)
    expect(body).toMatchObject({ inOrder: false, reason: 'holderNotInOrder' })
    expect(body.reasonText).toMatch(/follows that of the holder/)
    expect(body.holder).toMatchObject({ personId: ann.personId, reason: 'renewalRefused' })
    expect(body.holder.decision).toMatchObject({ outcome: 'refused', personId: ann.personId })
    expect(body.holder.decision.repairs[0]).toMatchObject({ kind: 'payComplement', until: '2028-12-31' })
    expect((await ask({ ...question, explain: false })).body.holder).not.toHaveProperty('decision')
    const others = [
      bearer({ roles: ['careProvider'], providerNumber: '10003569004' }),
      bearer({ roles: ['insured'], personId: child.personId }),
    ]
    for (const caller of others) {
      const told = await ask(question, caller)
      expect(told.body).toMatchObject({ inOrder: false, reason: 'holderNotInOrder' })
      expect(JSON.stringify(told.body)).not.toContain(ann.personId)
    }
  })

  it('a correcting slip that arrives late restores the right from the first day it touches, for the child too', async () => {
    await h.tell(ann.settles(2023, true, late))
    for (const { personId } of [ann, child]) {
      const { body } = await ask({ personId, asOf: '2025-02-10', explain: true })
      expect(body).toMatchObject({ inOrder: true, insurer: '300', ziekenfonds: '306' })
      expect(body.decision).toMatchObject({ outcome: 'granted', from: '2025-01-01' })
    }
    const messages = await h.rows(`select payload from es.outbox where key = any($1) order by id desc limit 2`, [
      [ann.personId, child.personId],
    ])
    expect(messages).toHaveLength(2)
    for (const { payload } of messages)
      expect(payload).toMatchObject({ changedFrom: '2025-01-01', cause: 'correction' })
  })

  it('the answer of now is that of everything known up to now, whatever is asked and of whomever', async () => {
    for (const personId of [ann.personId, child.personId]) {
      for (const asOf of ['2022-06-01', '2023-06-01', '2025-02-10', '2027-01-01']) {
        const now = (await ask({ personId, asOf, explain: true })).body
        const folded = (await ask({ personId, asOf, explain: true, knownAt: now.knownAt })).body
        expect(folded).toEqual(now)
      }
    }
  })

  it('the answer of before is still the answer of before, with its own decision and reasons', async () => {
    const now = await ask({ personId: ann.personId, asOf: '2025-02-10', explain: true })
    const then = await ask({ personId: ann.personId, asOf: '2025-02-10', knownAt: before, explain: true })
    expect(now.body.inOrder).toBe(true)
    expect(then.body).toMatchObject({ inOrder: false, reason: 'renewalRefused', knownAt: before })
    expect(then.body.decision.repairs[0]).toMatchObject({ kind: 'payComplement' })
    const of2024 = await ask({ personId: ann.personId, asOf: '2024-05-05', knownAt: before })
    expect(of2024.body.inOrder).toBe(true)
    for (const { decision } of [now.body, then.body]) {
      const answer = await app.inject({
        url: `/rights/v1/decisions/${decision.decisionId}`,
        headers: { authorization: clerk },
      })
      expect(answer.statusCode).toBe(200)
      expect(answer.json().grounds.length).toBeGreaterThan(0)
    }
  })

  it('the INSZ leads to the same answer, and a period is answered as a whole', async () => {
    const { body } = await ask({ ssin: insz, period: { from: '2024-12-01', to: '2025-06-30' } })
    expect(body).toMatchObject({ personId: ann.personId, inOrder: true })
    expect(body.periods).toHaveLength(2)
    expect((await ask({ ssin: insz, period: { from: '2025-12-01', to: '2026-01-31' } })).body.inOrder).toBe(false)
  })

  it('the timeline of a moment and the letter of a decision can be read', async () => {
    const get = (url: string) =>
      app.inject({ url: `/rights/v1${url}`, headers: { authorization: clerk, 'accept-language': 'nl' } })
    const now = (await get(`/persons/${ann.personId}/timeline`)).json()
    const then = (await get(`/persons/${ann.personId}/timeline?knownAt=${before}`)).json()
    expect(now.periods).toHaveLength(2)
    expect(then.periods).toHaveLength(1)
    expect((await get(`/persons/${ann.personId}/timeline?asOf=2024-02-01`)).json().periods).toHaveLength(1)
    const refused = then.decisions.find(({ outcome }: { outcome: string }) => outcome === 'refused')
    const letter = await get(`/decisions/${refused.decisionId}/letter`)
    expect(letter.headers['content-type']).toContain('text/plain')
    expect(letter.headers).toMatchObject({ 'content-language': 'nl', vary: 'Accept-Language' })
    expect(letter.body.length).toBeGreaterThan(200)
  })
})

describe('a decision that stands no more', () => {
  const get = async (url: string, language = 'en') =>
    await app.inject({ url: `/rights/v1${url}`, headers: { authorization: clerk, 'accept-language': language } })

  it('says by what it was withdrawn and what replaced it, and so does its letter', async () => {
    const then = await ask({ personId: ann.personId, asOf: '2025-02-10', knownAt: before, explain: true })
    const now = await ask({ personId: ann.personId, asOf: '2025-02-10', explain: true })
    expect(then.body.decision.withdrawn).toBeUndefined()
    const { decisionId } = then.body.decision
    const { withdrawn } = (await get(`/decisions/${decisionId}`)).json()
    expect(withdrawn.because).toMatchObject([{ recordedAt: late, text: expect.stringContaining('reference year') }])
    expect(withdrawn.replacedBy).toMatchObject([{ decisionId: now.body.decision.decisionId, outcome: 'granted' }])
    // the money was paid: nobody is asked for it once more
    expect((await get(`/decisions/${decisionId}`)).json().repairs).toEqual([])
    const standing = (await get(`/decisions/${now.body.decision.decisionId}`)).json()
    expect(standing.withdrawn).toBeUndefined()
    const letter = (await get(`/decisions/${decisionId}/letter`, 'nl')).body.replace(/\n +/g, ' ')
    expect(letter).toMatch(/Deze beslissing is ingetrokken op \d\d-03-2025 en geldt niet meer\./)
    expect(letter).toContain(`In de plaats kwam beslissing ${now.body.decision.decisionId}: toegekend`)
    expect(letter).toContain(ann.personId)
    expect(letter).not.toMatch(/Wat u kunt doen\n|Beroep\n|59,71/)
    expect(letter).not.toMatch(/\d{4}-\d{2}-\d{2}/)
    expect((await get(`/decisions/${now.body.decision.decisionId}/letter`, 'nl')).body).not.toContain('ingetrokken')
  })

  it('a question about a day without a decision shows none of another time', async () => {
    const { body } = await ask({ personId: ann.personId, asOf: '2026-04-01', explain: true })
    expect(body).toMatchObject({ inOrder: false, reason: 'notDecidedYet' })
    expect(body.reasonText).toMatch(/not decided yet: this is no refusal\. Ask again/)
    const early = await ask({ personId: ann.personId, asOf: '2022-04-01' })
    expect(early.body).toMatchObject({
      reason: 'notAffiliated',
      reasonText: expect.stringMatching(/affiliation that covers/),
    })
    expect(body.decision).toBeUndefined()
    expect((await get(`/persons/${ann.personId}/timeline?asOf=2026-04-01`)).json().decisions).toEqual([])
    expect((await get(`/persons/${ann.personId}/timeline?asOf=2025-04-01`)).json().decisions).toHaveLength(1)
  })
})

describe('who may ask', () => {
  const stranger = bearer({ roles: ['clerk'], insurer: '500', ziekenfonds: '501' })
  it('not the clerk of another ziekenfonds, yet a care provider may', async () => {
    expect((await ask({ personId: ann.personId }, stranger)).status).toBeGreaterThanOrEqual(403)
    expect((await ask({ personId: ann.personId }, stranger)).status).toBeLessThanOrEqual(404)
    const care = bearer({ roles: ['careProvider'], providerNumber: '10000007001' })
    expect((await ask({ ssin: insz, asOf: '2025-02-10' }, care)).body.inOrder).toBe(true)
    const timeline = `/rights/v1/persons/${ann.personId}/timeline`
    expect((await app.inject({ url: timeline, headers: { authorization: care } })).statusCode).toBe(403)
    expect([403, 404]).toContain((await app.inject({ url: timeline, headers: { authorization: stranger } })).statusCode)
    expect((await app.inject({ url: timeline })).statusCode).toBe(401)
  })

  it('every consultation is in the log that the person can read', async () => {
    const insured = bearer({ roles: ['insured'], personId: ann.personId })
    const log = await app.inject({
      url: `/rights/v1/persons/${ann.personId}/accessLog`,
      headers: { authorization: insured },
    })
    expect(log.statusCode).toBe(200)
    expect(log.json().items.length).toBeGreaterThan(3)
  })

  const bad: readonly (readonly [string, object])[] = [
    ['nobody named', {}],
    ['named twice', { personId: ann.personId, ssin: insz }],
    ['a number with a wrong check', { ssin: '80050500100' }],
    ['a day that is none', { personId: ann.personId, asOf: '2025-02-30' }],
    ['a moment that has not come', { personId: ann.personId, knownAt: '2031-01-01T00:00:00.000Z' }],
    ['a moment that is none', { personId: ann.personId, knownAt: 'yesterday' }],
    ['a period upside down', { personId: ann.personId, period: { from: '2025-02-02', to: '2025-02-01' } }],
    ['a field that is not ours', { personId: ann.personId, name: 'x' }],
  ]
  for (const [what, payload] of bad) {
    it(`a question with ${what} is 400`, async () => {
      const { status, body } = await ask(payload)
      expect(status).toBe(400)
      expect(body.issues.length).toBeGreaterThan(0)
      expect(JSON.stringify(body)).not.toContain(insz)
    })
  }

  it('an unknown person is 404 for a clerk and an unknown decision too', async () => {
    expect((await ask({ personId: '0198c1a2-7f00-7000-8000-0000000000ff' })).status).toBe(404)
    const url = '/rights/v1/decisions/0198c1a2-7f00-7000-8000-0000000000ff'
    expect((await app.inject({ url, headers: { authorization: clerk } })).statusCode).toBe(404)
  })
})

describe('privacy', () => {
  it('no INSZ is stored anywhere, and an erased person is found by no number', async () => {
    for (const table of [
      'app.facts',
      'app.persons',
      'es.events',
      'es.outbox',
      'app_members.facts',
      'app_members.identifiers',
      'es.streams',
    ]) {
      expect(await h.rows(`select 1 from ${table} t where t::text like '%' || $1 || '%'`, [insz])).toEqual([])
    }
    const gone = personNamed('gone')
    await h.tell(gone.joins('2023-01-01'), gone.acquires('EMPLOYEE', '2023-01-01'))
    expect(await h.rows('select 1 from app_members.identifiers where person_id = $1', [gone.personId])).toHaveLength(1)
    await h.tell(gone.isErased())
    expect(await h.rows('select 1 from app_members.identifiers where person_id = $1', [gone.personId])).toEqual([])
  })

  it('the answer of before names what could be done then, also when it is too late today', async () => {
    const question = { personId: ann.personId, asOf: '2025-02-10', knownAt: before, explain: true }
    const then = await ask(question)
    expect(then.body.decision.repairs[0]).toMatchObject({ until: '2028-12-31' })
    h.clock.moveTo(day('2029-01-01'))
    expect(await ask(question)).toEqual(then)
  })
})
