import { Readable } from 'node:stream'
import type { ProblemDocument } from '@ziv/http'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bearer, clerkOf306, knownPerson, logging, sampleServer } from './sample-module.fixture.ts'

const log = logging()
let app: FastifyInstance
let headers: { authorization: string }
beforeAll(async () => {
  app = await sampleServer({ logger: log.logger })
  headers = await bearer(clerkOf306)
})
afterAll(() => app.close())

const ask = async (options: InjectOptions) => {
  const response = await app.inject({ ...options, headers: { ...headers, ...options.headers } })
  return { response, problem: response.json<ProblemDocument>() }
}
const post = (payload: string | object | Buffer, more: Record<string, string> = {}) =>
  ask({ method: 'POST', url: '/sample/v1/persons', payload, headers: { 'content-type': 'application/json', ...more } })

describe('problem documents', () => {
  it('tell every wrong input at once, unknown input included, and never repeat what a body held', async () => {
    const { response, problem } = await post({
      ssin: 'Peeters',
      ziekenfonds: '306',
      units: 3,
      lines: [{ code: 7, x: 1 }],
      naam: 'Peeters',
    })
    expect(response.statusCode).toBe(400)
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(problem.type).toBe('urn:problem-type:belgif:badRequest')
    expect(problem.instance).toMatch(/^urn:uuid:[\da-f-]{36}$/)
    expect(problem.issues!.map(({ in: place, name, type }) => [place, name, type.split(':').at(-1)])).toEqual(
      expect.arrayContaining([
        ['body', 'ssin', 'schemaViolation'],
        ['body', 'units', 'invalidInput'],
        ['body', 'lines[0].code', 'schemaViolation'],
        ['body', 'lines[0].x', 'unknownInput'],
        ['body', 'naam', 'unknownInput'],
      ]),
    )
    expect(response.body).not.toContain('Peeters')
  })

  it('speak the language asked for', async () => {
    const details = { nl: 'moet even zijn', fr: 'doit être pair', de: 'muss gerade sein', en: 'has to be even' }
    const titles = new Set<string>()
    for (const [language, detail] of Object.entries(details)) {
      const { response, problem } = await post(
        { ssin: '85073003328', ziekenfonds: '306', units: 3 },
        { 'accept-language': `xx, ${language}-BE;q=0.9` },
      )
      expect(response.headers['content-language']).toBe(language)
      expect(response.headers.vary).toContain('Accept-Language')
      expect(problem.issues![0]!.detail).toBe(detail)
      titles.add(problem.title)
    }
    expect(titles.size).toBe(4)
  })

  it('carry a refusal of the domain with its article, its params and the type of the API', async () => {
    const { response, problem } = await post(
      { ssin: '85073003328', ziekenfonds: '306', units: 4 },
      { 'accept-language': 'fr' },
    )
    expect(response.statusCode).toBe(409)
    expect(problem).toMatchObject({
      type: 'urn:problem-type:ziv:sample:alreadyAffiliated',
      title: 'Déjà affilié à 500',
      detail: "Déjà affilié à 500: demandez d'abord une mutation.",
      legalBasis: 'art. 118 GVU-wet',
      insurer: '500',
    })
  })

  it('name unknown and wrong query parameters, repeating only harmless values', async () => {
    const { problem } = await ask({ url: `/sample/v1/persons/${knownPerson}?asOf=2026-13-01&name=Peeters` })
    expect(problem.issues).toMatchObject([
      { in: 'query', name: 'asOf', value: '2026-13-01' },
      { in: 'query', name: 'name', type: 'urn:problem-type:belgif:input-validation:unknownInput' },
    ])
    const wrong = await ask({ url: '/sample/v1/persons/Peeters-85073003328' })
    expect(wrong.response.statusCode).toBe(400)
    expect(wrong.problem.issues![0]).not.toHaveProperty('value')
  })

  it('answer 404 for unknown paths and 405 with Allow for unknown methods', async () => {
    expect((await ask({ url: '/sample/v1/nothing' })).response.statusCode).toBe(404)
    const { response } = await ask({ method: 'DELETE', url: '/sample/v1/persons' })
    expect(response.statusCode).toBe(405)
    expect(response.headers.allow).toBe('GET, HEAD, POST')
    expect((await ask({ method: 'PUT', url: `/sample/v1/persons/${knownPerson}` })).response.headers.allow).toBe(
      'GET, HEAD',
    )
  })

  it('answer 406 to a read that takes no format we have', async () => {
    const url = `/sample/v1/persons/${knownPerson}`
    for (const accept of ['application/xml', 'application/json;q=0', 'text/*']) {
      expect((await ask({ url, headers: { accept } })).response.statusCode).toBe(406)
    }
    for (const accept of ['*/*', 'application/*', 'text/html, application/json;q=0.5', '']) {
      expect((await ask({ url, headers: { accept } })).response.statusCode).toBe(200)
    }
  })

  it('hide our own defects and log them with the trace id, without the values', async () => {
    const { response, problem } = await ask({
      url: `/sample/v1/persons/${knownPerson}?asOf=1999-01-01`,
      headers: { 'belgov-trace-id': 'from-the-client' },
    })
    expect(response.statusCode).toBe(500)
    expect(Object.keys(problem).sort()).toEqual(['detail', 'instance', 'status', 'title', 'type'])
    expect(response.body).not.toMatch(/secret|Peeters|\.ts/)
    const trace = String(response.headers['belgov-trace-id'])
    expect(trace).toMatch(/^[\da-f-]{36}$/)
    expect(response.headers['belgov-related-trace-id']).toBe('from-the-client')
    const line = log
      .lines()
      .split('\n')
      .find((each) => each.includes(trace) && each.includes('request failed'))
    expect(line).toMatch(/sample-module\.fixture/)
    expect(line).not.toMatch(/Peeters|85073003328/)
  })

  it('log no query, no body, no path value and no token', async () => {
    await ask({ url: `/sample/v1/persons/${knownPerson}?name=Janssens` })
    await post({ ssin: '85073003328', ziekenfonds: '306', units: 2 })
    await ask({ url: '/sample/v1/nothing/Janssens?x=85073003328' })
    expect(log.lines()).toContain('/sample/v1/persons/:personId')
    expect(log.lines()).not.toMatch(/Janssens|85073003328/)
    expect(log.lines()).not.toContain(headers.authorization.slice(20))
    expect(log.lines()).not.toContain(knownPerson)
  })
})

const surrogate = '{"ssin":"85073003328","ziekenfonds":"306","lines":[{"code":"\\ud800"}]}'
const hostile: readonly (readonly [string, number, string | Buffer, Record<string, string>])[] = [
  ['half a JSON', 400, '{"ssin":', {}],
  ['an empty body', 400, '', {}],
  ['no JSON at all', 400, 'Peeters', {}],
  ['null', 400, 'null', {}],
  ['an array', 400, '[]', {}],
  ['a NUL character', 400, '{"ssin":"\\u0000","ziekenfonds":"306"}', {}],
  ['a NUL in a key', 400, '{"a\\u0000":1}', {}],
  ['half a surrogate pair', 400, surrogate, {}],
  ['bytes that are not UTF-8', 400, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), {}],
  ['a prototype key', 400, '{"__proto__":{"x":1}}', {}],
  ['100,000 open brackets', 400, '['.repeat(100_000), {}],
  ['100,000 nested arrays', 400, `${'['.repeat(100_000)}${']'.repeat(100_000)}`, {}],
  ['more than the limit', 413, `{"ssin":"${'9'.repeat(1_100_000)}"}`, {}],
  ['another charset', 415, '{}', { 'content-type': 'application/json; charset=latin1' }],
  ['a compressed body', 415, Buffer.from([0x1f, 0x8b, 8]), { 'content-encoding': 'gzip' }],
  ['XML', 415, '<a/>', { 'content-type': 'application/xml' }],
  ['no content type that is one', 415, '{}', { 'content-type': 'nonsense' }],
  ['too small a content length', 400, '{"a":1}', { 'content-length': '3' }],
]

describe('hostile input', () => {
  it.each(hostile)('%s gives %i', async (_what, status, payload, more) => {
    const { response, problem } = await post(payload, more)
    expect(response.statusCode).toBe(status)
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(problem).toMatchObject({ status, type: expect.stringMatching(/^urn:problem-type:(belgif|ziv):\w+$/) })
  })

  it.each(['%ff', '%00', '%', '%E0%A4%A', 'a'.repeat(5_000), '..%2f..%2fetc'])(
    'address ending in %s is a problem of the client',
    async (part) => {
      const { response } = await ask({ url: `/sample/v1/persons/${part}` })
      expect([400, 404]).toContain(response.statusCode)
      expect(response.headers['content-type']).toMatch(/^application\/problem\+json/)
    },
  )

  it('a file beyond the limit of its route gives 413 while it streams', async () => {
    const send = (payload: string) =>
      ask({ method: 'POST', url: '/sample/v1/files', payload, headers: { 'content-type': 'text/csv' } })
    expect((await send('x'.repeat(900))).response.statusCode).toBe(200)
    expect((await send('x'.repeat(2_000))).response.statusCode).toBe(413)
    const chunks = Readable.from(Array.from({ length: 20 }, () => Buffer.alloc(100)))
    const chunked = await app.inject({
      method: 'POST',
      url: '/sample/v1/files',
      payload: chunks,
      headers: { ...headers, 'content-type': 'text/csv' },
    })
    expect(chunked.statusCode).toBe(413)
  })
})
