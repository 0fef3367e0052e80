import { assertMaySee, idInput, withZod } from '@ziv/http'
import { dateOf } from '@ziv/kernel'
import { decisionLetter, type LawDecision, type LetterOptions, stillPossible, whileStageRuns } from '@ziv/law'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { ApiContext } from '../context.ts'
import type { Dossier } from '../domain/facts.ts'
import { findDecision, findWithdrawal, type StoredDecision } from '../projections/decisions.ts'
import { loadDossiers } from '../projections/persons.ts'
import { decisionOf } from './render.ts'
import { decisionSchema } from './schemas.ts'
import { seenBy } from './seen-by.ts'
import { letterPersonOf, letterWithdrawalOf, withdrawalOf } from './withdrawal.ts'

const access = {
  access: {
    roles: ['clerk', 'landsbondViewer', 'insured', 'rizivSupervisor', 'system'] as const,
    scope: 'person' as const,
  },
}

/** `GET /decisions/{decisionId}` and its letter. */
export function decisionRoutes(app: FastifyInstance, context: ApiContext): void {
  const params = z.strictObject({ decisionId: idInput('Identifier of the decision') })
  const load = async (request: FastifyRequest, decisionId: string): Promise<StoredDecision> => {
    const found = await findDecision(context.database, context.store, decisionId)
    const tenant = found === null ? null : await seenBy(context, found.personId)
    assertMaySee(request.caller, tenant)
    await context.accessLog.record(request, (found as StoredDecision).personId)
    return found as StoredDecision
  }

  withZod(app).route({
    method: 'GET',
    url: '/decisions/:decisionId',
    config: access,
    schema: {
      operationId: 'getDecision',
      summary: 'A decision with its grounds',
      description:
        'Rule, article, facts and parameters, and the smallest changes that would flip the outcome; for one that stands no more, instead of those changes, by what it was withdrawn and what stands in its place.',
      tags: ['Decisions'],
      params,
      response: { 200: decisionSchema },
    },
    handler: async (request) => {
      const found = await load(request, request.params.decisionId)
      const withdrawal = await findWithdrawal(context.database, context.store, found)
      const today = context.clock.today()
      const decision = decisionOf(found.personId, found.decision, request.language, today)
      if (withdrawal === null) return decision
      // what can still be done is told by the decision that stands: this one asks for nothing any more
      return { ...decision, repairs: [], withdrawn: withdrawalOf(withdrawal, request.language) }
    },
  })

  withZod(app).route({
    method: 'GET',
    url: '/decisions/:decisionId/letter',
    config: access,
    schema: {
      operationId: 'getDecisionLetter',
      summary: 'A decision as a letter',
      description:
        'Plain text in the language of the reader, with the means of appeal; for a decision that stands no more it says so, by what and what stands in its place, and asks for nothing. It tells the person by date of birth, ziekenfonds and reference: name, address and INSZ are known to the affiliation service alone, and whoever sends the letter puts them around it.',
      tags: ['Decisions'],
      params,
      produces: ['text/plain'],
      response: { 200: z.string().describe('The letter').meta({ example: 'Beslissing over uw recht' }) },
    },
    handler: async (request, reply) => {
      const found = await load(request, request.params.decisionId)
      const { decision, recordedAt, personId } = found
      const { language } = request
      const withdrawal = await findWithdrawal(context.database, context.store, found)
      const dossier = (await loadDossiers(context.database, [personId])).get(personId) as Dossier
      const today = context.clock.today()
      const read = whileStageRuns(decision, today)
      const lawDecision: LawDecision<unknown> = { ...read, repairs: stillPossible(read.repairs, today), result: null }
      const options: LetterOptions = {
        ...{ language, decidedOn: dateOf(recordedAt), reference: decision.decisionId },
        days: { from: decision.from, to: decision.to },
        person: letterPersonOf(dossier, decision.from, language),
        ...(withdrawal === null ? {} : { withdrawn: letterWithdrawalOf(withdrawal, language) }),
      }
      return await reply.type('text/plain; charset=utf-8').send(decisionLetter(lawDecision, options, context.law))
    },
  })
}
