import {
  assertMayAct,
  assertVersion,
  collectionOf,
  commandId,
  cursorPageOf,
  cursorQuery,
  fromCursor,
  idempotent,
  problem,
  rejectionToProblem,
  requestDigest,
  setVersion,
  tenantFilter,
  toCursor,
  versionedWriteHeaders,
  withZod,
  writeHeaders,
} from '@ziv/http'
import { month } from '@ziv/kernel/schemas'
import { loadZiekenfondsen } from '@ziv/law'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { CommandOrigin, ReturnOutcome } from '../commands/handle-returns.ts'
import type { ApiContext } from '../context.ts'
import { daysOfMonth } from '../domain/month.ts'
import { decidedWords, rejections } from '../domain/return.rejections.ts'
import { findReturn, listReturns, type ReturnPlace, type StoredReturn } from '../projections/returns.ts'
import { badCursor, fullOf, readers, summaryOf, visibleReturn } from './render.ts'
import {
  insurer,
  refusalRequest,
  returnParams,
  returnRequest,
  returnSchema,
  returnState,
  returnSummarySchema,
  ziekenfonds,
} from './schemas.ts'

const tags = ['Returns']

function originOf(request: FastifyRequest): CommandOrigin {
  const digest = requestDigest(request)
  return {
    ...{ actor: request.caller.subject, correlationId: request.trace.id, commandId: commandId(request) },
    ...(digest === undefined ? {} : { request: digest }),
  }
}

/** Everything under `/returns` but the proofs. */
export function returnRoutes(app: FastifyInstance, context: ApiContext): void {
  submitRoute(app, context)
  listRoute(app, context)
  getRoute(app, context)
  decisionRoutes(app, context)
}

function submitRoute(app: FastifyInstance, context: ApiContext): void {
  const { database, handler } = context
  const register = loadZiekenfondsen()
  withZod(app).route({
    method: 'POST',
    url: '/returns',
    config: { access: { roles: ['clerk', 'system'], scope: 'ziekenfonds' } },
    schema: {
      headers: writeHeaders,
      operationId: 'submitReturn',
      summary: 'Submit the return of a month',
      description:
        'Folds the events taken in so far into the figures and submits them. After a refusal, or when facts arrived after an acceptance, a new return about the same month can be submitted.',
      tags,
      body: returnRequest,
      rejections: [
        'monthNotOver',
        'returnAwaitsDecision',
        'returnUnchanged',
        'messagesStandStill',
        'ziekenfondsUnknown',
      ],
      response: { 201: returnSchema },
    },
    handler: async (request, reply) => {
      const about = request.body
      const owner = register.insurerOf(about.ziekenfonds, daysOfMonth(about.month).last)
      // a clerk says which insurer in the token; a ziekenfonds that the register does not know belongs to its own clerks only
      assertMayAct(request.caller, { insurer: owner ?? request.caller.insurer, ziekenfonds: about.ziekenfonds })
      return await idempotent(request, reply, { database }, async () => {
        const outcome = await handler.submit(about, originOf(request))
        if ('code' in outcome) throw rejectionToProblem(rejections, outcome)
        const found = await storedOf(context, outcome)
        setVersion(reply, found.streamVersion)
        return { status: 201, headers: { Location: summaryOf(found).href }, body: fullOf(found) }
      })
    },
  })
}

function listRoute(app: FastifyInstance, { database }: ApiContext): void {
  withZod(app).route({
    method: 'GET',
    url: '/returns',
    config: readers,
    schema: {
      operationId: 'listReturns',
      summary: 'Returns, newest month first',
      description: 'The returns of the ziekenfondsen the caller may see.',
      tags,
      querystring: z.strictObject({
        insurer: insurer.optional(),
        ziekenfonds: ziekenfonds.optional(),
        month: month.optional(),
        state: returnState.optional(),
        ...cursorQuery,
      }),
      response: { 200: collectionOf('Returns', returnSummarySchema) },
    },
    handler: async (request) => {
      const { cursor, pageSize, ...wanted } = request.query
      const filter = tenantFilter(request.caller)
      const after = cursor === undefined ? null : placeOf(cursor)
      const foreign =
        (filter.insurer !== undefined && wanted.insurer !== undefined && wanted.insurer !== filter.insurer) ||
        (filter.ziekenfonds !== undefined &&
          wanted.ziekenfonds !== undefined &&
          wanted.ziekenfonds !== filter.ziekenfonds)
      const own = { ...wanted, ...filter }
      const rows = foreign ? [] : await listReturns(database, own, after, pageSize + 1)
      const items = rows.slice(0, pageSize)
      const last = items.at(-1)
      const next =
        rows.length > pageSize && last !== undefined
          ? toCursor(`${last.month}/${last.ziekenfonds}/${last.attempt}`)
          : null
      return cursorPageOf(request, { items: items.map(summaryOf), pageSize, next })
    },
  })
}

function getRoute(app: FastifyInstance, { database }: ApiContext): void {
  withZod(app).route({
    method: 'GET',
    url: '/returns/:returnId',
    config: readers,
    schema: {
      operationId: 'getReturn',
      summary: 'One return',
      description: 'With its figures and the positions up to which they were folded.',
      tags,
      params: returnParams,
      response: { 200: returnSchema },
    },
    handler: async (request, reply) => {
      const found = await visibleReturn(database, request.caller, request.params.returnId)
      setVersion(reply, found.streamVersion)
      return fullOf(found)
    },
  })
}

/** `POST /returns/{returnId}/acceptance` and `/refusal`. */
function decisionRoutes(app: FastifyInstance, context: ApiContext): void {
  const { database, handler } = context
  const access = { access: { roles: ['landsbondApprover', 'system'] as const, scope: 'ziekenfonds' as const } }
  const codes = ['returnAlreadyDecided', 'returnReplaced']

  withZod(app).route({
    method: 'POST',
    url: '/returns/:returnId/acceptance',
    config: access,
    schema: {
      headers: versionedWriteHeaders,
      operationId: 'acceptReturn',
      summary: 'Accept a return',
      description: 'The accepted figures are what the RIZIV uses. Accepting an accepted return changes nothing.',
      tags,
      params: returnParams,
      rejections: codes,
      response: { 200: returnSchema },
    },
    handler: async (request, reply) => {
      const about = await visibleReturn(database, request.caller, request.params.returnId)
      assertMayAct(request.caller, about)
      return await idempotent(request, reply, { database }, async () => {
        assertVersion(request, about.streamVersion)
        const found = await storedOf(context, await handler.accept(about, originOf(request)), about.returnId)
        setVersion(reply, found.streamVersion)
        return { status: 200, body: fullOf(found) }
      })
    },
  })

  withZod(app).route({
    method: 'POST',
    url: '/returns/:returnId/refusal',
    config: access,
    schema: {
      headers: versionedWriteHeaders,
      operationId: 'refuseReturn',
      summary: 'Refuse a return',
      description: 'The ziekenfonds reads the reason and submits a new return.',
      tags,
      params: returnParams,
      body: refusalRequest,
      rejections: codes,
      response: { 200: returnSchema },
    },
    handler: async (request, reply) => {
      const about = await visibleReturn(database, request.caller, request.params.returnId)
      assertMayAct(request.caller, about)
      return await idempotent(request, reply, { database }, async () => {
        assertVersion(request, about.streamVersion)
        const outcome = await handler.refuse(about, request.body.reason, originOf(request))
        const found = await storedOf(context, outcome, about.returnId)
        setVersion(reply, found.streamVersion)
        return { status: 200, body: fullOf(found) }
      })
    },
  })
}

/** The return a command was about, as it is stored now; a refused command becomes its problem. */
async function storedOf(context: ApiContext, outcome: ReturnOutcome, returnId?: string): Promise<StoredReturn> {
  if (!outcome.ok) {
    const state = decidedWords[String(outcome.rejection.params?.state)]
    throw rejectionToProblem(rejections, outcome.rejection, state && { state })
  }
  const found = await findReturn(context.database, returnId ?? outcome.events[0]!.data.returnId)
  if (found === null) throw problem('resourceNotFound')
  return found
}

function placeOf(cursor: string): ReturnPlace {
  const parts = /^(\d{4}-\d{2})\/(\d{3})\/(\d{1,9})$/.exec(fromCursor(cursor) ?? '')
  if (parts === null) throw badCursor()
  return { month: parts[1]!, ziekenfonds: parts[2]!, attempt: Number(parts[3]) }
}
