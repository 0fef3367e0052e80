import {
  assertMaySee,
  idempotent,
  mayAct,
  personIdInput,
  rejectionToProblem,
  type Tenant,
  withZod,
  writeHeaders,
} from '@ziv/http'
import { formatOgm, type Quarter } from '@ziv/kernel'
import { quarter } from '@ziv/kernel/schemas'
import { type Member, tenantOf } from '@ziv/members'
import { loadMembers, membersByIndex } from '@ziv/members/store'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { ApiContext } from '../context.ts'
import { contributionRejections } from '../domain/contribution-year.rejections.ts'
import { paymentReference, targetsOfOgms, unknownOgm } from '../intake/payment-references.ts'
import { comesIn, type Recorder, recordAttests, recordPaperSlips } from '../intake/record-lines.ts'
import { recordPayments } from '../intake/record-payments.ts'
import { attest, paperSlip, payment } from './item-schemas.ts'
import { originOf } from './origin.ts'
import { outcome } from './schemas.ts'

const tags = ['Contributions']
/** The operations on one contribution. */
export function contributionItemRoutes(scope: FastifyInstance, context: ApiContext): void {
  postSlip(scope, context)
  postAttest(scope, context)
  postPayment(scope, context)
  postPaymentReference(scope, context)
}

/** Records one contribution: what became of it, or the refusal as a problem. */
async function recordOne<T>(context: ApiContext, request: FastifyRequest, item: T, record: Recorder<T>) {
  const [became] = await context.database.transaction(async (tx) =>
    record(context, tx, [{ line: 1, item }], originOf(request), await comesIn(tx, context.clock)),
  )
  if (typeof became !== 'string') throw rejectionToProblem(contributionRejections, became!)
  return { status: 200, body: { outcome: became } } as const
}

/** Whose the person is today; null when nobody is known. */
export function seenBy(context: ApiContext, person: Member | undefined) {
  const tenant = person && tenantOf(person, context.clock.today())
  return person === undefined || tenant === undefined ? null : { ...tenant, personId: person.personId }
}

/** A clerk acts for members only; the RSZ and its funds send for everybody, also for persons not known yet. */
async function assertMember(context: ApiContext, request: FastifyRequest, number: string): Promise<void> {
  if (request.caller.roles.includes('system') || request.caller.roles.includes('rsz')) {
    assertMaySee(request.caller, {}, { openTo: ['rsz', 'system'] })
    return
  }
  const index = context.vault.blindIndex('insz', number)
  const person = (await membersByIndex(context.database, [index])).get(index)
  assertMaySee(request.caller, seenBy(context, person))
}

function postSlip(scope: FastifyInstance, context: ApiContext): void {
  withZod(scope).route({
    method: 'POST',
    url: '/slips',
    config: { access: { roles: ['clerk', 'rsz', 'system'], scope: 'person' } },
    schema: {
      headers: writeHeaders,
      operationId: 'recordPaperSlip',
      summary: 'Record a paper slip',
      description: 'Replaces what was known for the same person, employer and quarter.',
      tags,
      body: paperSlip,
      response: { 200: outcome },
    },
    handler: async (request, reply) =>
      idempotent(request, reply, context, async () => {
        await assertMember(context, request, request.body.ssin)
        return await recordOne(context, request as FastifyRequest, request.body, recordPaperSlips)
      }),
  })
}

function postAttest(scope: FastifyInstance, context: ApiContext): void {
  withZod(scope).route({
    method: 'POST',
    url: '/selfEmployedAttests',
    config: { access: { roles: ['rsz', 'system'], scope: 'none' } },
    schema: {
      headers: writeHeaders,
      operationId: 'recordSelfEmployedAttest',
      summary: 'Record an attest of a social insurance fund',
      description:
        'Replaces what was attested for the same person and quarter. The funds act in the role rsz or system.',
      tags,
      body: attest,
      response: { 200: outcome },
    },
    handler: async (request, reply) =>
      idempotent(request, reply, context, () =>
        recordOne(context, request as FastifyRequest, request.body, recordAttests),
      ),
  })
}

/** Whose member a structured communication leads to; of nobody when it was given to nobody. */
async function payerOf(context: ApiContext, ogm: string): Promise<Tenant> {
  const target = (await targetsOfOgms(context.database, [ogm]))(ogm)
  if (target === undefined) return {}
  return seenBy(context, (await loadMembers(context.database, [target.personId])).get(target.personId)) ?? {}
}

function postPayment(scope: FastifyInstance, context: ApiContext): void {
  withZod(scope).route({
    method: 'POST',
    url: '/payments',
    config: { access: { roles: ['clerk', 'system'], scope: 'person' } },
    schema: {
      headers: writeHeaders,
      operationId: 'recordPayment',
      summary: 'Record a personal contribution',
      description:
        'By person and quarter, or by the structured communication that the person was given. A clerk books for members of the own ziekenfonds. One payment reference counts once.',
      tags,
      body: payment,
      response: { 200: outcome },
    },
    handler: async (request, reply) =>
      idempotent(request, reply, context, async () => {
        const body = request.body
        if ('ogm' in body) {
          // of another's member the answer is that of a number nobody was given: nobody finds out who pays where
          const mine = mayAct(request.caller, await payerOf(context, body.ogm), 'write')
          if (!mine) throw rejectionToProblem(contributionRejections, unknownOgm(body.ogm))
        } else {
          const persons = await loadMembers(context.database, [body.personId])
          assertMaySee(request.caller, seenBy(context, persons.get(body.personId)))
        }
        return await recordOne(context, request as FastifyRequest, body, recordPayments)
      }),
  })
}

function postPaymentReference(scope: FastifyInstance, context: ApiContext): void {
  withZod(scope).route({
    method: 'POST',
    url: '/paymentReferences',
    config: { access: { roles: ['clerk', 'insured', 'system'], scope: 'person' } },
    schema: {
      operationId: 'createPaymentReference',
      summary: 'Ask for a structured communication',
      description: 'The same one is given again for the same person and quarter.',
      tags,
      body: z
        .strictObject({ personId: personIdInput, quarter })
        .meta({ title: 'PaymentReferenceRequest', description: 'For whom and for which quarter' }),
      response: {
        200: z
          .object({ ogm: z.string().describe('Structured communication').meta({ example: '+++800/0000/00195+++' }) })
          .meta({ title: 'PaymentReference', description: 'With what a payment is recognised' }),
      },
    },
    handler: async (request) => {
      const { personId: id, quarter } = request.body
      const persons = await loadMembers(context.database, [id])
      assertMaySee(request.caller, seenBy(context, persons.get(id)))
      const target = { personId: id, quarter: quarter as Quarter }
      return { ogm: formatOgm(await paymentReference(context, target, originOf(request))) }
    },
  })
}
