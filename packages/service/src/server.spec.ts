import { mkdtemp, rm, stat } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sandboxIssuer, streamEvents } from '@ziv/http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { bearer, clerkOf306, sampleServer } from './sample-module.fixture.ts'

let app: FastifyInstance | undefined
afterEach(async () => {
  await app?.close()
  app = undefined
})

type Options = Parameters<typeof sampleServer>[0]

const listening = async (options: Options = {}): Promise<{ app: FastifyInstance; url: string; port: number }> => {
  app = await sampleServer(options)
  const ticks = (request: FastifyRequest, reply: FastifyReply) =>
    streamEvents(
      request,
      reply,
      async function* (lastEventId, signal) {
        const start = Number(lastEventId ?? 0)
        for (let id = start + 1; id <= start + 2; id++) yield { id: String(id), event: 'tick', data: { id } }
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
      },
      { heartbeatMs: 20 },
    )
  app.get('/ticks', { config: { access: 'public' } }, ticks)
  app.get('/mine', { config: { access: { roles: ['clerk'], scope: 'none' } } }, ticks)
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return { app, url, port: Number(new URL(url).port) }
}

const readUntil = async (response: Response, wanted: RegExp): Promise<string> => {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!wanted.test(text)) {
    const { value, done } = await reader.read()
    if (done) break
    text += value
  }
  return text
}

describe('event stream', () => {
  it('goes on after the last event the client saw, with heartbeats, and ends when the server stops', async () => {
    const { app: server, url } = await listening()
    const response = await fetch(`${url}/ticks`, { headers: { 'last-event-id': '7' } })
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    expect(response.headers.get('belgov-trace-id')).toMatch(/^[\da-f-]{36}$/)
    const text = await readUntil(response, /: alive/)
    expect(text).toMatch(/^retry: 3000\n\nid: 8\nevent: tick\ndata: {"id":8}\n\nid: 9\n/)
    await server.close()
    expect(server.openStreams.size).toBe(0)
  })
})

describe('bytes on the wire', () => {
  const raw = async (bytes: string): Promise<string> => {
    const { port } = await listening()
    return new Promise((resolve, reject) => {
      let text = ''
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
      socket.on('data', (chunk) => {
        text += chunk.toString()
      })
      socket.on('close', () => resolve(text))
      socket.on('error', reject)
    })
  }

  it('that are not HTTP get a problem and a closed connection', async () => {
    const answer = await raw('HELO there\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect(answer).toContain('Content-Type: application/problem+json')
    expect(JSON.parse(answer.split('\r\n\r\n')[1]!)).toMatchObject({ status: 400, issues: [{ in: 'header' }] })
  })

  it('with a method that HTTP does not know get 501 and a sentence', async () => {
    const answer = await raw('FROBNICATE /health HTTP/1.1\r\nhost: x\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 501 Not Implemented\r\n/)
    expect(JSON.parse(answer.split('\r\n\r\n')[1]!)).toMatchObject({
      ...{ status: 501, type: 'urn:problem-type:ziv:methodUnknown' },
      detail: 'The method of the request is unknown here. Use one of those that the contract names.',
    })
  })

  it('with headers beyond the limit get 431', async () => {
    expect(await raw(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431/)
  })
})

describe('a refused upload', () => {
  const head = (authorization: string) =>
    `POST /sample/v1/files HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\ncontent-type: text/csv\r\ntransfer-encoding: chunked\r\n\r\n`
  const block = `1000\r\n${'x'.repeat(0x1000)}\r\n`

  it('gets its answer, and its connection is let go when the client never stops', async () => {
    const { app: server, port } = await listening()
    const { authorization } = await bearer(clerkOf306)
    let text = ''
    const socket = connect(port, '127.0.0.1')
    const closed = new Promise<void>((done) => socket.once('close', () => done()))
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      text += chunk.toString()
    })
    socket.write(head(authorization))
    const dribble = setInterval(() => socket.write(block), 20)
    await expect.poll(() => text, { timeout: 5_000 }).toMatch(/^HTTP\/1\.1 413/)
    await closed
    clearInterval(dribble)
    await server.close()
  }, 15_000)

  it('is read to its end when that comes soon, so that the connection can be used again', async () => {
    const { port } = await listening()
    const { authorization } = await bearer(clerkOf306)
    let text = ''
    const socket = connect(port, '127.0.0.1')
    socket.on('data', (chunk) => {
      text += chunk.toString()
    })
    socket.write(`${head(authorization)}${block.repeat(200)}0\r\n\r\n`)
    await expect.poll(() => text, { timeout: 5_000 }).toMatch(/^HTTP\/1\.1 413/)
    socket.write('GET /sample/v1/health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
    await expect.poll(() => text, { timeout: 5_000 }).toContain('{"status":"UP"}')
    socket.destroy()
  }, 15_000)
})

describe('limits', () => {
  const statuses = async (caller: object, requests: number): Promise<readonly string[]> => {
    const headers = await bearer(caller)
    const answers = await Promise.all(Array.from({ length: requests }, () => app!.inject({ url: '/asked', headers })))
    return answers.map(({ statusCode, headers: { 'retry-after': wait } }) => `${statusCode} ${wait ?? '-'}`)
  }

  it('a person who asks faster than hands can is told to wait; others and programs are not', async () => {
    app = await sampleServer({ callerLimit: { requests: 3, seconds: 60 } })
    app.get('/asked', { config: { access: { roles: ['clerk'], scope: 'none' } } }, async () => ({}))
    // which of them came first is not told
    const asked = (await statuses(clerkOf306, 5)).toSorted()
    expect(asked.map((status) => status.slice(0, 3))).toEqual(['200', '200', '200', '429', '429'])
    expect(Number(asked.at(-1)?.slice(4))).toBeGreaterThan(50)
    expect(await statuses({ ...clerkOf306, subject: 'another' }, 1)).toEqual(['200 -'])
    const program = { subject: 'program', roles: ['clerk', 'system'], insurer: '300', ziekenfonds: '306' }
    expect(new Set(await statuses(program, 8))).toEqual(new Set(['200 -']))
  })

  it('whoever has too many streams open gets 429, and whoever comes when the server has gets 503', async () => {
    const { app: server, url } = await listening({ streams: { perCaller: 2, inAll: 3 } })
    const open = async (subject: string) =>
      await fetch(`${url}/mine`, { headers: await bearer({ ...clerkOf306, subject }) })
    const first = await open('one')
    expect([first.status, (await open('one')).status, (await open('one')).status]).toEqual([200, 200, 429])
    expect([(await open('two')).status, (await open('three')).status]).toEqual([200, 503])
    await first.body!.cancel()
    await expect.poll(() => server.openStreams.size).toBe(2)
    expect((await open('one')).status).toBe(200)
    await server.close()
  })

  it('a stream ends when the token of its reader expires', async () => {
    const { app: server, url } = await listening()
    const headers = await bearer(clerkOf306, { expires: '2s' })
    const response = await fetch(`${url}/mine`, { headers })
    const text = await readUntil(response, /never/)
    expect(text).toContain('id: 2\n')
    expect(server.openStreams.size).toBe(0)
  })

  it('answers carry security headers', async () => {
    app = await sampleServer()
    const { headers } = await app.inject('/sample/v1/health')
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' })
    expect(headers['content-security-policy']).toContain("default-src 'self'")
  })
})

describe('sandbox issuer', () => {
  it('shares its key between processes, for its owner only, and its tokens open doors', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ziv-issuer-'))
    const keyFile = join(folder, 'keys', 'issuer.pem')
    const [server, cli] = await Promise.all([
      sandboxIssuer({ keyFile, environment: 'sandbox' }),
      sandboxIssuer({ keyFile, environment: 'sandbox' }),
    ])
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600)
    const token = await cli.token({ subject: 'clerk-1', roles: ['clerk'], insurer: '300', ziekenfonds: '306' })
    expect(await server.authenticator.verify(token)).toEqual({
      subject: 'clerk-1',
      roles: ['clerk'],
      insurer: '300',
      ziekenfonds: '306',
      expiresMs: expect.any(Number),
    })
    const old = await cli.token({ subject: 'x', roles: [] }, { expiresInSeconds: -60 })
    await expect(server.authenticator.verify(old)).rejects.toMatchObject({ type: expect.stringContaining('expired') })
    expect(server.publicKey).not.toHaveProperty('d')
    await rm(folder, { recursive: true })
  })

  it('does not exist in production', async () => {
    await expect(sandboxIssuer({ keyFile: '/nowhere', environment: 'production' })).rejects.toThrow(/sandbox only/)
  })
})
