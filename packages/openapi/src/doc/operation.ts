import { STATUS_CODES } from 'node:http'
import { noBody, type RouteAccess } from '@ziv/http'
import { z } from 'zod'
import { type Components, isNode, type Node } from './components.ts'
import { exampleOf } from './example.ts'

declare module 'fastify' {
  interface FastifySchema {
    operationId?: string
    summary?: string
    description?: string
    tags?: readonly string[]
    /** Media types of the body; default application/json. */
    consumes?: readonly string[]
    /** Media types of the answer; default application/json. */
    produces?: readonly string[]
    /** Codes of the catalog of rejections this operation can answer with. */
    rejections?: readonly string[]
    hide?: boolean
    deprecated?: boolean
  }
}

/** A route with what the contract says of it. */
export interface DocumentedRoute {
  readonly method: string
  readonly url: string
  readonly access: RouteAccess
  readonly streams: boolean
  readonly schema: {
    readonly operationId?: string
    readonly summary?: string
    readonly description?: string
    readonly tags?: readonly string[]
    readonly consumes?: readonly string[]
    readonly produces?: readonly string[]
    readonly rejections?: readonly string[]
    readonly deprecated?: boolean
    readonly params?: unknown
    readonly querystring?: unknown
    readonly headers?: unknown
    readonly body?: unknown
    readonly response?: unknown
  }
}

const json = 'application/json'
const location: Node = { description: 'Address of what was made or started', schema: { type: 'string' } }

/** The OpenAPI operation of a route. `problemTypes` gives the URN of a rejection code. */
export function operationOf(
  route: DocumentedRoute,
  components: Components,
  problemType: (code: string) => string,
): Node {
  const { schema, access } = route
  const parameters = [
    ...parametersIn('path', schema.params, components),
    ...parametersIn('query', schema.querystring, components),
    ...parametersIn('header', schema.headers, components),
  ]
  const body = bodyOf(route, components)
  return {
    operationId: schema.operationId,
    summary: schema.summary,
    description: describe(route),
    ...(schema.tags === undefined ? {} : { tags: schema.tags }),
    ...(schema.deprecated === true ? { deprecated: true } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === null ? {} : { requestBody: body }),
    responses: responsesOf(route, components),
    security: access === 'public' ? [] : [{ BearerAuth: [] }],
    ...(access === 'public' ? {} : { 'x-roles': access.roles, 'x-scope': access.scope }),
    ...(schema.rejections === undefined ? {} : { 'x-problem-types': schema.rejections.map(problemType) }),
  }
}

function describe({ schema, access }: DocumentedRoute): string {
  const open = access === 'public' ? 'Open to everyone.' : `Open to: ${access.roles.join(', ')}.`
  return [schema.description ?? schema.summary ?? '', open].join('\n\n').trim()
}

function parametersIn(place: 'path' | 'query' | 'header', schema: unknown, components: Components): Node[] {
  if (!(schema instanceof z.ZodType)) return []
  const { properties = {}, required = [] } = components.add(schema, 'input') as {
    properties?: Record<string, Node>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = property
    const example = exampleOf(property, components.schemas)
    return {
      name: place === 'header' ? upperKebab(name) : name,
      in: place,
      required: place === 'path' || (required.includes(name) && rest.default === undefined),
      ...(description === undefined ? {} : { description }),
      schema: rest,
      ...(example === undefined || place !== 'path' ? {} : { example }),
    }
  })
}

const upperKebab = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())

function bodyOf({ schema, streams }: DocumentedRoute, components: Components): Node | null {
  if (streams) {
    const file = { schema: { type: 'string', format: 'binary', description: 'Content of the file' } }
    const types = schema.consumes ?? ['application/octet-stream']
    return { required: true, content: Object.fromEntries(types.map((type) => [type, file])) }
  }
  if (!(schema.body instanceof z.ZodType) || schema.body === noBody) return null
  const content = mediaOf(components.add(schema.body, 'input'), components)
  return {
    required: !schema.body.safeParse(undefined).success,
    content: Object.fromEntries((schema.consumes ?? [json]).map((type) => [type, content])),
  }
}

function responsesOf({ schema }: DocumentedRoute, components: Components): Node {
  const responses: Node = {}
  const declared = isNode(schema.response) ? schema.response : {}
  for (const [status, answer] of Object.entries(declared)) {
    if (!(answer instanceof z.ZodType)) continue
    const description = answer.description ?? STATUS_CODES[status] ?? 'Answer'
    const headers = ['201', '202', '303'].includes(status) ? { headers: { Location: location } } : {}
    const empty = answer instanceof z.ZodUndefined || answer instanceof z.ZodNull || answer instanceof z.ZodVoid
    if (empty) {
      responses[status] = { description, ...headers }
      continue
    }
    const media = mediaOf(components.add(answer, 'output'), components)
    const types = schema.produces ?? [json]
    responses[status] = { description, ...headers, content: Object.fromEntries(types.map((type) => [type, media])) }
  }
  responses.default = { $ref: '#/components/responses/Problem' }
  return responses
}

function mediaOf(schema: Node, components: Components): Node {
  const example = exampleOf(schema, components.schemas)
  return { schema, ...(example === undefined || typeof example === 'string' ? {} : { example }) }
}
