import { readFileSync } from 'node:fs'
import { type Role, roles } from '@ziv/http'
import { hosted, type ServiceName, serviceContracts, serviceNames } from '@ziv/sandbox'
import { parse } from 'yaml'
import { z } from 'zod'
import { requestsOf } from '../contract-requests.fixture.ts'
import { calls } from './calls.fixture.ts'
import type { Access, Call, Endpoint } from './endpoint.fixture.ts'
import type { Seed, Target } from './seed.fixture.ts'

const may = z.union([
  z.enum(['everybody', 'everyRole']),
  z.partialRecord(z.enum(roles), z.enum(['all', 'own', 'list'])),
])

/** The rows that a service keeps in its folder: one per endpoint, and one for the five routes of a kind of file. */
const rowsSchema = z.record(
  z.string().regex(/^(GET|POST|PUT|PATCH|DELETE|FILE) \//),
  z.strictObject({
    may,
    /** Of a kind of file: who reads what became of one. Default: who sends it. */
    read: may.optional(),
    /** Of a kind of file: one is in the world. Default: each call that needs one sends it. */
    seeded: z.literal(true).optional(),
    query: z.string().optional(),
    type: z.string().optional(),
    foreign: z.literal(403).optional(),
    okay: z.array(z.int()).optional(),
    stream: z.literal(true).optional(),
    /** Names in braces stand for what the call is about: `{personId}`, `{today}`. Of a kind of file: its one line. */
    body: z.record(z.string(), z.unknown()).optional(),
  }),
)
type Row = z.infer<typeof rowsSchema>[string]

const accessOf = (allowed: Row['may']): Endpoint['access'] => {
  if (allowed === 'everybody') return 'public'
  const of = (role: Role): Access => (allowed === 'everyRole' ? 'all' : (allowed[role] ?? '-'))
  return Object.fromEntries(roles.map((role) => [role, of(role)])) as Record<Role, Access>
}

/** The body of a row, with what the call is about in its places. */
const filled = (body: object, { ids, ...about }: Target): object => {
  const values: Readonly<Record<string, string>> = { ...about, ...ids }
  return JSON.parse(JSON.stringify(body).replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place))
}

const open: Endpoint = { access: 'public' }
const ofEveryApi = ['GET /health', 'GET /refData/problemTypes', 'GET /refData/problemTypes/:problemTypeCode']

const contracts = await serviceContracts()

type Rows = readonly (readonly [key: string, endpoint: Endpoint])[]

/** Who may do what with a file that is there: whoever may send one, of those it sees. */
const ofThose = (send: Endpoint['access'], read: Endpoint['access']): Endpoint['access'] =>
  send === 'public' || read === 'public'
    ? send
    : (Object.fromEntries(roles.map((role) => [role, send[role] === '-' ? '-' : read[role]])) as Record<Role, Access>)

/** The five routes of a kind of file. */
function fileRows(api: string, key: string, row: Row, ofKind: Readonly<Record<string, Call>>): Rows {
  const [, resource = '', id = ''] = /^FILE \/(\w+)\/:(\w+)$/.exec(key) ?? []
  const { may: _, read = row.may, seeded, body, ...sending } = row
  const lines = body && { body: (about: Target) => `${JSON.stringify(filled(body, about))}\n` }
  const post = { ...sending, ...lines, access: accessOf(row.may), ...ofKind[`POST /${resource}`] } as Endpoint
  const given = ofKind[key]?.prepare
  const send = (seed: Seed) => sentFile(seed, `/${api}/v1/${resource}`, id, post)
  const known: Endpoint = { access: accessOf(read), ...(seeded ? {} : { prepare: given ?? send }) }
  const reading = ['', '/issues', '/issues/export'].map((end) => [`GET /${resource}/:${id}${end}`, known] as const)
  const resume = { ...known, access: ofThose(post.access, known.access) }
  return [[`POST /${resource}`, post], ...reading, [`POST /${resource}/:${id}/resumption`, resume]]
}

async function sentFile(
  { world, own, known }: Seed,
  url: string,
  id: string,
  post: Endpoint,
): Promise<Partial<Target>> {
  const about = { method: 'POST', url, token: await world.token(own.system), body: await post.body?.(known) }
  const reply = await world.call({ ...about, headers: { 'content-type': post.type ?? 'application/json' } })
  if (reply.status >= 300) throw new Error(`POST ${url} answered ${reply.status}: ${reply.text}`)
  return { ids: { [id]: reply.json[id] } }
}

/** The rows of a service with what their calls need. A body that neither says is the example of the contract. */
function endpointsOf(name: ServiceName): Rows {
  const rows = rowsSchema.parse(parse(readFileSync(hosted[name].access, 'utf8')))
  const ofService = calls[name] ?? {}
  const contract = contracts.find((one) => one.name === name)
  const examples = new Map(
    (contract === undefined ? [] : requestsOf(contract)).map(({ where, body }) => [
      where.replace(/\{(\w+)\}/g, ':$1'),
      body,
    ]),
  )
  return Object.entries(rows).flatMap(([key, row]): Rows => {
    if (key.startsWith('FILE ')) return fileRows(name, key, row, ofService)
    const { may: allowed, read: _, seeded: __, body = examples.get(key), ...more } = row
    const sends =
      body === undefined ? {} : { body: (about: Target) => (typeof body === 'string' ? body : filled(body, about)) }
    return [[key, { ...more, ...sends, access: accessOf(allowed), ...ofService[key] } as Endpoint]]
  })
}

/** Every endpoint of the system, as `METHOD /path`, with who may what. */
export const accessTable: Readonly<Record<string, Endpoint>> = Object.fromEntries([
  ...['GET /', 'GET /metrics', 'GET /doc/asyncapi.yaml'].map((key) => [key, open] as const),
  ...serviceNames.flatMap((name) =>
    [...endpointsOf(name), ...ofEveryApi.map((key) => [key, open] as const)].map(([key, endpoint]) => {
      const [method, path] = key.split(' ')
      return [`${method} /${name}/v1${path}`, endpoint] as const
    }),
  ),
])
