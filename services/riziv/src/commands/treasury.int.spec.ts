import { randomUUID } from 'node:crypto'
import { advancePaid, catalog, receiptBooked, returnAccepted, settlementClosed } from '@ziv/contracts'
import { type Authenticator, buildServer, type Caller, problem, problemTypeOfCode } from '@ziv/http'
import { addDays, isoDate, movableClock, uuidV5 } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import type { MessagingDriver, ReceivedEvent } from '@ziv/messaging'
import { registerService, serviceMigrations } from '@ziv/service'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RizivModule, riziv as service } from '../index.ts'

const auth: Authenticator = {
  verify: async (token) => {
    if (!token.startsWith('as-')) throw problem('invalidAccessToken', 401)
    return { subject: token, roles: [token.slice(3)] } as unknown as Caller
  },
}
const clock = movableClock(isoDate('2024-01-05'))
let db: TestDatabase
let riziv: RizivModule
let app: FastifyInstance

beforeAll(async () => {
  db = await createTestDatabase({
    migrations: [...serviceMigrations, service.migrations],
  })
  const { database } = db
  const logger = pino({ level: 'silent' })
  const insurers = ['100', '200', '300', '400', '500', '600', '900']
  const deps = {
    ...{ database, clock, auth, logger, insurers, law: loadLaw(), environment: 'sandbox' as const },
    ...{ driver: {} as MessagingDriver, vault: {} as never },
  }
  riziv = await service.create(deps)
  app = await buildServer({ logger, auth, environment: 'sandbox', eventLoopDelayMaxMs: 0 })
  await registerService(app, riziv, deps)
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await db.drop()
})

const post = (path: string, payload: object, role = 'rizivDistributor') =>
  app.inject({ method: 'POST', url: `/riziv/v1${path}`, payload, headers: { authorization: `Bearer as-${role}` } })
const get = (path: string, role = 'rizivSupervisor', more = {}) =>
  app.inject({ url: `/riziv/v1${path}`, headers: { authorization: `Bearer as-${role}`, ...more } })
const count = async (table: string): Promise<number> =>
  Number((await db.database.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]?.n)
const bad = async () => (await Array.fromAsync(riziv.verify())).filter(({ ok }) => !ok).map(({ check }) => check)

let sequence = 0
const accepted = (insurer: string, ziekenfonds: string, month: string, interventionCents: number, at: string) => {
  sequence += 1
  const figures = { membersTotal: 10, interventionCents }
  const data = {
    returnId: uuidV5(`${ziekenfonds}/${month}/${at}`),
    insurer,
    ziekenfonds,
    month,
    acceptedOn: '2024-05-05',
  }
  return {
    ...{
      topic: `ziv.${insurer}.returns.v1`,
      partition: 0,
      offset: String(sequence),
      key: ziekenfonds,
      epoch: 1,
      sequence,
    },
    ...{ id: randomUUID(), type: returnAccepted.type, recordedAt: at, actor: 'spec', correlationId: randomUUID() },
    data: { ...data, figures },
  } as ReceivedEvent
}
const take = (...events: readonly ReceivedEvent[]) =>
  db.database.transaction(async (tx) => await riziv.consumers[0]?.handle(tx, events))

const receipt = { source: 'rsz', amountCents: 1_200_000, receivedOn: '2024-01-05', reference: 'RSZ-1' }

describe('money of a year', () => {
  it('without a budget nothing can be distributed', async () => {
    const answer = await post('/distributions', { kind: 'advance', month: '2024-01' })
    expect(answer.statusCode).toBe(409)
    expect(answer.json().type).toBe(`urn:problem-type:ziv:riziv:${problemTypeOfCode('budgetMissing')}`)
    expect(await count('es.events')).toBe(0)
  })

  it('comes in once per reference, and another amount under it is refused', async () => {
    expect((await post('/receipts', receipt)).statusCode).toBe(201)
    expect((await post('/receipts', receipt)).statusCode).toBe(201)
    for (const reference of ['rsz-1', ' RSZ -1 '])
      expect((await post('/receipts', { ...receipt, reference })).statusCode).toBe(201)
    expect((await post('/receipts', { ...receipt, amountCents: 7 })).statusCode).toBe(409)
    expect(await count('app.ledger_lines')).toBe(2)
  })

  it('of tomorrow is refused and books nothing', async () => {
    const receivedOn = addDays(clock.today(), 1)
    const answer = await post('/receipts', { ...receipt, receivedOn, reference: 'RSZ-tomorrow' })
    expect(answer.statusCode).toBe(422)
    expect(answer.json().type).toBe(`urn:problem-type:ziv:riziv:${problemTypeOfCode('receivedInFuture')}`)
    expect(await count('app.ledger_lines')).toBe(2)
  })

  it('is followed as a task, like the long work of every other service', async () => {
    expect((await get('/tasks', 'clerk')).statusCode).toBe(403)
    expect((await get('/tasks')).json().items).toEqual([])
  })

  it('is not paid when it is not there', async () => {
    expect((await post('/budgets', { year: 2024, objectiveCents: 12_000_001 })).statusCode).toBe(201)
    expect((await post('/distributions', { kind: 'advance', month: '2024-01' })).statusCode).toBe(201)
    const otherYear = await post('/distributions', { kind: 'advance', month: '2024-01', year: 2025 })
    expect([otherYear.statusCode, otherYear.json().issues[0].name]).toEqual([400, 'year'])
    for (const [kind, name, told] of [
      ['advance', 'month', 'an advance is paid for a month: give that month'],
      ['settlement', 'year', 'a settlement is of a year: give that year'],
    ])
      expect((await post('/distributions', { kind })).json().issues).toMatchObject([{ name, detail: told }])
    const early = await post('/distributions', { kind: 'advance', month: '2024-02' })
    expect(early.json().type).toBe(`urn:problem-type:ziv:riziv:${problemTypeOfCode('monthNotBegun')}`)
    clock.moveTo(isoDate('2024-02-05'))
    const before = await count('es.events')
    const refused = await post('/distributions', { kind: 'advance', month: '2024-02' })
    expect(refused.statusCode).toBe(409)
    expect(refused.json().detail).toMatch(/^EUR 1,999\.98 is available and EUR 10,/)
    expect(await count('es.events')).toBe(before)
    expect((await post('/budgets', { year: 2024, objectiveCents: 5 })).statusCode).toBe(409)
  })

  it('is paid once when the same month is asked for several times at the same moment', async () => {
    await post('/receipts', { ...receipt, amountCents: 20_000_000, reference: 'RSZ-2' })
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => post('/distributions', { kind: 'advance', month: '2024-02' })),
    )
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(6).fill(201))
    expect(new Set(answers.map((answer) => answer.json().distributionId)).size).toBe(1)
    expect(await count("es.events where type = 'AdvancesPaid'")).toBe(2)
    const [task] = (await get('/tasks')).json().items
    expect(task).toMatchObject({ kind: 'distribution', state: 'done', href: `/riziv/v1/tasks/${task.taskId}` })
    const shown = await get(`/tasks/${task.taskId}`)
    expect([shown.statusCode, shown.headers.location]).toEqual([303, `/riziv/v1/distributions/${task.taskId}`])
  })

  it('goes out as exactly the budget in twelve months, whatever returns come in meanwhile', async () => {
    await take(accepted('300', '306', '2023-12', 999_999, '2024-02-01T08:00:00.000Z'))
    clock.moveTo(isoDate('2024-12-02'))
    let total = 0
    for (let month = 1; month <= 12; month += 1) {
      total += (await riziv.treasury.advance(`2024-${String(month).padStart(2, '0')}`, 'spec')).totalCents
    }
    expect(total).toBe(12_000_001)
    expect(await bad()).toEqual([])
  })

  it('is settled on the accepted returns, twice without a change, and revised by a late one', async () => {
    expect((await post('/distributions', { kind: 'settlement', year: 2024 })).statusCode).toBe(409)
    clock.moveTo(isoDate('2025-06-02'))
    await take(
      accepted('300', '306', '2024-03', 5_000_000, '2024-04-02T08:00:00.000Z'),
      accepted('100', '101', '2024-03', 4_000_000, '2024-04-02T08:00:00.000Z'),
    )
    const first = (await post('/distributions', { kind: 'settlement', year: 2024 })).json()
    expect((await post('/distributions', { kind: 'settlement', year: 2024 })).json()).toEqual(first)
    // told again in another order: the newest acceptance counts
    await take(
      accepted('300', '306', '2024-03', 6_000_000, '2025-06-01T08:00:00.000Z'),
      accepted('300', '306', '2024-03', 5_500_000, '2024-05-02T08:00:00.000Z'),
    )
    const revised = (await post('/distributions', { kind: 'settlement', year: 2024 })).json()
    expect(revised.distributionId).not.toBe(first.distributionId)
    expect(revised.shares.find(({ insurer }: { insurer: string }) => insurer === '300').actualCents).toBe(6_000_000)
    const budgets = revised.shares.reduce(
      (sum: number, { budgetCents }: { budgetCents: number }) => sum + budgetCents,
      0,
    )
    expect(budgets).toBe(12_000_001)
    for (const { insurer, dueCents, balanceCents } of revised.shares) {
      const cost = await db.database.query<{ b: number }>(
        'select coalesce(sum(debit_cents - credit_cents), 0)::int as b from app.ledger_lines where account = $1',
        [`cost:${insurer}`],
      )
      expect(cost.rows[0]?.b).toBe(dueCents)
      expect(Number.isSafeInteger(balanceCents)).toBe(true)
    }
    expect((await get(`/distributions/${revised.distributionId}`)).json().grounds.length).toBeGreaterThan(0)
    expect(await bad()).toEqual([])
  })

  it('can be read line by line, page after page, and every page adds up to the ledger', async () => {
    const lines = []
    let url: string | null = '/ledger?pageSize=20'
    while (url !== null) {
      const page: { items: object[]; next?: string } = (await get(url)).json()
      lines.push(...page.items)
      url = page.next === undefined ? null : `/ledger${new URL(page.next, 'http://x').search}`
    }
    expect(lines).toHaveLength(await count('app.ledger_lines'))
    expect((await get('/ledger?account=bank')).json().items.length).toBeGreaterThan(0)
  })

  it.each([
    ['nl', 'Ontvangst van de RSZ', /^Voorschotten voor [a-z]+ 202\d$/, /^Afrekening van 202\d$/],
    ['fr', "Recette de l'ONSS", /^Avances pour [a-zéû]+ 202\d$/, /^Décompte de 202\d$/],
    ['de', 'Eingang vom LSS', /^Vorschüsse für [A-Z][a-zä]+ 202\d$/, /^Abrechnung von 202\d$/],
    ['en', 'Receipt from the RSZ', /^Advances for [A-Z][a-z]+ 202\d$/, /^Settlement of 202\d$/],
  ])('says what was booked in %s', async (language, receipt, advances, settlement) => {
    const said = new Set<string>()
    let url: string | null = '/ledger?pageSize=100'
    while (url !== null) {
      const answer = await get(url, 'rizivSupervisor', { 'accept-language': language })
      expect(answer.headers['content-language']).toBe(language)
      const page: { items: { description: string }[]; next?: string } = answer.json()
      for (const { description } of page.items) said.add(description)
      url = page.next === undefined ? null : `/ledger${new URL(page.next, 'http://x').search}`
    }
    for (const wanted of [receipt, advances, settlement]) {
      expect([...said]).toContainEqual(expect.stringMatching(wanted))
    }
  })

  it('is told to the landsbonden by the contracts: each receipt once, each insurer its part', async () => {
    const { rows } = await db.database.query<{ type: string; payload: object; topic: string; sent: number }>(
      'select type, topic, payload from es.outbox order by epoch, tx, id',
    )
    for (const { type, payload } of rows) expect(catalog.get(type)?.schema.parse(payload)).toEqual(payload)
    expect(new Set(rows.map(({ topic }) => topic))).toEqual(new Set(['ziv.riziv.distribution.v1']))
    const sent = (type: string) => rows.filter((row) => row.type === type).length
    expect(sent(receiptBooked.type)).toBe(2)
    expect(sent(advancePaid.type)).toBe(12 * 7)
    expect(sent(settlementClosed.type)).toBe(2 * 7)
  })

  it('whose ledger was tampered with is found out', async () => {
    const change = (by: number) =>
      db.database.query(
        `update app.ledger_lines set debit_cents = debit_cents + $1 where entry_id = $2 and debit_cents > 0`,
        [by, uuidV5('receipt/rsz/RSZ-1')],
      )
    await change(1)
    expect(await bad()).toEqual(['riziv: ledger balances', 'riziv: ledger equals the events'])
    await change(-1)
    expect(await bad()).toEqual([])
  })
})

describe('who may do what', () => {
  it('only the distributor moves money, the supervisor looks, others see the register', async () => {
    for (const role of ['rizivSupervisor', 'clerk', 'landsbondViewer', 'careProvider']) {
      expect((await post('/receipts', receipt, role)).statusCode).toBe(403)
    }
    expect((await get('/ledger', 'clerk')).statusCode).toBe(403)
    expect((await get('/insurers', 'clerk')).json().items).toHaveLength(7)
    expect((await get('/ziekenfondsen?asOf=2024-01-01', 'clerk')).json().items.length).toBeGreaterThan(5)
    expect((await app.inject({ url: '/riziv/v1/insurers' })).statusCode).toBe(401)
  })

  const wrong: readonly (readonly [string, string, object])[] = [
    ['a negative amount', '/receipts', { ...receipt, amountCents: -1 }],
    ['half a cent', '/receipts', { ...receipt, amountCents: 0.5 }],
    ['more money than there is', '/receipts', { ...receipt, amountCents: 9e15 }],
    ['an unknown source', '/receipts', { ...receipt, source: 'lottery' }],
    ['a day that is none', '/receipts', { ...receipt, receivedOn: '2024-02-30' }],
    ['a thirteenth month', '/distributions', { kind: 'advance', month: '2024-13' }],
    ['a month of the year 0', '/distributions', { kind: 'advance', month: '0000-01' }],
    ['a month nobody means', '/distributions', { kind: 'advance', month: '2200-01' }],
    ['a year nobody means', '/budgets', { year: 2200, objectiveCents: 1 }],
    ['an advance without month', '/distributions', { kind: 'advance' }],
    ['a settlement without year', '/distributions', { kind: 'settlement', month: '2024-01' }],
    ['a field that is not ours', '/budgets', { year: 2024, objectiveCents: 1, note: 'x' }],
  ]
  for (const [what, path, payload] of wrong) {
    it(`${what} is 400 and leaves nothing behind`, async () => {
      const before = await count('es.events')
      const answer = await post(path, payload)
      expect(answer.statusCode).toBe(400)
      expect(answer.headers['content-type']).toContain('application/problem+json')
      expect(await count('es.events')).toBe(before)
    })
  }

  it('an unknown distribution is 404 and a foreign cursor 400', async () => {
    expect((await get(`/distributions/${randomUUID()}`)).statusCode).toBe(404)
    expect((await get('/ledger?cursor=bm9uc2Vuc2U')).statusCode).toBe(400)
  })
})
