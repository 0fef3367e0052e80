import { Readable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiServer, acceptStreams, buildServer, withZod } from '../index.ts'

let app: ApiServer
beforeAll(async () => {
  const auth = { verify: () => Promise.reject(new Error('nobody comes in here')) }
  app = await buildServer({ logger: pino({ level: 'silent' }), auth, environment: 'sandbox', eventLoopDelayMaxMs: 0 })
  const body = z.strictObject({ name: z.string() })
  withZod(app).post('/json', { config: { access: 'public' }, schema: { body } }, async (request) => request.body)
  const take = { config: { access: 'public', body: 'stream' }, bodyLimit: 1_000 } as const
  const hex = async (request: { body: unknown }) =>
    Buffer.concat(await (request.body as Readable).toArray()).toString('hex')
  await app.register((files, _options, done) => {
    acceptStreams(files, ['text/csv'])
    files.post('/text', take, hex)
    done()
  })
  await app.register((files, _options, done) => {
    acceptStreams(files, ['text/plain'], { oneBytePerCharacter: true })
    files.post('/latin', take, hex)
    done()
  })
  await app.ready()
})
afterAll(() => app.close())

const send = async (url: string, type: string, payload: Buffer | Readable) => {
  const answer = await app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } })
  return [answer.statusCode, answer.statusCode === 200 ? answer.body : answer.json().type.split(':').at(-1)]
}
const hexOf = (text: string, encoding: BufferEncoding) => Buffer.from(text, encoding).toString('hex')
const utf8 = Buffer.from('{"name":"Zoë"}')

describe('a charset', () => {
  test.each([
    ['application/json', 200],
    ['application/json; charset=UTF-8', 200],
    ['application/json;charset="utf-8"', 200],
    ['application/merge-patch+json; charset=us-ascii', 200],
    ['application/json; charset=iso-8859-1', 415],
    ['application/json; charset=utf-8; charset=iso-8859-1', 415],
    ['application/json; charset=', 415],
  ])('of JSON: %s answers %i', async (type, status) => {
    expect((await send('/json', type, utf8))[0]).toBe(status)
  })

  test.each([
    ['text/csv', 200],
    ['text/csv; header=present; charset=UTF-8', 200],
    ['text/csv; charset=US-ASCII', 200],
    ['text/csv; charset=iso-8859-1', 415],
    ['text/csv; charset=utf-16', 415],
    ['text/csv; charset="utf-8', 415],
  ])('of a file: %s answers %i', async (type, status) => {
    const [got, body] = await send('/text', type, utf8)
    expect([got, body]).toEqual([status, status === 200 ? utf8.toString('hex') : 'unsupportedMediaType'])
  })
})

describe('a format of one byte per character', () => {
  const text = 'Crème'
  test.each([
    ['text/plain', 'latin1'],
    ['text/plain; charset=ISO-8859-1', 'latin1'],
    ['text/plain; charset=utf-8', 'utf8'],
  ] as const)('sent as %s reaches its reader as what was written', async (type, encoding) => {
    const torn = Readable.from([...Buffer.from(text, encoding)].map((byte) => Buffer.from([byte])))
    expect(await send('/latin', type, torn)).toEqual([200, hexOf(text, 'latin1')])
  })

  test.each([
    ['text/plain; charset=us-ascii', Buffer.from(text, 'latin1'), 400],
    ['text/plain; charset=us-ascii', Buffer.from('Creme'), 200],
    ['text/plain; charset=utf-8', Buffer.from(text, 'latin1'), 400],
    ['text/plain; charset=utf-8', Buffer.from('Crè').subarray(0, 3), 400],
    ['text/plain; charset=utf-8', Buffer.from('5 €'), 400],
    ['text/plain; charset=utf-16', Buffer.from(text, 'utf16le'), 415],
  ])('%s with %j answers by what its bytes are', async (type, bytes, status) => {
    expect((await send('/latin', type, bytes))[0]).toBe(status)
  })
})

test('a file that turns out larger than its route allows is refused while it comes', async () => {
  const large = Readable.from(Array.from({ length: 20 }, () => Buffer.alloc(100, 'x')))
  expect(await send('/text', 'text/csv', large)).toEqual([413, 'payloadTooLarge'])
})

test.each([
  ['/text', 'application/json', 'insz;quarter\n', 'text/csv'],
  ['/text', 'application/xml', '<a/>', 'text/csv'],
  ['/json', 'text/csv', 'insz;quarter\n', 'application/json'],
  ['/json', 'application/x-ndjson', '{"name":"a"}', 'application/json'],
])('%s sent as %s is told what it reads, whatever is in it', async (url, type, payload, accepted) => {
  const answer = await app.inject({
    ...{ method: 'POST', url, payload },
    headers: { 'content-type': type, 'accept-language': 'nl' },
  })
  expect(answer.statusCode).toBe(415)
  expect(answer.headers.accept).toBe(accepted)
  expect(answer.json()).toMatchObject({ detail: expect.stringContaining(`stuur ${accepted}`), accepted })
})

test.each([
  ['[1]', 'verwacht wordt één JSON-object, dit is een lijst'],
  ['"a"', 'verwacht wordt één JSON-object, dit is een tekst'],
  ['7', 'verwacht wordt één JSON-object, dit is een getal'],
  ['{"name"', 'de inhoud is geen geldig JSON'],
  ['{"name":"a","name":"b"}', 'een object heeft een sleutel twee keer'],
])('JSON of another shape, %s, is told as that', async (payload, detail) => {
  const headers = { 'content-type': 'application/json', 'accept-language': 'nl' }
  const answer = await app.inject({ method: 'POST', url: '/json', payload, headers })
  expect(answer.json()).toMatchObject({ status: 400, issues: [{ detail: expect.stringContaining(detail) }] })
})

test('a file route takes no JSON, and nothing without a type', async () => {
  expect(await send('/text', 'application/json', utf8)).toEqual([415, 'unsupportedMediaType'])
  expect((await app.inject({ method: 'POST', url: '/text' })).statusCode).toBe(415)
})
