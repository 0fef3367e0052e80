import { assertMaySee, dayInput, idempotent, personIdInput, rejectionToProblem, withZod, writeHeaders } from '@ziv/http'
import { loadMembers } from '@ziv/members/store'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { decideIncome } from '../commands/decide-income.ts'
import type { YearKey } from '../commands/year-store.ts'
import type { ApiContext } from '../context.ts'
import type { AskIncomeProof, CloseIncomeProof } from '../domain/contribution-year.commands.ts'
import { incomeOutcomes } from '../domain/contribution-year.events.ts'
import { contributionRejections } from '../domain/contribution-year.rejections.ts'
import { seenBy } from './contributions.ts'
import { originOf } from './origin.ts'
import { outcome, year } from './schemas.ts'

const tags = ['Reference years']
const params = z.strictObject({ personId: personIdInput, year })
const config = { access: { roles: ['clerk', 'system'] as const, scope: 'person' as const } }

const request = z
  .strictObject({
    askedOn: dayInput().describe('Day on which the person was asked').meta({ example: '2025-02-03' }),
    answerUntil: dayInput()
      .describe('Last day on which the proof can be given; the law leaves a month at least')
      .meta({ example: '2025-03-03' }),
  })
  .meta({
    title: 'IncomeProofRequest',
    description: 'When proof of the family income was asked, and until when it can come',
  })

const closing = z
  .strictObject({
    outcome: z
      .enum(incomeOutcomes)
      .describe('notGiven: no proof came in the term; full: the proof shows an income that lowers nothing')
      .meta({ example: 'notGiven' }),
  })
  .meta({ title: 'IncomeProofDecision', description: 'What the request for proof of the family income came to' })

/** The two acts that let the full amount of a resident decide a year: proof of income was asked, and the request is closed. */
export function incomeProofRoutes(scope: FastifyInstance, context: ApiContext): void {
  withZod(scope).route({
    method: 'POST',
    url: '/persons/:personId/referenceYears/:year/incomeProofRequests',
    config,
    schema: {
      headers: writeHeaders,
      operationId: 'askIncomeProof',
      summary: 'Ask for proof of the family income',
      description:
        'A year that only the full contribution of a resident leaves short is open until proof was asked and the request is closed. Asked again, the later request counts and the year is open again.',
      tags,
      params,
      body: request,
      response: { 200: outcome },
    },
    handler: async (asked, reply) =>
      idempotent(asked, reply, context, async () => {
        const { askedOn, answerUntil } = asked.body
        const { personId, year: of } = asked.params
        const commandId = `askIncome:${personId}:${of}:${askedOn}:${answerUntil}:${asked.trace.id}`
        return decided(context, asked, asked.params, { type: 'AskIncomeProof', commandId, askedOn, answerUntil })
      }),
  })

  withZod(scope).route({
    method: 'POST',
    url: '/persons/:personId/referenceYears/:year/incomeProofDecisions',
    config,
    schema: {
      headers: writeHeaders,
      operationId: 'closeIncomeProof',
      summary: 'Close a request for proof of the family income',
      description: 'From then on the full contribution decides the year. For want of a proof only after its term.',
      tags,
      params,
      body: closing,
      response: { 200: outcome },
    },
    handler: async (asked, reply) =>
      idempotent(asked, reply, context, async () => {
        const { personId, year: of } = asked.params
        const commandId = `closeIncome:${personId}:${of}:${asked.body.outcome}:${asked.trace.id}`
        return decided(context, asked, asked.params, {
          type: 'CloseIncomeProof',
          commandId,
          outcome: asked.body.outcome,
        })
      }),
  })
}

async function decided(
  context: ApiContext,
  asked: FastifyRequest,
  key: YearKey,
  command: AskIncomeProof | CloseIncomeProof,
) {
  const person = (await loadMembers(context.database, [key.personId])).get(key.personId)
  assertMaySee(asked.caller, seenBy(context, person))
  const became = await decideIncome(context, key, command, originOf(asked))
  if (became.kind === 'refused') throw rejectionToProblem(contributionRejections, became.rejection)
  return {
    status: 200,
    body: { outcome: became.kind === 'changed' ? ('recorded' as const) : ('unchanged' as const) },
  } as const
}
