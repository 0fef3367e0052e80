import { fileRoutesOf, serviceContracts } from '@ziv/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settledRows } from './count-rows.ts'
import { type Reply, shortStory, startWorld, type World } from './security-world.fixture.ts'

// the contracts are made of the routes
const files = fileRoutesOf(await serviceContracts())
const named = files.flatMap(({ url, types }) => types.map((type) => [`${url} ${type}`, { url, type }] as const))
const urls = files.map(({ url }) => url)

let world: World
let token: string
beforeAll(async () => {
  world = await startWorld(shortStory(10), {}, 'error')
  token = await world.token({ roles: ['system'] })
})
afterAll(() => world?.close())

const send = (url: string, headers: Readonly<Record<string, string>>, body: Buffer): Promise<Reply> =>
  world.call({ method: 'POST', url, token, headers, body })

const kindOf = ({ status, json }: Reply): unknown => [status, String(json?.type).split(':').at(-1)]

/** Whatever was sent, nothing of it stays: no row in any table of any service. */
async function leavesNothing<T>(work: () => Promise<T>): Promise<T> {
  const before = await settledRows(world.sandbox)
  const result = await work()
  expect(Object.fromEntries(await settledRows(world.sandbox))).toEqual(Object.fromEntries(before))
  return result
}

/** A line of text in another encoding than the one it is sent as. */
const latin = Buffer.from('Andr\u00e9 Crème\n', 'latin1')

it('the contracts name routes that take files', () => {
  expect(urls.length).toBeGreaterThanOrEqual(7)
})

it.each(files)('$url is read before the answer and worked through after it, as every file', ({ answers }) => {
  expect(answers).toEqual(['202'])
})

describe('a file that the route does not read', () => {
  const wrong = [
    'application/x-nonsense',
    'application/json',
    'application/merge-patch+json',
    'multipart/form-data; boundary=x',
  ]
  it.each(urls)('%s answers 415 to another media type, and to none', async (url) => {
    await leavesNothing(async () => {
      for (const type of wrong) {
        const reply = await send(url, { 'content-type': type }, Buffer.from('{}'))
        expect({ type, answer: kindOf(reply) }).toEqual({ type, answer: [415, 'unsupportedMediaType'] })
      }
      expect(kindOf(await world.call({ method: 'POST', url, token }))).toEqual([415, 'unsupportedMediaType'])
    })
  })

  it.each(named)('%s answers 415 to a charset or a coding it cannot read', async (_name, { url, type }) => {
    await leavesNothing(async () => {
      for (const charset of ['utf-16', 'windows-1252', 'x-unknown', '"']) {
        const reply = await send(url, { 'content-type': `${type}; charset=${charset}` }, latin)
        expect({ charset, answer: kindOf(reply) }).toEqual({ charset, answer: [415, 'unsupportedMediaType'] })
      }
      const zipped = await send(url, { 'content-type': type, 'content-encoding': 'gzip' }, latin)
      expect(kindOf(zipped)).toEqual([415, 'unsupportedMediaType'])
    })
  })
})

describe('bytes of another encoding', () => {
  it.each(named)('%s refuses the file and keeps nothing', async (_name, { url, type }) => {
    const reply = await leavesNothing(() => send(url, { 'content-type': `${type}; charset=utf-8` }, latin))
    expect(kindOf(reply)).toEqual([400, 'badRequest'])
    expect(reply.json.issues[0].detail).toMatch(/byte \d+ does not fit|has a byte that is not UTF-8/i)
    expect(reply.text).not.toContain('Andr')
  })
})

describe('the size of a file', () => {
  it.each(named)('%s: an empty file tells no fact', async (_name, { url, type }) => {
    const before = await settledRows(world.sandbox)
    const reply = await send(url, { 'content-type': type }, Buffer.alloc(0))
    const news = [...(await settledRows(world.sandbox))].filter(([table, rows]) => before.get(table) !== rows)
    expect(kindOf(reply)).toEqual([400, 'badRequest'])
    expect(news).toEqual([])
  })

  it.each(named)('%s answers 413 to a file over the limit, before it is read', async (_name, { url, type }) => {
    const headers = { 'content-type': type, 'content-length': '10000000000000' }
    expect(kindOf(await leavesNothing(() => send(url, headers, latin)))).toEqual([413, 'payloadTooLarge'])
  })
})
