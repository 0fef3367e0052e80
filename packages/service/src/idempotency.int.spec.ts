import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import {
  type Answer,
  acceptStreams,
  accessLogRoute,
  buildServer,
  commandId,
  createAccessLog,
  httpMigrations,
  idempotent,
  personIdInput,
  problem,
  purgeIdempotency,
  withZod,
} from '@ziv/http'
import { fixedClock, instant } from '@ziv/kernel'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { auth, bearer, clerkOf306, knownPerson, memberOf300 } from './sample-module.fixture.ts'

let db: TestDatabase
let app: FastifyInstance
let headers: { authorization: string }
let runs: string[] = []
let work: (run: number, request: { readonly language: string }) => Promise<Answer>
const person = '0198c1a2-7f00-7000-8000-0000000000aa'

beforeAll(async () => {
  db = await createTestDatabase({ migrations: [httpMigrations] })
  app = await buildServer({ logger: pino({ level: 'silent' }), auth, environment: 'sandbox', eventLoopDelayMaxMs: 0 })
  headers = await bearer(clerkOf306)
  const accessLog = createAccessLog({ database: db.database, clock: fixedClock(instant('2026-03-02T09:15:00.000Z')) })
  const api = withZod(app)
  api.route({
    method: 'POST',
    url: '/test/v1/things',
    config: { access: { roles: ['clerk'], scope: 'none' } },
    schema: { body: z.strictObject({ n: z.int() }) },
    handler: (request, reply) =>
      idempotent(request, reply, { database: db.database, leaseMs: 60_000, patienceMs: 1_500 }, () => {
        runs.push(commandId(request))
        return work(runs.length, request)
      }),
  })
  api.route({
    method: 'GET',
    url: '/test/v1/persons/:personId',
    config: { access: { roles: ['clerk'], scope: 'none' } },
    schema: { operationId: 'getPerson', params: z.strictObject({ personId: personIdInput }) },
    handler: async (request) => {
      await accessLog.record(request, request.params.personId)
      return {}
    },
  })
  const uploads: FastifyPluginAsync = async (files) => {
    acceptStreams(files, ['text/csv'])
    withZod(files).route({
      method: 'POST',
      url: '/test/v1/files',
      bodyLimit: 10_000_000,
      config: { access: { roles: ['clerk'], scope: 'none' }, body: 'stream' },
      handler: (request, reply) =>
        idempotent(request, reply, { database: db.database, leaseMs: 60_000, patienceMs: 4_000 }, async () => {
          runs.push(await text(request.body as Readable))
          return await work(runs.length, request)
        }),
    })
  }
  await app.register(uploads)
  const tenantOf = async (id: string) => (id === person ? { ...memberOf300, personId: person } : null)
  const mount: FastifyPluginAsync = async (scope) => accessLogRoute(scope, { accessLog, tenantOf })
  await app.register(mount, { prefix: '/test/v1' })
  await app.ready()
})
beforeEach(() => {
  runs = []
  work = async (run) => ({ status: 201, headers: { location: `/things/${run}` }, body: { run } })
})
afterAll(async () => {
  await app.close()
  await db.drop()
})

const send = (key: string | undefined, n = 1, more: Record<string, string> = headers) =>
  app.inject({
    method: 'POST',
    url: '/test/v1/things',
    payload: { n },
    headers: { ...more, ...(key === undefined ? {} : { 'idempotency-key': key }) },
  })

it('an answer that is given again keeps the language of its words', async () => {
  work = async (_, { language }) => ({ status: 201, body: { language } })
  const key = randomUUID()
  for (const asked of ['nl', 'fr']) {
    const answer = await send(key, 1, { ...headers, 'accept-language': asked })
    expect(answer.json()).toEqual({ language: 'nl' })
    expect(answer.headers).toMatchObject({ 'content-language': 'nl', vary: 'Accept-Language' })
  }
})

describe('Idempotency-Key', () => {
  it('gives the same answer for the same request and runs it once', async () => {
    const key = randomUUID()
    const first = await send(key)
    const second = await send(key)
    expect([first.statusCode, first.json(), first.headers.location]).toEqual([201, { run: 1 }, '/things/1'])
    expect([second.statusCode, second.json(), second.headers.location]).toEqual([201, { run: 1 }, '/things/1'])
    expect(runs).toHaveLength(1)
  })

  it('of another file is 409, of the same file the same answer, whole and once', async () => {
    const key = randomUUID()
    const file = 'a;b\n'.repeat(50_000)
    const upload = (payload: string) =>
      app.inject({
        method: 'POST',
        url: '/test/v1/files',
        payload,
        headers: { ...headers, 'content-type': 'text/csv', 'idempotency-key': key },
      })
    expect((await upload(file)).json()).toEqual({ run: 1 })
    expect((await upload(file)).json()).toEqual({ run: 1 })
    expect((await upload(`${file}c`)).json()).toMatchObject({ type: 'urn:problem-type:ziv:idempotencyKeyReused' })
    expect(runs).toEqual([file])
  })

  it('of another request is 409, of another caller is another key', async () => {
    const key = randomUUID()
    await send(key, 1)
    const reused = await send(key, 2)
    expect([reused.statusCode, reused.json()]).toEqual([
      409,
      expect.objectContaining({ type: 'urn:problem-type:ziv:idempotencyKeyReused' }),
    ])
    const other = await send(key, 2, await bearer({ ...clerkOf306, subject: 'someone-else' }))
    expect(other.statusCode).toBe(201)
    expect(new Set(runs).size).toBe(2)
  })

  it('sent twenty times at the same moment runs once, all get its answer', async () => {
    work = async (run) => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      return { status: 201, body: { run } }
    }
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(key)))
    expect(answers.map((answer) => answer.json())).toEqual(Array.from({ length: 20 }, () => ({ run: 1 })))
    expect(runs).toHaveLength(1)
  })

  it('that still runs is 409 with Retry-After; one whose process died is taken over with the same command id', async () => {
    let finish = (): void => undefined
    const hanging = new Promise<void>((resolve) => {
      finish = resolve
    })
    work = async (run) => {
      if (run === 1) await hanging
      return { status: 200, body: { run } }
    }
    const key = randomUUID()
    const dead = send(key)
    await expect.poll(() => runs.length).toBe(1)
    const busy = await send(key)
    expect([busy.statusCode, busy.headers['retry-after']]).toEqual([409, '5'])
    await db.database.query(
      'update app_http.idempotency set lease_until = clock_timestamp() - interval $$1 second$$ where state = $1',
      ['processing'],
    )
    const taken = await send(key)
    expect(taken.json()).toEqual({ run: 2 })
    expect(runs[0]).toBe(runs[1])
    finish()
    await dead
    expect((await send(key)).json()).toEqual({ run: 2 })
  })

  it('is not kept when the request is refused or fails', async () => {
    const key = randomUUID()
    work = () => Promise.reject(problem('conflict'))
    expect((await send(key)).statusCode).toBe(409)
    work = () => Promise.reject(new Error('defect'))
    expect((await send(key)).statusCode).toBe(500)
    work = async () => ({ status: 204 })
    expect((await send(key)).statusCode).toBe(204)
    expect((await send(key)).statusCode).toBe(204)
    expect(runs).toHaveLength(3)
  })

  it('malformed is 400; without one every request runs', async () => {
    expect((await send('short')).statusCode).toBe(400)
    expect((await send(undefined)).json()).toEqual({ run: 1 })
    expect((await send(undefined)).json()).toEqual({ run: 2 })
    expect(new Set(runs).size).toBe(2)
  })

  it('leaves neither key nor body readable, and goes when it is old', async () => {
    const key = randomUUID()
    await send(key, 424_242)
    const { rows } = await db.database.query('select to_jsonb(i)::text as row from app_http.idempotency i')
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${key}|424242`))
    await db.database.query('update app_http.idempotency set created_at = created_at - interval $$2 days$$')
    expect(await purgeIdempotency(db.database)).toBe(rows.length)
    expect(await purgeIdempotency(db.database)).toBe(0)
  })
})

describe('access log', () => {
  it('holds every consultation, in few inserts, and the person reads it page by page', async () => {
    const url = `/test/v1/persons/${person}`
    const answers = await Promise.all(Array.from({ length: 120 }, () => app.inject({ url, headers })))
    expect(answers.every((answer) => answer.statusCode === 200)).toBe(true)
    const insured = await bearer({ roles: ['insured'], personId: person })
    let entries = 0
    let next: string | undefined = `${url}/accessLog?pageSize=50`
    let pages = 0
    while (next !== undefined) {
      const page: { items: { operation: string; subject: string }[]; next?: string } = (
        await app.inject({ url: next, headers: insured })
      ).json()
      expect(page.items[0]).toEqual({
        at: '2026-03-02T09:15:00.000Z',
        subject: 'someone',
        roles: ['clerk'],
        ...memberOf300,
        operation: 'getPerson',
      })
      entries += page.items.length
      next = page.next
      pages += 1
    }
    expect([entries, pages]).toEqual([120, 3])
  })

  it('is closed to other persons and refuses a foreign cursor', async () => {
    const stranger = await bearer({ roles: ['insured'], personId: knownPerson })
    expect((await app.inject({ url: `/test/v1/persons/${person}/accessLog`, headers: stranger })).statusCode).toBe(404)
    expect((await app.inject({ url: `/test/v1/persons/${knownPerson}/accessLog`, headers })).statusCode).toBe(404)
    const insured = await bearer({ roles: ['insured'], personId: person })
    expect(
      (await app.inject({ url: `/test/v1/persons/${person}/accessLog?cursor=xyz`, headers: insured })).statusCode,
    ).toBe(400)
  })

  it('tells the caller when an entry could not be stored', async () => {
    const failing = createAccessLog({
      database: { query: () => Promise.reject(new Error('away')) } as never,
      clock: fixedClock(instant('2026-03-02T09:15:00.000Z')),
    })
    const request = {
      caller: { subject: 'x', roles: [] },
      trace: { id: randomUUID() },
      routeOptions: {},
      method: 'GET',
    } as never
    await expect(failing.record(request, person)).rejects.toThrow('away')
    await expect(failing.record(request, person)).rejects.toThrow('away')
    await expect(failing.record(request)).resolves.toBeUndefined()
  })

  it('that fails while its request fails for another reason leaves no rejection behind that would end the process', async () => {
    const unhandled: unknown[] = []
    const note = (reason: unknown) => unhandled.push(reason)
    process.on('unhandledRejection', note)
    const failing = createAccessLog({
      database: { query: () => Promise.reject(new Error('Connection terminated unexpectedly')) } as never,
      clock: fixedClock(instant('2026-03-02T09:15:00.000Z')),
    })
    const request = {
      caller: { subject: 'x', roles: [] },
      trace: { id: randomUUID() },
      routeOptions: {},
      method: 'GET',
    }
    void failing.record(request as never, person)
    await new Promise((resolve) => setTimeout(resolve, 20))
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
  })

  it('that cannot be stored because the connection broke, or for a subject no database stores, is 503 or 400', async () => {
    const url = `/test/v1/persons/${person}`
    expect((await app.inject({ url, headers: await bearer({ ...clerkOf306, subject: 'a\u0000b' }) })).statusCode).toBe(
      400,
    )
    const query = vi.spyOn(db.database, 'query').mockRejectedValueOnce(new Error('Connection terminated unexpectedly'))
    const answer = await app.inject({ url, headers })
    query.mockRestore()
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5'])
  })
})
