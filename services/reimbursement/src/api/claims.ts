import {
  assertMaySee,
  collectionOf,
  commandId,
  dayInput,
  idempotent,
  idInput,
  instantInput,
  inszInput,
  mayAct,
  nomenclatureInput,
  onePersonOf,
  pageOf,
  pageQuery,
  personIdInput,
  problem,
  providerNumberInput,
  settledKnownAt,
  withZod,
  writeHeaders,
} from '@ziv/http'
import { uuidV5 } from '@ziv/kernel'
import { loadMembers } from '@ziv/members/store'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { findPatient, type SingleClaim, settleClaim } from '../commands/settle-claim.ts'
import type { ApiContext } from '../context.ts'
import { claimsNow, claimView, explainedClaim, loadClaim, loadClaims } from '../projections/claim-view.ts'
import { originOf, seenBy } from './origin.ts'
import { asked, careDateInput, claim, claimSummary, convention, units, withinAgreement } from './schemas.ts'

const tags = ['Claims']

const claimRequest = z
  .strictObject({
    ssin: inszInput.optional(),
    personId: personIdInput.optional(),
    providerNumber: providerNumberInput,
    convention: convention.default('conventioned'),
    referral: z.boolean().default(false).describe('The patient was referred by the GP').meta({ example: false }),
    lines: z
      .array(
        z
          .strictObject({
            nomenclature: nomenclatureInput,
            careDate: careDateInput,
            units: units.default(1),
            askedCents: asked,
            withinAgreement: withinAgreement.optional(),
          })
          .meta({ title: 'ClaimRequestLine', description: 'One service that is claimed' }),
      )
      .min(1)
      .max(200)
      .describe('Services that are claimed'),
  })
  .meta({
    title: 'ClaimRequest',
    description: 'A claim for one patient: ssin or personId, not both',
    example: {
      ssin: '93051822361',
      providerNumber: '10003569004',
      lines: [{ nomenclature: '101032', careDate: '2025-03-03', askedCents: 2568 }],
    },
  })

export function claimRoutes(scope: FastifyInstance, context: ApiContext): void {
  postClaim(scope, context)
  getClaim(scope, context)
  listClaims(scope, context)
}

function postClaim(scope: FastifyInstance, context: ApiContext): void {
  withZod(scope).route({
    method: 'POST',
    url: '/claims',
    config: { access: { roles: ['careProvider', 'clerk', 'system'], scope: 'person' } },
    schema: {
      headers: writeHeaders,
      operationId: 'createClaim',
      summary: 'Claim care of one patient',
      description:
        'Controls and prices the lines and answers at once: what the insurance pays, the share of the patient, the grounds, and the coded refusals. What was told a moment ago (an affiliation, a right) is known here in a moment. A refusal is an answer too: the same Idempotency-Key repeats it, so send care that was refused too early again under a new key.',
      tags,
      body: claimRequest,
      response: { 201: claim },
    },
    handler: async (request, reply) =>
      idempotent(request, reply, context, async () => {
        const { body } = request
        const patient = await findPatient(context, onePersonOf(body))
        const tenant = seenBy(context, patient?.person)
        assertMaySee(request.caller, {
          providerNumber: body.providerNumber,
          ...(tenant === null ? {} : { insurer: tenant.insurer, ziekenfonds: tenant.ziekenfonds }),
        })
        const claimId = uuidV5(`claim\n${commandId(request)}`)
        await settleClaim(context, patient, { ...body, claimId } as unknown as SingleClaim, originOf(request))
        const stored = (await loadClaim(context, claimId))!
        const answer = await explainedClaim(context, stored, request.language)
        return { status: 201, headers: { Location: answer.href }, body: answer }
      }),
  })
}

function getClaim(scope: FastifyInstance, context: ApiContext): void {
  withZod(scope).route({
    method: 'GET',
    url: '/claims/:claimId',
    config: { access: { roles: ['careProvider', 'clerk', 'insured', 'system'], scope: 'person' } },
    schema: {
      operationId: 'getClaim',
      summary: 'Read a claim',
      description:
        'What became of the claim, with the grounds of every price. A provider sees its own claims. A line whose right was taken back since says so (rightWithdrawn) and stays settled.',
      tags,
      params: z.strictObject({ claimId: idInput('Identifier of the claim') }),
      response: { 200: claim },
    },
    handler: async (request) => {
      const stored = await loadClaim(context, request.params.claimId)
      if (stored === undefined) throw problem('resourceNotFound')
      const { insurer, ziekenfonds, personId: id, providerNumber } = stored.event.data
      // whoever has the list of the person reads each claim of it; one of a day on which nobody had the person has no other fund
      if (!mayAct(request.caller, { insurer, ziekenfonds, personId: id, providerNumber }, 'read')) {
        assertMaySee(request.caller, id === undefined ? null : await patientOf(context, id))
      }
      if (id !== undefined) await context.accessLog.record(request as unknown as FastifyRequest, id)
      return await explainedClaim(context, stored, request.language)
    },
  })
}

const patientOf = async (context: ApiContext, personId: string) =>
  seenBy(context, (await loadMembers(context.database, [personId])).get(personId))

function listClaims(scope: FastifyInstance, context: ApiContext): void {
  withZod(scope).route({
    method: 'GET',
    url: '/persons/:personId/claims',
    config: { access: { roles: ['clerk', 'insured', 'system'], scope: 'person' } },
    schema: {
      operationId: 'listClaims',
      summary: 'List the claims of a person',
      description:
        'Claims with care up to a day, as they were known at a moment; the newest first. Without knownAt a line whose right was taken back since says so (rightWithdrawn).',
      tags,
      params: z.strictObject({ personId: personIdInput }),
      querystring: z.strictObject({
        ...pageQuery,
        asOf: dayInput().optional().describe('Care up to this day; default today').meta({ example: '2025-03-03' }),
        knownAt: instantInput.optional().describe('As known at this moment; default now'),
      }),
      response: { 200: collectionOf('Claims', claimSummary) },
    },
    handler: async (request) => {
      const { personId: id } = request.params
      const { page, pageSize } = request.query
      const asOf = request.query.asOf ?? context.clock.today()
      const knownAt = await settledKnownAt(context, request.query.knownAt)
      assertMaySee(request.caller, await patientOf(context, id))
      await context.accessLog.record(request as unknown as FastifyRequest, id)
      const { rows } = await context.database.query<{ claim_id: string; total: string }>(
        `select claim_id, count(*) over () as total from app.claims
          where person_id = $1 and first_care_date <= $2 and recorded_at <= $3
          order by recorded_at desc, claim_id limit $4 offset $5`,
        [id, asOf, knownAt, pageSize, (page - 1) * pageSize],
      )
      const claims = await loadClaims(
        context,
        rows.map((row) => row.claim_id),
      )
      const total = rows.length > 0 ? Number(rows[0]!.total) : await countClaims(context, [id, asOf, knownAt])
      // what became of a right later is no part of what was known at a moment
      const asKnown = request.query.knownAt !== undefined
      const items = asKnown ? claims.map((stored) => claimView(stored)) : await claimsNow(context, id, claims)
      return pageOf(request as unknown as FastifyRequest, { items, page, pageSize, total })
    },
  })
}

async function countClaims(context: ApiContext, values: readonly string[]): Promise<number> {
  const { rows } = await context.database.query<{ count: string }>(
    'select count(*) from app.claims where person_id = $1 and first_care_date <= $2 and recorded_at <= $3',
    values,
  )
  return Number(rows[0]!.count)
}
