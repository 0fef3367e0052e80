import { join } from 'node:path'
import { type Caller, type Role, roles, routeTable, type SandboxIssuer, sandboxIssuer } from '@ziv/http'
import { uuidV7 } from '@ziv/kernel'
import { type ServiceContract, serviceContracts } from '@ziv/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Access, Endpoint } from './access/endpoint.fixture.ts'
import { madeFor } from './access/made.fixture.ts'
import { type Seed, seedWorld, type Target } from './access/seed.fixture.ts'
import { accessTable } from './access/table.fixture.ts'
import { type Reply, shortStory, startWorld, type World } from './security-world.fixture.ts'

let world: World
let seed: Seed
let contracts: readonly ServiceContract[]
/** Says it is our issuer, but signs with a key of its own. */
let stranger: SandboxIssuer
beforeAll(async () => {
  const story = shortStory(40)
  world = await startWorld(story)
  contracts = await serviceContracts()
  seed = await seedWorld(world, story)
  await world.sandbox.idle()
  stranger = await sandboxIssuer({ keyFile: join(world.folder, 'stranger.pem'), environment: 'sandbox' })
})
afterAll(() => world?.close())

const methods = new Set(['get', 'post', 'put', 'patch', 'delete'])
const endpoints = Object.entries(accessTable)
const guarded = endpoints.filter(([, { access }]) => access !== 'public')
const accessOf = ({ access }: Endpoint, role: Role): Access => (access === 'public' ? 'all' : access[role])

async function ask(key: string, endpoint: Endpoint, target: Target, token: string | undefined): Promise<Reply> {
  const [method, template] = key.split(' ') as [string, string]
  const path = template.replace(/:(\w+)/g, (_all, name: string) => target.ids[name] ?? uuidV7())
  const url = endpoint.query === undefined ? path : `${path}?${endpoint.query}`
  if (endpoint.stream === true) return firstOfStream(url, token)
  const body = await endpoint.body?.(target)
  const type = endpoint.type ?? 'application/json'
  return world.call({ method, url, token, body, headers: body === undefined ? {} : { 'content-type': type } })
}

/** The beginning of an answer that never ends, over a real connection. */
async function firstOfStream(url: string, token: string | undefined): Promise<Reply> {
  const ended = new AbortController()
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const answer = await fetch(`${world.sandbox.url}${url}`, { headers, signal: ended.signal })
  let text = ''
  if (answer.status === 200) {
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
    const late = setTimeout(() => void reader.cancel(), 400)
    for (let part = await reader.read(); !part.done; part = await reader.read()) text += part.value
    clearTimeout(late)
  } else text = await answer.text()
  ended.abort()
  const json = /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text, json }
}

async function targetFor(key: string, endpoint: Endpoint): Promise<Target> {
  const more = (await endpoint.prepare?.(seed)) ?? (await madeFor(seed, contracts, key))
  return { ...seed.known, ...more, ids: { ...seed.known.ids, ...more?.ids } }
}

const tokenOf = (caller: Partial<Caller>) => world.token(caller)
const problemOf = (reply: Reply): unknown => [reply.status, String(reply.json?.type).split(':').at(-1)]

/** The answer without what is new for each request. */
const comparable = ({ status, headers, text }: Reply): unknown => {
  const { date: _d, 'belgov-trace-id': _t, traceparent: _p, ...rest } = headers
  return { status, headers: rest, text: text.replace(/urn:uuid:[\da-f-]{36}/g, 'urn:uuid:*') }
}

describe('the table', () => {
  it('names every endpoint that is mounted, and none that is not', () => {
    const mounted = routeTable(world.sandbox.app)
      .map(({ method, url }) => `${method} ${url}`)
      .filter((key) => !/\/v\d+\/doc(\/|$)/.test(key))
    expect(Object.keys(accessTable).sort()).toEqual([...new Set(mounted)].sort())
  })

  it('agrees with the contracts about who may call', () => {
    const told: Record<string, readonly string[]> = {}
    for (const { name, openapi } of contracts) {
      for (const [path, operations] of Object.entries(openapi.paths)) {
        for (const [method, operation] of Object.entries(operations as Record<string, Record<string, unknown>>)) {
          if (!methods.has(method)) continue
          const url = `/${name}/v1${path.replace(/\{(\w+)\}/g, ':$1')}`
          told[`${method.toUpperCase()} ${url}`] = (operation['x-roles'] as string[] | undefined) ?? []
        }
      }
    }
    const wanted = endpoints
      .filter(([key]) => /\/v1\//.test(key))
      .map(([key, endpoint]) => [
        key,
        endpoint.access === 'public' ? [] : roles.filter((role) => accessOf(endpoint, role) !== '-'),
      ])
    const sorted = Object.fromEntries(Object.entries(told).map(([key, list]) => [key, [...list].sort()]))
    expect(sorted).toEqual(Object.fromEntries(wanted.map(([key, list]) => [key, [...(list as string[])].sort()])))
  })
})

describe('without a valid token', () => {
  it.each(guarded)('%s is refused', async (key, endpoint) => {
    const forged = await stranger.token({ subject: 'someone', roles: ['system'] })
    const expired = await world.token(seed.own.system, { expiresInSeconds: -60 })
    const replies = await Promise.all(
      [undefined, expired, forged].map((token) => ask(key, endpoint, seed.known, token)),
    )
    expect(replies.map(problemOf)).toEqual([
      [401, 'noAccessToken'],
      [401, 'expiredAccessToken'],
      [401, 'invalidAccessToken'],
    ])
  })

  it.each(endpoints.filter(([, { access }]) => access === 'public'))('%s is open', async (key, endpoint) => {
    expect((await ask(key, endpoint, seed.known, undefined)).status).toBe(200)
  })
})

describe('a role that is not named', () => {
  it.each(guarded)('%s is refused to it, as to a token without roles', async (key, endpoint) => {
    const refused = roles.filter((role) => accessOf(endpoint, role) === '-').map((role) => seed.own[role])
    for (const caller of [...refused, { roles: [] }]) {
      const reply = await ask(key, endpoint, seed.known, await tokenOf(caller))
      expect({ caller, answer: problemOf(reply) }).toEqual({ caller, answer: [403, 'missingPermission'] })
    }
  })

  it.each(guarded)('%s is refused to a role whose token does not tell the tenant', async (key, endpoint) => {
    const bound = roles.filter((role) => ['own', 'list'].includes(accessOf(endpoint, role)))
    for (const role of bound) {
      const reply = await ask(key, endpoint, seed.known, await tokenOf({ roles: [role] }))
      expect({ role, answer: problemOf(reply) }).toEqual({ role, answer: [403, 'missingPermission'] })
    }
    expect(bound.length).toBeLessThan(roles.length)
  })
})

describe('another tenant', () => {
  const bound = guarded.filter(([, endpoint]) => roles.some((role) => accessOf(endpoint, role) === 'own'))
  it.each(bound)('%s answers it as it answers about what does not exist', async (key, endpoint) => {
    const target = await targetFor(key, endpoint)
    for (const role of roles.filter((each) => accessOf(endpoint, each) === 'own')) {
      for (const caller of seed.foreign[role] ?? []) {
        const token = await tokenOf(caller)
        const foreign = await ask(key, endpoint, target, token)
        const unknown = await ask(key, endpoint, seed.unknown, token)
        expect({ caller, status: foreign.status }).toEqual({ caller, status: endpoint.foreign ?? 404 })
        expect({ caller, answer: comparable(foreign) }).toEqual({ caller, answer: comparable(unknown) })
      }
    }
  })

  const lists = guarded.filter(([, endpoint]) => roles.some((role) => accessOf(endpoint, role) === 'list'))
  it.each(lists)('%s shows it nothing of the tenant', async (key, endpoint) => {
    const mark = endpoint.shows?.(seed.known) ?? seed.known.personId
    for (const role of roles.filter((each) => accessOf(endpoint, each) === 'list')) {
      for (const caller of seed.foreign[role] ?? []) {
        const reply = await ask(key, endpoint, seed.known, await tokenOf(caller))
        expect({ caller, status: reply.status, seen: reply.text.includes(mark) }).toEqual({
          caller,
          status: 200,
          seen: false,
        })
      }
    }
  })
})

describe('the own tenant', () => {
  it.each(guarded)('%s is allowed to it', async (key, endpoint) => {
    for (const role of roles.filter((each) => accessOf(endpoint, each) !== '-')) {
      const target = await targetFor(key, endpoint)
      const reply = await ask(key, endpoint, target, await tokenOf(seed.own[role]))
      const okay = endpoint.okay?.includes(reply.status) ?? (reply.status >= 200 && reply.status < 300)
      expect(okay, `${role} got ${reply.status}: ${reply.text.slice(0, 600)}`).toBe(true)
      if (endpoint.shows !== undefined) expect(reply.text).toContain(endpoint.shows(target))
    }
  })
})
