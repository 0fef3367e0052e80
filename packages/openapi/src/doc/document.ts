import { problemTypeOfCode, standardProblems } from '@ziv/http'
import type { RejectionCatalog } from '@ziv/kernel'
import { z } from 'zod'
import type { ApiDescription } from '../types.ts'
import { Components, type Node } from './components.ts'
import { addDiscriminators } from './discriminators.ts'
import { explainExceptions } from './exceptions.ts'
import { type DocumentedRoute, operationOf } from './operation.ts'

/** An OpenAPI 3.0 document. */
export interface OpenapiDocument {
  readonly openapi: string
  readonly info: Node
  readonly servers: readonly Node[]
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Record<string, Record<string, Node>>
  readonly components: { readonly schemas: Record<string, Node>; readonly [kind: string]: unknown }
  readonly [extension: string]: unknown
}

const issue = z
  .object({
    type: z
      .string()
      .describe('Kind of wrong input')
      .meta({ example: 'urn:problem-type:belgif:input-validation:unknownInput' }),
    in: z.enum(['body', 'query', 'path', 'header']).describe('Where it is').meta({ example: 'body' }),
    name: z.string().optional().describe('Which property or parameter').meta({ example: 'lines[0].units' }),
    value: z
      .string()
      .optional()
      .describe('What was given, only where it cannot be personal data')
      .meta({ example: '2026-13-01' }),
    title: z.string().describe('Kind of wrong input in words').meta({ example: 'Invalid input' }),
    detail: z
      .string()
      .describe('What is wrong and what to do')
      .meta({ example: 'unknown input at position 3: did you mean lastName?' }),
  })
  .meta({ title: 'InputValidationIssue', description: 'One thing that is wrong with the input' })

const problemSchema = z
  .object({
    type: z
      .string()
      .describe('Type of the problem, a URN; the list is at /refData/problemTypes')
      .meta({ example: 'urn:problem-type:belgif:badRequest' }),
    title: z.string().describe('Type of the problem in words').meta({ example: 'Bad Request' }),
    status: z.int().describe('Status code of HTTP').meta({ example: 400 }),
    detail: z
      .string()
      .describe('What happened, where and what to do')
      .meta({ example: 'The input is not valid; every point is listed under issues.' }),
    instance: z
      .string()
      .describe('Identifies this occurrence')
      .meta({ example: 'urn:uuid:d9e35127-e9b1-4201-a211-2b52e52508df' }),
    legalBasis: z
      .string()
      .optional()
      .describe('Article the refusal rests on')
      .meta({ example: 'art. 252 KB 03-07-1996' }),
    issues: z.array(issue).optional().describe('With badRequest: everything that is wrong with the input'),
  })
  .meta({ title: 'Problem', description: 'Problem details (RFC 9457) in the language of Accept-Language' })

const commonTags: Readonly<Record<string, string>> = {
  Monitoring: 'Whether the service works',
  'Reference data': 'Code lists',
  'Access log': 'Who looked at whom',
}

/** The contract of one API from its routes. */
export function documentOf(
  name: string,
  api: ApiDescription | undefined,
  routes: readonly DocumentedRoute[],
): OpenapiDocument {
  const components = new Components()
  const prefix = `/${name}/v1`
  const problemType = (code: string): string => `urn:problem-type:ziv:${name}:${problemTypeOfCode(code)}`
  components.add(problemSchema, 'output')
  const paths: Record<string, Record<string, Node>> = {}
  for (const route of routes) {
    const path = route.url.slice(prefix.length).replace(/:([A-Za-z0-9]+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, components, problemType) }
  }
  addDiscriminators(paths, components.schemas)
  addDiscriminators(components.schemas, components.schemas)
  explainExceptions(paths, components.schemas)
  return {
    openapi: '3.0.3',
    info: {
      title: api?.title ?? name,
      description: api?.description ?? `API ${name} of ZIV`,
      version: api?.version ?? '1.0.0',
      license: { name: 'EUPL-1.2', url: 'https://eupl.eu/1.2/en/' },
    },
    servers: [{ url: prefix, description: 'The host that serves this contract' }],
    tags: tagsOf(api, routes),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(components.schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      responses: {
        Problem: {
          description: 'Any problem: the type says which, the list is at /refData/problemTypes',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      securitySchemes: {
        BearerAuth: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'OAuth2 access token with roles',
        },
      },
    },
    'x-problem-types': problemTypesOf(name, api?.rejections ?? {}),
  }
}

function tagsOf(api: ApiDescription | undefined, routes: readonly DocumentedRoute[]): OpenapiDocument['tags'] {
  const declared = api?.tags ?? []
  const used = new Set(routes.flatMap((route) => route.schema.tags ?? []))
  const common = Object.entries(commonTags)
    .filter(([name]) => used.has(name) && !declared.some((tag) => tag.name === name))
    .map(([name, description]) => ({ name, description }))
  return [...declared, ...common]
}

/** Every problem type an API can answer with, in four languages. */
export function problemTypesOf(name: string, rejections: RejectionCatalog) {
  const standard = Object.values(standardProblems).map(({ urn, status, title, detail }) => ({
    type: urn,
    status,
    title,
    detail,
  }))
  const own = Object.entries(rejections).map(([code, { status, law, nl, fr, de, en }]) => ({
    type: `urn:problem-type:ziv:${name}:${problemTypeOfCode(code)}`,
    status,
    detail: { nl, fr, de, en },
    ...(law === undefined ? {} : { legalBasis: law }),
  }))
  return [...standard, ...own]
}
