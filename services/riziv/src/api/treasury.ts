import { badRequest, idempotent, idInput, problem, withZod, writeHeaders } from '@ziv/http'
import { type IsoDate, type Language, renderArticle, uuidV5 } from '@ziv/kernel'
import { type Ground, renderGround } from '@ziv/law'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiContext } from '../context.ts'
import { findDistribution, type StoredDistribution } from '../projections/ledger.ts'
import { distributor, readers } from './access.ts'
import { budgetRequest, distributionRequest, distributionSchema, receiptRequest, receiptSchema } from './schemas.ts'

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
      article: renderArticle(ground.article, language),
      text: renderGround(ground, language),
    })),
  }
}

/** Receipts, budgets, distributions and the ledger. */
export function treasuryRoutes(app: FastifyInstance, api: ApiContext): void {
  bookReceipt(app, api)
  setBudget(app, api)
  distribute(app, api)
  showDistribution(app, api)
}

function bookReceipt(app: FastifyInstance, { database, treasury }: ApiContext): void {
  withZod(app).route({
    method: 'POST',
    url: '/receipts',
    config: distributor,
    schema: {
      headers: writeHeaders,
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
}

function setBudget(app: FastifyInstance, { database, treasury }: ApiContext): void {
  withZod(app).route({
    method: 'POST',
    url: '/budgets',
    config: distributor,
    schema: {
      headers: writeHeaders,
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
}

function distribute(app: FastifyInstance, { database, treasury }: ApiContext): void {
  withZod(app).route({
    method: 'POST',
    url: '/distributions',
    config: distributor,
    schema: {
      headers: writeHeaders,
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
        if (month !== undefined && year !== undefined && Number(month.slice(0, 4)) !== year)
          throw otherYear(month, year)
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
}

function showDistribution(app: FastifyInstance, { database }: ApiContext): void {
  withZod(app).route({
    method: 'GET',
    url: '/distributions/:distributionId',
    config: readers,
    schema: {
      operationId: 'getDistribution',
      summary: 'A distribution with its grounds',
      description: 'The parts of the insurers add up to the total.',
      tags: ['Treasury'],
      params: z.strictObject({ distributionId: idInput('Identifier of the distribution') }),
      response: { 200: distributionSchema },
    },
    handler: async (request) => {
      const found = await findDistribution(database, request.params.distributionId)
      if (found === null) throw problem('resourceNotFound')
      return publicDistribution(found, request.language)
    },
  })
}

const otherYear = (month: string, year: number) =>
  badRequest({
    type: 'invalidInput',
    in: 'body',
    name: 'year',
    detail: {
      nl: `de maand ${month} ligt niet in ${year}: geef het jaar van de maand, of geen`,
      fr: `le mois ${month} n'est pas en ${year}: donnez l'année du mois, ou aucune`,
      de: `der Monat ${month} liegt nicht in ${year}: geben Sie das Jahr des Monats an, oder keines`,
      en: `the month ${month} is not in ${year}: give the year of the month, or none`,
    },
  })

const withoutTime = {
  advance: {
    nl: 'een voorschot wordt voor een maand betaald: geef die maand',
    fr: 'une avance est payée pour un mois: indiquez ce mois',
    de: 'ein Vorschuss wird für einen Monat gezahlt: geben Sie diesen Monat an',
    en: 'an advance is paid for a month: give that month',
  },
  settlement: {
    nl: 'een afrekening is van een jaar: geef dat jaar',
    fr: 'un décompte est celui d’une année: indiquez cette année',
    de: 'eine Abrechnung ist die eines Jahres: geben Sie dieses Jahr an',
    en: 'a settlement is of a year: give that year',
  },
} as const

const missing = (kind: keyof typeof withoutTime): never => {
  const name = kind === 'advance' ? 'month' : 'year'
  throw badRequest({ type: 'requiredInput', in: 'body', name, detail: withoutTime[kind] })
}
