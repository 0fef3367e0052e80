import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { withZod } from '../build-server.ts'
import type { Texts } from '../language.ts'
import { problem } from '../problems/problem-error.ts'
import { standardProblems } from '../problems/standard.ts'

const localized = (title: string, what: string, example: Texts) =>
  z
    .object({
      nl: z.string().describe('Dutch').meta({ example: example.nl }),
      fr: z.string().describe('French').meta({ example: example.fr }),
      de: z.string().describe('German').meta({ example: example.de }),
      en: z.string().describe('English').meta({ example: example.en }),
    })
    .meta({ title, description: what })

const employee: Texts = { nl: 'Werknemer', fr: 'Travailleur', de: 'Arbeitnehmer', en: 'Employee' }
const { title: badTitle, detail: badDetail } = standardProblems.badRequest

const code = z
  .object({
    code: z.string().describe('The code').meta({ example: 'EMPLOYEE' }),
    name: localized('LocalizedText', 'Meaning of the code', employee),
  })
  .meta({ title: 'ReferenceCode', description: 'One code of a list' })

const codeListSchema = z
  .object({ items: z.array(code).describe('All codes') })
  .meta({ title: 'ReferenceCodes', description: 'A code list' })

const problemType = z
  .object({
    type: z.string().describe('URN of the problem type').meta({ example: 'urn:problem-type:belgif:badRequest' }),
    status: z.int().describe('Status code it comes with').meta({ example: 400 }),
    title: localized('ProblemTypeTitle', 'Title', badTitle).optional(),
    detail: localized('ProblemTypeDetail', 'What it says; places in braces are filled', badDetail),
    legalBasis: z.string().optional().describe('Article it rests on').meta({ example: 'art. 252 KB 03-07-1996' }),
  })
  .meta({ title: 'ProblemType', description: 'A type of problem this API can answer with' })
export type ProblemType = z.infer<typeof problemType>

const problemTypes = z
  .object({ items: z.array(problemType).describe('All types') })
  .meta({ title: 'ProblemTypes', description: 'The types of problem this API can answer with' })

const cached = 'public, max-age=3600'

/** `GET /refData/<name>`: a code list, open to everyone and cacheable. `name` is a plural in lowerCamelCase. */
export function codeListRoute(
  app: FastifyInstance,
  list: {
    readonly name: string
    readonly summary: string
    readonly items: readonly { readonly code: string; readonly name: Texts }[]
  },
): void {
  const items = list.items.map((item) => ({ code: item.code, name: { ...item.name } }))
  withZod(app).route({
    method: 'GET',
    url: `/refData/${list.name}`,
    config: { access: 'public' },
    schema: {
      operationId: `list${list.name[0]!.toUpperCase()}${list.name.slice(1)}`,
      summary: list.summary,
      description: list.summary,
      tags: ['Reference data'],
      response: { 200: codeListSchema },
    },
    handler: async (_request, reply) => {
      reply.header('Cache-Control', cached)
      return { items }
    },
  })
}

/** `GET /refData/problemTypes` and one of them by the last part of its URN. */
export function problemTypesRoute(app: FastifyInstance, types: readonly ProblemType[]): void {
  const api = withZod(app)
  const schema = { tags: ['Reference data'] }
  api.route({
    method: 'GET',
    url: '/refData/problemTypes',
    config: { access: 'public' },
    schema: {
      ...schema,
      operationId: 'listProblemTypes',
      summary: 'Problem types',
      description: 'Every type of problem that this API can answer with.',
      response: { 200: problemTypes },
    },
    handler: async (_request, reply) => {
      reply.header('Cache-Control', cached)
      return { items: [...types] }
    },
  })
  api.route({
    method: 'GET',
    url: '/refData/problemTypes/:problemTypeCode',
    config: { access: 'public' },
    schema: {
      ...schema,
      operationId: 'getProblemType',
      summary: 'One problem type',
      description: 'A type of problem by the last part of its URN.',
      params: z.strictObject({
        problemTypeCode: z.string().max(100).describe('Last part of the URN').meta({ example: 'badRequest' }),
      }),
      response: { 200: problemType },
    },
    handler: async (request, reply) => {
      const found = types.find(({ type }) => type.endsWith(`:${request.params.problemTypeCode}`))
      if (found === undefined) throw problem('resourceNotFound')
      reply.header('Cache-Control', cached)
      return found
    },
  })
}
