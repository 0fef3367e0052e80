import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiServer, buildServer, withZod } from './index.ts'

let app: ApiServer
beforeAll(async () => {
  const auth = { verify: () => ({ subject: 's', roles: [] }) }
  app = await buildServer({ logger: pino({ level: 'silent' }), auth, environment: 'sandbox', eventLoopDelayMaxMs: 0 })
  const api = withZod(app)
  const words = { nl: 'goed', fr: 'bien', de: 'gut', en: 'good' }
  api.get('/words', { config: { access: 'public' } }, async ({ language }) => ({ text: words[language] }))
  api.get('/codes', { config: { access: 'public' } }, async (_, reply) => reply.header('Vary', 'Accept').send({ n: 1 }))
  api.get('/both', { config: { access: 'public' } }, async ({ language }, reply) =>
    reply.header('Vary', 'Accept').send({ text: words[language] }),
  )
})
afterAll(() => app.close())

const ask = async (url: string, language = 'nl-BE, fr;q=0.5') => {
  const { headers, statusCode } = await app.inject({ url, headers: { 'accept-language': language } })
  return [statusCode, headers['content-language'], headers.vary]
}

test('an answer with words for people says in which language they are, and that another reader gets others', async () => {
  expect(await ask('/words')).toEqual([200, 'nl', 'Accept-Language'])
  expect(await ask('/words', 'de')).toEqual([200, 'de', 'Accept-Language'])
  expect(await ask('/both')).toEqual([200, 'nl', 'Accept, Accept-Language'])
})

test('so does every refusal, also one that comes before any route', async () => {
  for (const [url, status] of [
    ['/nothing', 404],
    ['/%zz', 400],
  ] as const) {
    expect(await ask(url)).toEqual([status, 'nl', 'Accept-Language'])
  }
})

test('an answer without words says nothing of a language', async () => {
  expect(await ask('/codes')).toEqual([200, undefined, 'Accept'])
})
