import {
  acceptStreams,
  assertMaySee,
  dayInput,
  idempotent,
  inszInput,
  personIdInput,
  problem,
  rejectionToProblem,
  withZod,
  writeHeaders,
} from '@ziv/http'
import { formatOgm, type Quarter, renderRejection } from '@ziv/kernel'
import { employerNumber, quarter } from '@ziv/kernel/schemas'
import { type Member, tenantOf } from '@ziv/members'
import { loadMembers, membersByIndex } from '@ziv/members/store'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { contributionRejections } from '../domain/contribution-year.rejections.ts'
import type { BulkResult, InvalidItem } from '../intake/line-types.ts'
import { type AttestInput, type PaperSlipInput, recordAttests, recordPaperSlips } from '../intake/record-lines.ts'
import { type PaymentInput, paymentReference, recordPayments } from '../intake/record-payments.ts'
import type { ServiceContext } from '../service.ts'
import { jsonLines } from './json-lines.ts'
import { originOf } from './origin.ts'
import { amount, bulkOutcome, outcome } from './schemas.ts'

const tags = ['Contributions']
const paperSlip = z
  .strictObject({
    ssin: inszInput,
    employerNumber,
    quarter,
    amountCents: amount(0).describe('Wage in euro cents'),
  })
  .meta({ title: 'PaperSlip', description: 'A contribution slip on paper' })
const attest = z
  .strictObject({
    ssin: inszInput,
    fundNumber: z
      .string()
      .regex(/^[0-9A-Za-z]{1,10}$/)
      .describe('Number of the social insurance fund')
      .meta({ example: '005' }),
    quarter,
    status: z
      .enum(['paid', 'dispensed', 'assimilated', 'unpaid'])
      .describe('What the fund attests for the quarter')
      .meta({ example: 'paid' }),
    amountCents: amount(0).describe('Contribution paid; when unpaid, the contribution that is due; in euro cents'),
  })
  .meta({
    title: 'SelfEmployedAttest',
    description: 'What a social insurance fund attests for one quarter of a person',
  })
const paymentContent = {
  paymentId: z
    .string()
    .regex(/^[\x21-\x7e]{1,64}$/)
    .describe('Reference of the bank line: one reference counts once')
    .meta({ example: 'CODA-2026-03-02-17' }),
  amountCents: amount(1).describe('Amount received, in euro cents'),
  receivedOn: dayInput().describe('Day on which it was received').meta({ example: '2026-03-02' }),
}
const payment = z
  .union([
    z
      .strictObject({ ...paymentContent, personId: personIdInput, quarter })
      .meta({ title: 'PaymentForPerson', description: 'A payment for a person and a quarter' }),
    z
      .strictObject({
        ...paymentContent,
        ogm: z
          .string()
          .max(40)
          .describe('Structured communication that was handed out')
          .meta({ example: '+++800/0000/00195+++' }),
      })
      .meta({ title: 'PaymentByOgm', description: 'A payment with a structured communication' }),
  ])
  .meta({ title: 'Payment', description: 'A personal contribution or a complement' })

export async function contributionItemRoutes(scope: FastifyInstance, context: ServiceContext): Promise<void> {
  postSlip(scope, context)
  postAttest(scope, context)
  postPayment(scope, context)
  postPaymentReference(scope, context)
  await scope.register((lines, _options, done) => {
    acceptStreams(lines, ['application/x-ndjson'])
    postMany(lines, context)
    done()
  })
}

/** Answer to one contribution: what became of it, or the refusal as a problem. */
function single(result: BulkResult) {
  const [refused] = result.refusals
  if (refused !== undefined) throw rejectionToProblem(contributionRejections, refused.rejection)
  const became = result.recorded > 0 ? 'recorded' : result.waiting > 0 ? 'waiting' : 'unchanged'
  return { status: 200, body: { outcome: became } } as const
}

/** Whose the person is today; null when nobody is known. */
export function seenBy(context: ServiceContext, person: Member | undefined) {
  const tenant = person && tenantOf(person, context.clock.today())
  return person === undefined || tenant === undefined ? null : { ...tenant, personId: person.personId }
}

/** A clerk acts for members only; the RSZ and its funds send for everybody, also for persons not known yet. */
async function assertMember(context: ServiceContext, request: FastifyRequest, number: string): Promise<void> {
  if (request.caller.roles.includes('system') || request.caller.roles.includes('rsz')) {
    assertMaySee(request.caller, {}, { openTo: ['rsz', 'system'] })
    return
  }
  const index = context.vault.blindIndex('insz', number)
  const person = (await membersByIndex(context.database, [index])).get(index)
  assertMaySee(request.caller, seenBy(context, person))
}

function postSlip(scope: FastifyInstance, context: ServiceContext): void {
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
        return single(await recordPaperSlips(context, [request.body], originOf(request)))
      }),
  })
}

function postAttest(scope: FastifyInstance, context: ServiceContext): void {
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
      idempotent(request, reply, context, async () =>
        single(await recordAttests(context, [request.body], originOf(request))),
      ),
  })
}

function postPayment(scope: FastifyInstance, context: ServiceContext): void {
  withZod(scope).route({
    method: 'POST',
    url: '/payments',
    config: { access: { roles: ['clerk', 'system'], scope: 'person' } },
    schema: {
      headers: writeHeaders,
      operationId: 'recordPayment',
      summary: 'Record a personal contribution',
      description: 'By person and quarter, or by the structured communication. One payment reference counts once.',
      tags,
      body: payment,
      response: { 200: outcome },
    },
    handler: async (request, reply) =>
      idempotent(request, reply, context, async () => {
        const body = request.body
        if ('ogm' in body) {
          // the number says whose it is: only who keeps the bank account may book by it
          if (!request.caller.roles.includes('system')) throw problem('missingPermission')
          assertMaySee(request.caller, {})
        } else {
          const persons = await loadMembers(context.database, [body.personId])
          assertMaySee(request.caller, seenBy(context, persons.get(body.personId)))
        }
        return single(await recordPayments(context, [body], originOf(request)))
      }),
  })
}

function postPaymentReference(scope: FastifyInstance, context: ServiceContext): void {
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
      return { ogm: formatOgm(await paymentReference(context.database, id, quarter as Quarter)) }
    },
  })
}

type Recorder<T> = (
  context: ServiceContext,
  items: AsyncGenerator<T | InvalidItem>,
  request: FastifyRequest,
) => Promise<BulkResult>

function postMany(scope: FastifyInstance, context: ServiceContext): void {
  const slips: Recorder<PaperSlipInput> = (at, items, request) => recordPaperSlips(at, items, originOf(request))
  const attests: Recorder<AttestInput> = (at, items, request) => recordAttests(at, items, originOf(request))
  const payments: Recorder<PaymentInput> = (at, items, request) => recordPayments(at, items, originOf(request))
  manyRoute(scope, context, { url: '/slipBatches', id: 'recordPaperSlips', what: 'paper slips' }, paperSlip, slips)
  manyRoute(
    scope,
    context,
    { url: '/selfEmployedAttestBatches', id: 'recordSelfEmployedAttests', what: 'attests' },
    attest,
    attests,
  )
  manyRoute(scope, context, { url: '/paymentBatches', id: 'recordPayments', what: 'payments' }, payment, payments)
}

function manyRoute<T>(
  scope: FastifyInstance,
  context: ServiceContext,
  { url, id, what }: { url: string; id: string; what: string },
  schema: z.ZodType,
  record: Recorder<T>,
): void {
  const roles = url === '/paymentBatches' ? (['system'] as const) : (['rsz', 'system'] as const)
  withZod(scope).route({
    method: 'POST',
    url,
    config: { access: { roles, scope: 'none' }, body: 'stream' },
    bodyLimit: context.config.fileBytesMax,
    schema: {
      headers: writeHeaders,
      operationId: id,
      summary: `Record many ${what}`,
      description: `JSON Lines, one item per line as in the single operation. Good lines are kept, wrong ones are refused in their place; sent again it changes nothing.`,
      tags,
      consumes: ['application/x-ndjson'],
      response: { 200: bulkOutcome },
    },
    handler: async (request, reply) =>
      idempotent(request, reply, context, async () => {
        const result = await record(context, jsonLines(request, schema) as AsyncGenerator<T | InvalidItem>, request)
        const refusals = result.refusals.map(({ item, rejection }) => ({
          item,
          code: rejection.code,
          text: renderRejection(contributionRejections, rejection, request.language),
        }))
        return { status: 200, body: { ...result, refusals } }
      }),
  })
}
