import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { assertMaySee, type Tenant } from '../auth/tenancy.ts'
import { withZod } from '../build-server.ts'
import { personIdInput } from '../input/vocabulary.ts'
import { badRequest } from '../problems/problem-error.ts'
import type { AccessLog } from './access-log.ts'
import { collectionOf, cursorPageOf, cursorQuery, fromCursor, toCursor } from './paging.ts'

const entry = z
  .object({
    at: z.iso.datetime().describe('When').meta({ example: '2026-03-02T09:15:00.000Z' }),
    subject: z.string().describe('Who, as the token of the caller named it').meta({ example: 'clerk-17' }),
    roles: z
      .array(z.string())
      .describe('In which roles')
      .meta({ example: ['clerk'] }),
    insurer: z.string().optional().describe('For which insurer').meta({ example: '300' }),
    ziekenfonds: z.string().optional().describe('For which ziekenfonds').meta({ example: '306' }),
    operation: z.string().describe('What was consulted: the operationId').meta({ example: 'getPerson' }),
  })
  .meta({ title: 'AccessLogEntry', description: 'One consultation of a person' })

const badCursor = {
  nl: 'deze cursor komt niet van ons: begin opnieuw zonder cursor',
  fr: "ce curseur n'est pas de nous: recommencez sans curseur",
  de: 'dieser Cursor ist nicht von uns: beginnen Sie ohne Cursor von vorn',
  en: 'this cursor is not one of ours: start again without a cursor',
} as const

/**
 * `GET /persons/{personId}/accessLog`: who looked at this person in this service, newest first. `tenantOf` says whose
 * the person is, null when unknown.
 */
export function accessLogRoute(
  app: FastifyInstance,
  options: { readonly accessLog: AccessLog; readonly tenantOf: (personId: string) => Promise<Tenant | null> },
): void {
  withZod(app).route({
    method: 'GET',
    url: '/persons/:personId/accessLog',
    config: { access: { roles: ['insured', 'clerk', 'system'], scope: 'person' } },
    schema: {
      operationId: 'listAccessLog',
      summary: 'Consultations of a person',
      description: 'Who looked at the data of this person in this service, newest first.',
      tags: ['Access log'],
      params: z.strictObject({ personId: personIdInput }),
      querystring: z.strictObject(cursorQuery),
      response: { 200: collectionOf('AccessLogEntries', entry) },
    },
    handler: async (request) => {
      const { personId } = request.params
      const { cursor, pageSize } = request.query
      const before = cursor === undefined ? undefined : fromCursor(cursor)
      if (before === null || (before !== undefined && !/^\d{1,18}$/.test(before))) {
        throw badRequest({ type: 'invalidInput', in: 'query', name: 'cursor', detail: badCursor })
      }
      assertMaySee(request.caller, await options.tenantOf(personId))
      const found = await options.accessLog.entriesOf(personId, pageSize + 1, before)
      const items = found.slice(0, pageSize)
      const last = items.at(-1)
      const next = found.length > pageSize && last !== undefined ? toCursor(last.id) : null
      return cursorPageOf(request, { items, pageSize, next })
    },
  })
}
