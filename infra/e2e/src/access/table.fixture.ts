import { readFileSync } from 'node:fs'
import { type Role, roles } from '@ziv/http'
import { hosted, type ServiceName, serviceContracts, serviceNames } from '@ziv/sandbox'
import { parse } from 'yaml'
import { z } from 'zod'
import { requestsOf } from '../contract-requests.fixture.ts'
import { calls } from './calls.fixture.ts'
import type { Access, Endpoint } from './endpoint.fixture.ts'
import type { Target } from './seed.fixture.ts'

/** The rows that a service keeps in its folder. */
const rowsSchema = z.record(
  z.string().regex(/^(GET|POST|PUT|PATCH|DELETE) \//),
  z.strictObject({
    may: z.union([z.enum(['everybody', 'everyRole']), z.partialRecord(z.enum(roles), z.enum(['all', 'own', 'list']))]),
    query: z.string().optional(),
    type: z.string().optional(),
    foreign: z.literal(403).optional(),
    okay: z.array(z.int()).optional(),
    stream: z.literal(true).optional(),
    /** Names in braces stand for what the call is about: `{personId}`, `{today}`. */
    body: z.record(z.string(), z.unknown()).optional(),
  }),
)
type Row = z.infer<typeof rowsSchema>[string]

const accessOf = ({ may }: Row): Endpoint['access'] => {
  if (may === 'everybody') return 'public'
  const of = (role: Role): Access => (may === 'everyRole' ? 'all' : (may[role] ?? '-'))
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

/** The rows of a service with what their calls need. A body that neither says is the example of the contract. */
function endpointsOf(name: ServiceName): readonly (readonly [string, Endpoint])[] {
  const rows = rowsSchema.parse(parse(readFileSync(hosted[name].access, 'utf8')))
  const contract = contracts.find((one) => one.name === name)
  const examples = new Map(
    (contract === undefined ? [] : requestsOf(contract)).map(({ where, body }) => [
      where.replace(/\{(\w+)\}/g, ':$1'),
      body,
    ]),
  )
  return Object.entries(rows).map(([key, { may: _, body = examples.get(key), ...row }]) => {
    const sends =
      body === undefined ? {} : { body: (target: Target) => (typeof body === 'string' ? body : filled(body, target)) }
    return [key, { ...sends, ...row, access: accessOf(rows[key]!), ...calls[name]?.[key] } as Endpoint] as const
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
