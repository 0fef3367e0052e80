import {
  badRequest,
  collectionOf,
  cursorPageOf,
  cursorQuery,
  fromCursor,
  idempotent,
  problem,
  toCursor,
  withZod,
} from '@ziv/http'
import { type IsoDate, type Language, uuidV5 } from '@ziv/kernel'
import { type Ground, renderGround } from '@ziv/law'
import type { Database } from '@ziv/postgres'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Treasury } from '../commands.ts'
import { findDistribution, type StoredDistribution } from '../projections/ledger.ts'
import {
  budgetRequest,
  distributionRequest,
  distributionSchema,
  ledgerLineSchema,
  receiptRequest,
  receiptSchema,
} from './schemas.ts'

export interface TreasuryApi {
  readonly database: Database
  readonly treasury: Treasury
}

const distributor = { access: { roles: ['rizivDistributor', 'system'] as const, scope: 'none' as const } }
const readers = {
  access: { roles: ['rizivDistributor', 'rizivSupervisor', 'system'] as const, scope: 'none' as const },
}

const publicDistribution = (found: StoredDistribution, language: Language): z.infer<typeof distributionSchema> => {
  const { distributionId, kind, year, month, decidedOn, totalCents, shares, grounds } = found
  return {
    distributionId,
    kind,
    year,
    ...(month === null ? {} : { month }),
    decidedOn,
    totalCents,
    shares: shares as never,
    grounds: (grounds as Ground[]).map((ground) => ({
      rule: ground.rule,
      article: ground.article,
      text: renderGround(ground, language),
    })),
  }
}

/** Receipts, budgets, distributions and the ledger. */
export function treasuryRoutes(app: FastifyInstance, { database, treasury }: TreasuryApi): void {
  withZod(app).route({
    method: 'POST',
    url: '/receipts',
    config: distributor,
    schema: {
      operationId: 'bookReceipt',
      summary: 'Book money that came in',
      description: 'The same reference of the same source is the same receipt: it is booked once.',
      tags: ['Treasury'],
      body: receiptRequest,
      response: { 201: receiptSchema },
    },
    handler: async (request, reply) =>
      idempotent(request, reply, { database }, async () => {
        const { source, amountCents, receivedOn, reference } = request.body
        const receiptId = uuidV5(`receipt/${source}/${reference}`)
        const receipt = { receiptId, source, amountCents, receivedOn: receivedOn as IsoDate }
        await treasury.book(receipt, request.caller.subject)
        return { status: 201, body: receipt }
      }),
  })

  withZod(app).route({
    method: 'POST',
    url: '/budgets',
    config: distributor,
    schema: {
      operationId: 'setBudget',
      summary: 'Set the budget objective of a year',
      description: 'Can be changed until the first advance of the year is paid.',
      tags: ['Treasury'],
      body: budgetRequest,
      response: { 201: budgetRequest },
    },
    handler: async (request, reply) =>
      idempotent(request, reply, { database }, async () => {
        await treasury.setBudget(request.body.year, request.body.objectiveCents, request.caller.subject)
        return { status: 201, body: request.body }
      }),
  })

  withZod(app).route({
    method: 'POST',
    url: '/distributions',
    config: distributor,
    schema: {
      operationId: 'distribute',
      summary: 'Pay the advances of a month, or settle a year',
      description:
        'Give month for an advance, year for a settlement. Settling again after a late return books the difference.',
      tags: ['Treasury'],
      body: distributionRequest,
      response: { 201: distributionSchema },
    },
    handler: async (request, reply) =>
      idempotent(request, reply, { database }, async () => {
        const { kind, month, year } = request.body
        const done =
          kind === 'advance' && month !== undefined
            ? await treasury.advance(month, request.caller.subject)
            : kind === 'settlement' && year !== undefined
              ? await treasury.settle(year, request.caller.subject)
              : missing(kind)
        const headers = { Location: `/riziv/v1/distributions/${done.distributionId}` }
        return { status: 201, headers, body: publicDistribution(done, request.language) }
      }),
  })

  withZod(app).route({
    method: 'GET',
    url: '/distributions/:distributionId',
    config: readers,
    schema: {
      operationId: 'getDistribution',
      summary: 'A distribution with its grounds',
      description: 'The parts of the insurers add up to the total.',
      tags: ['Treasury'],
      params: z.strictObject({ distributionId: z.uuid().describe('Identifier of the distribution') }),
      response: { 200: distributionSchema },
    },
    handler: async (request) => {
      const found = await findDistribution(database, request.params.distributionId)
      if (found === null) throw problem('resourceNotFound')
      return publicDistribution(found, request.language)
    },
  })
  ledgerRoute(app, database)
}

function ledgerRoute(app: FastifyInstance, database: Database): void {
  withZod(app).route({
    method: 'GET',
    url: '/ledger',
    config: readers,
    schema: {
      operationId: 'listLedgerLines',
      summary: 'The double-entry ledger',
      description: 'Lines in the order of booking; debits and credits of every booking are equal.',
      tags: ['Treasury'],
      querystring: z.strictObject({
        account: z.string().max(60).optional().describe('Only this account').meta({ example: 'bank' }),
        ...cursorQuery,
      }),
      response: { 200: collectionOf('LedgerLines', ledgerLineSchema) },
    },
    handler: async (request) => {
      const { account, cursor, pageSize } = request.query
      const after = cursor === undefined ? '0' : fromCursor(cursor)
      if (after === null || !/^\d{1,18}$/.test(after))
        throw badRequest({ type: 'invalidInput', in: 'query', name: 'cursor', detail: BAD_CURSOR })
      const { rows } = await database.query<z.infer<typeof ledgerLineSchema> & { position: string }>(
        `select entry_id as "entryId", booked_on as "bookedOn", account, debit_cents::float8 as "debitCents",
                credit_cents::float8 as "creditCents", description, position::text as position
         from app.ledger_lines where position > $1 and ($2::text is null or account = $2) order by position limit $3`,
        [after, account ?? null, pageSize + 1],
      )
      const page = rows.slice(0, pageSize)
      const next = rows.length > pageSize ? toCursor(page.at(-1)?.position ?? '0') : null
      const items = page.map(({ position: _position, ...line }) => line)
      return cursorPageOf(request, { items, pageSize, next })
    },
  })
}

const BAD_CURSOR = {
  nl: 'deze cursor komt niet van ons: begin opnieuw zonder cursor',
  fr: "ce curseur n'est pas de nous: recommencez sans curseur",
  de: 'dieser Cursor ist nicht von uns: beginnen Sie ohne Cursor von vorn',
  en: 'this cursor is not one of ours: start again without a cursor',
}

const missing = (kind: 'advance' | 'settlement'): never => {
  const name = kind === 'advance' ? 'month' : 'year'
  throw badRequest({
    type: 'requiredInput',
    in: 'body',
    name,
    detail: {
      nl: `een ${kind} heeft ${name} nodig`,
      fr: `${kind} demande ${name}`,
      de: `${kind} braucht ${name}`,
      en: `${kind} needs ${name}`,
    },
  })
}
