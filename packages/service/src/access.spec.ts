import { buildServer, type Caller, type ProblemDocument, routeTable } from '@ziv/http'
import type { FastifyInstance } from 'fastify'
import { generateKeyPair } from 'jose'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  auth,
  bearer,
  clerkOf306,
  knownPerson,
  memberOf300,
  sampleServer,
  type TokenOptions,
} from './sample-module.fixture.ts'

let app: FastifyInstance
beforeAll(async () => {
  app = await sampleServer()
  await app.ready()
})
afterAll(() => app.close())

const get = async (headers: Record<string, string>, url = `/sample/v1/persons/${knownPerson}`) => {
  const response = await app.inject({ url, headers })
  return { status: response.statusCode, type: response.json<ProblemDocument>().type?.split(':').at(-1), response }
}

describe('tokens', () => {
  it('are asked for with WWW-Authenticate', async () => {
    const { status, type, response } = await get({})
    expect([status, type]).toEqual([401, 'noAccessToken'])
    expect(response.headers['www-authenticate']).toBe('Bearer realm="ziv"')
  })

  const wrong: readonly (readonly [string, TokenOptions, string])[] = [
    ['of another issuer', { issuer: 'urn:other' }, 'invalidAccessToken'],
    ['for another audience', { audience: 'other' }, 'invalidAccessToken'],
    ['that have expired', { expires: Math.floor(Date.now() / 1000) - 60 }, 'expiredAccessToken'],
    ['with claims of a wrong shape', { claims: { insurer: 300 } }, 'invalidAccessToken'],
  ]
  it.each(wrong)('%s are refused', async (_what, options, type) => {
    const found = await get(await bearer(clerkOf306, options))
    expect([found.status, found.type]).toEqual([401, type])
    expect(found.response.headers['www-authenticate']).toContain('invalid_token')
  })

  it('signed by another key, unsigned or garbled are refused', async () => {
    const other = await generateKeyPair('ES256')
    const unsigned = `${btoa('{"alg":"none"}')}.${btoa('{"sub":"x","roles":["system"]}')}.`.replaceAll('=', '')
    const headers = [
      await bearer(clerkOf306, { key: other.privateKey }),
      ...['x', unsigned, 'a.b.c', ''].map((token) => ({ authorization: `Bearer ${token}` })),
      { authorization: 'Basic eDp5' },
    ]
    for (const each of headers) expect((await get(each)).type).toBe('invalidAccessToken')
  })

  it('give 503 when the key set of the issuer cannot be reached', async () => {
    const { createAuthenticator } = await import('@ziv/http')
    const unreachable = createAuthenticator({
      issuer: 'urn:test',
      audience: 'ziv',
      keys: new URL('http://127.0.0.1:1/jwks'),
    })
    const token = (await bearer(clerkOf306)).authorization.slice(7)
    await expect(unreachable.verify(token)).rejects.toMatchObject({ statusCode: 503 })
  })
})

const seers: readonly (readonly [string, Partial<Caller>, number])[] = [
  ['clerk of the ziekenfonds', clerkOf306, 200],
  ['clerk of another ziekenfonds of the insurer', { ...clerkOf306, ziekenfonds: '310' }, 404],
  ['clerk of another insurer', { ...clerkOf306, insurer: '500' }, 404],
  ['clerk whose token names no ziekenfonds', { roles: ['clerk'], insurer: '300' }, 403],
  ['viewer of the landsbond', { roles: ['landsbondViewer'], insurer: '300' }, 200],
  ['viewer of another landsbond', { roles: ['landsbondViewer'], insurer: '500' }, 404],
  ['supervisor of the RIZIV', { roles: ['rizivSupervisor'] }, 200],
  ['the person', { roles: ['insured'], personId: knownPerson }, 200],
  ['another person', { roles: ['insured'], personId: '0198c1a2-7f00-7000-8000-000000000002' }, 404],
  ['a role the route is not open to', { roles: ['careProvider'], providerNumber: '10000007001' }, 403],
  ['nobody in particular', { roles: [] }, 403],
  [
    'a viewer who is also clerk elsewhere',
    { roles: ['clerk', 'landsbondViewer'], ...memberOf300, ziekenfonds: '310' },
    200,
  ],
  ['system', { roles: ['system'] }, 200],
]

describe('who sees a person', () => {
  it.each(seers)('%s', async (_who, caller, status) => {
    expect((await get(await bearer(caller))).status).toBe(status)
  })

  it('another tenant gets the same answer as for a person that does not exist', async () => {
    const headers = await bearer({ ...clerkOf306, insurer: '500' })
    const [foreign, unknown] = await Promise.all([
      get(headers),
      get(headers, '/sample/v1/persons/0198c1a2-7f00-7000-8000-00000000ffff'),
    ])
    const strip = (body: string) => body.replace(/urn:uuid:[\da-f-]+/, '')
    expect(strip(foreign.response.body)).toBe(strip(unknown.response.body))
  })

  it('a write that names a foreign institution gets 403', async () => {
    const payload = { ssin: '85073003328', ziekenfonds: '310' }
    const response = await app.inject({
      method: 'POST',
      url: '/sample/v1/persons',
      payload,
      headers: await bearer(clerkOf306),
    })
    expect(response.statusCode).toBe(403)
  })

  it('an answer whose handler asked no tenant helper is withheld', async () => {
    const response = await app.inject({
      method: 'POST',
      url: '/sample/v1/persons/forget',
      headers: await bearer(clerkOf306),
    })
    expect(response.statusCode).toBe(500)
    expect(response.body).not.toContain(knownPerson)
  })

  it('answers carry only what their schema names', async () => {
    expect((await get(await bearer(clerkOf306))).response.json()).toEqual({ personId: knownPerson, ziekenfonds: '306' })
  })
})

describe('registration', () => {
  const bare = () => buildServer({ logger: pino({ level: 'silent' }), auth, environment: 'sandbox' })

  it('refuses a route that does not say who may call it', async () => {
    const server = await bare()
    expect(() => server.get('/x/v1/y', async () => ({}))).toThrow(/config\.access/)
    await server.close()
  })

  it('refuses a route that would swallow unknown input, at any depth', async () => {
    const server = await bare()
    const config = { access: 'public' } as const
    const loose = [
      z.object({ a: z.int() }),
      z.strictObject({ list: z.array(z.object({ b: z.int() })) }),
      z.union([z.strictObject({}), z.looseObject({ c: z.int() })]),
    ]
    for (const body of loose) {
      expect(() => server.post('/x/v1/y', { config, schema: { body } }, async () => ({}))).toThrow(/strictObject/)
    }
    expect(() => server.get('/x/v1/z', { config, schema: { querystring: z.object({}) } }, async () => ({}))).toThrow(
      /query/,
    )
    await server.close()
  })

  it('lists every route with its access', () => {
    const table = routeTable(app)
    expect(table.map(({ method, url }) => `${method} ${url}`)).toEqual(
      expect.arrayContaining([
        'GET /metrics',
        'GET /sample/v1/health',
        'GET /sample/v1/persons/:personId',
        'POST /sample/v1/persons',
      ]),
    )
    expect(
      table
        .filter(({ access }) => access === 'public')
        .map(({ url }) => url)
        .filter((url) => !/doc|refData|health|metrics/.test(url)),
    ).toEqual([])
  })
})
