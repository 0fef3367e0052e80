import { Writable } from 'node:stream'
import {
  acceptStreams,
  assertMayAct,
  assertMaySee,
  buildServer,
  type Caller,
  codeListRoute,
  collectionOf,
  createAuthenticator,
  pageOf,
  pageQuery,
  personIdInput,
  refusal,
  rejectionToProblem,
  type ServerOptions,
  tenantFilter,
  withZod,
} from '@ziv/http'
import { defineRejections } from '@ziv/kernel'
import type { FastifyInstance } from 'fastify'
import { generateKeyPair, SignJWT } from 'jose'
import { type Logger, pino } from 'pino'
import { z } from 'zod'
import { registerService, type ServiceModule } from './index.ts'

const rejections = defineRejections({
  alreadyAffiliated: {
    status: 409,
    law: 'art. 118 GVU-wet',
    nl: 'Al aangesloten bij {insurer}: vraag eerst een mutatie.',
    fr: "Déjà affilié à {insurer}: demandez d'abord une mutation.",
    de: 'Bereits bei {insurer} angeschlossen: beantragen Sie zuerst einen Wechsel.',
    en: 'Already affiliated with {insurer}: ask for a transfer first.',
  },
})

const personId = personIdInput
const person = z
  .object({ personId, ziekenfonds: z.string().describe('Number of the ziekenfonds').meta({ example: '306' }) })
  .meta({ title: 'Person', description: 'A person' })

const evenTexts = { nl: 'moet even zijn', fr: 'doit être pair', de: 'muss gerade sein', en: 'has to be even' }

const registration = z
  .strictObject({
    ssin: z
      .string()
      .regex(/^\d{11}$/)
      .describe('INSZ')
      .meta({ example: '85073003328' }),
    ziekenfonds: z
      .string()
      .regex(/^\d{3}$/)
      .describe('Number of the ziekenfonds')
      .meta({ example: '306' }),
    units: z
      .int()
      .min(1)
      .refine((units) => units % 2 === 0, refusal('invalidInput', evenTexts))
      .optional()
      .describe('An even number')
      .meta({ example: 2 }),
    lines: z
      .array(
        z
          .strictObject({ code: z.string().max(10).describe('Code').meta({ example: 'A' }) })
          .meta({ title: 'Line', description: 'A line' }),
      )
      .max(10)
      .optional()
      .describe('Lines'),
  })
  .meta({ title: 'PersonRegistration', description: 'A person to register' })

const clerks = ['clerk', 'landsbondViewer', 'rizivSupervisor', 'insured', 'system'] as const
export const memberOf300 = { insurer: '300', ziekenfonds: '306' }
export const knownPerson = '0198c1a2-7f00-7000-8000-000000000001'

const tags = ['Persons']

function readRoutes(scope: FastifyInstance): void {
  const app = withZod(scope)
  codeListRoute(scope, {
    name: 'colors',
    summary: 'Colors',
    items: [{ code: 'red', name: { nl: 'rood', fr: 'rouge', de: 'rot', en: 'red' } }],
  })
  app.route({
    method: 'GET',
    url: '/persons/:personId',
    config: { access: { roles: clerks, scope: 'person' } },
    schema: {
      operationId: 'getPerson',
      summary: 'One person',
      tags,
      params: z.strictObject({ personId }),
      querystring: z.strictObject({ asOf: z.iso.date().optional().describe('The day asked about') }),
      response: { 200: person },
    },
    handler: async (request) => {
      if (request.query.asOf === '1999-01-01') throw new Error('secret "Peeters" 85073003328')
      assertMaySee(
        request.caller,
        request.params.personId === knownPerson ? { ...memberOf300, personId: knownPerson } : null,
      )
      return { personId: request.params.personId, ziekenfonds: '306', secret: 'not in the schema' }
    },
  })
  app.route({
    method: 'GET',
    url: '/persons',
    config: { access: { roles: ['clerk', 'landsbondViewer'], scope: 'ziekenfonds' } },
    schema: {
      operationId: 'listPersons',
      summary: 'Persons',
      tags,
      querystring: z.strictObject(pageQuery),
      response: { 200: collectionOf('Persons', person) },
    },
    handler: async (request) => {
      tenantFilter(request.caller)
      return pageOf(request, { items: [{ personId: knownPerson, ziekenfonds: '306' }], total: 120, ...request.query })
    },
  })
}

function writeRoutes(scope: FastifyInstance): void {
  const app = withZod(scope)
  acceptStreams(scope, ['text/csv'])
  app.route({
    method: 'POST',
    url: '/persons',
    config: { access: { roles: ['clerk'], scope: 'ziekenfonds' } },
    schema: {
      operationId: 'registerPerson',
      summary: 'Register a person',
      tags,
      body: registration,
      rejections: ['alreadyAffiliated'],
      response: { 201: person },
    },
    handler: async (request, reply) => {
      assertMayAct(request.caller, { insurer: '300', ziekenfonds: request.body.ziekenfonds })
      if (request.body.units === 4)
        throw rejectionToProblem(rejections, { code: 'alreadyAffiliated', params: { insurer: '500' } })
      return reply.code(201).send({ personId: knownPerson, ziekenfonds: request.body.ziekenfonds })
    },
  })
  app.route({
    method: 'POST',
    url: '/persons/forget',
    config: { access: { roles: ['clerk'], scope: 'ziekenfonds' } },
    schema: { operationId: 'forgetToAsk', summary: 'Asks no tenant helper', tags, response: { 200: person } },
    handler: async () => ({ personId: knownPerson, ziekenfonds: '306' }),
  })
  app.route({
    method: 'POST',
    url: '/files',
    bodyLimit: 1_000,
    config: { access: { roles: ['clerk'], scope: 'none' }, body: 'stream' },
    schema: {
      operationId: 'sendFile',
      summary: 'Send a file',
      tags,
      consumes: ['text/csv'],
      response: { 200: person },
    },
    handler: async (request) => {
      let size = 0
      for await (const chunk of request.body as AsyncIterable<Buffer>) size += chunk.length
      return { personId: knownPerson, ziekenfonds: String(size) }
    },
  })
}

/** A small API with one of everything. */
export const sampleModule: ServiceModule = {
  name: 'sample',
  api: {
    title: 'Sample',
    description: 'An API with one of everything.',
    version: '1.0.0',
    tags: [{ name: 'Persons', description: 'Persons' }],
    rejections,
  },
  consumers: [],
  resume: async () => undefined,
  proofs: [],
  verify: async function* () {},
  stop: async () => undefined,
  routes: async (scope) => {
    readRoutes(scope)
    writeRoutes(scope)
  },
}

const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
export const auth = createAuthenticator({ issuer: 'urn:test', audience: 'ziv', keys: publicKey })

export interface TokenOptions {
  readonly issuer?: string
  readonly audience?: string
  readonly expires?: number | string
  readonly claims?: Readonly<Record<string, unknown>>
  readonly key?: CryptoKey
}

/** A bearer header for this caller. */
export async function bearer(caller: Partial<Caller>, options: TokenOptions = {}): Promise<{ authorization: string }> {
  const { subject = 'someone', ...claims } = caller
  const token = await new SignJWT({ ...claims, ...options.claims } as never)
    .setProtectedHeader({ alg: 'ES256' })
    .setSubject(subject)
    .setIssuer(options.issuer ?? 'urn:test')
    .setAudience(options.audience ?? 'ziv')
    .setExpirationTime(options.expires ?? '1h')
    .sign(options.key ?? privateKey)
  return { authorization: `Bearer ${token}` }
}

export const clerkOf306: Partial<Caller> = { roles: ['clerk'], ...memberOf300 }

/** A logger whose lines can be read back. */
export function logging(level = 'debug'): { readonly logger: Logger; readonly lines: () => string } {
  let text = ''
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString()
      done()
    },
  })
  return { logger: pino({ level }, sink), lines: () => text }
}

/** The sample API on a server of its own, not listening. */
export async function sampleServer(
  options: Partial<ServerOptions> = {},
  database: unknown = { query: async () => ({ rows: [] }) },
) {
  const app = await buildServer({
    logger: pino({ level: 'silent' }),
    auth,
    environment: 'sandbox',
    eventLoopDelayMaxMs: 0,
    ...options,
  })
  await registerService(app, sampleModule, { database: database as never })
  return app
}
