import { idempotent, idInput, problem, rejectionToProblem, withZod, writeHeaders } from '@ziv/http'
import { lastDayOfYear } from '@ziv/kernel'
import { year as aYear } from '@ziv/kernel/schemas'
import { isAssessable } from '@ziv/law'
import { taskHref } from '@ziv/service'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiContext } from '../context.ts'
import { contributionRejections } from '../domain/contribution-year.rejections.ts'
import { SETTLEMENT, type SettlementParams, type SettlementRun, settlementOf } from '../runs/settlement-run.ts'
import { originOf } from './origin.ts'
import { settlementRun } from './schemas.ts'

const tags = ['Settlement runs']
const withHref = (run: SettlementRun) => ({ ...run, href: `/contributions/v1/settlementRuns/${run.runId}` })

export async function settlementRunRoutes(scope: FastifyInstance, context: ApiContext): Promise<void> {
  withZod(scope).route({
    method: 'POST',
    url: '/settlementRuns',
    config: { access: { roles: ['system'], scope: 'none' } },
    schema: {
      headers: writeHeaders,
      operationId: 'createSettlementRun',
      summary: 'Settle a year',
      description:
        'Settles the year of everybody with a contribution capacity or a contribution in it. A run on its way is given again; its task tells how far it is.',
      tags,
      body: z
        .strictObject({ year: aYear.describe('Year to settle').meta({ example: 2024 }) })
        .meta({ title: 'SettlementRequest', description: 'Which year to settle' }),
      response: { 202: settlementRun },
    },
    handler: async (request, reply) =>
      idempotent(request, reply, context, async () => {
        const { year } = request.body
        const end = lastDayOfYear(year)
        if (context.clock.today() <= end) {
          throw rejectionToProblem(contributionRejections, { code: 'yearNotOver', params: { year, end } })
        }
        if (!isAssessable(context.law, year)) {
          throw rejectionToProblem(contributionRejections, { code: 'yearUnknownToLaw', params: { year } })
        }
        const run = await context.intake.runs.start<SettlementParams>(SETTLEMENT, { year }, originOf(request))
        const body = withHref(settlementOf(run))
        return { status: 202, headers: { Location: taskHref('contributions', run.runId) }, body }
      }),
  })
  withZod(scope).route({
    method: 'GET',
    url: '/settlementRuns/:runId',
    config: { access: { roles: ['system', 'rizivSupervisor'], scope: 'none' } },
    schema: {
      operationId: 'getSettlementRun',
      summary: 'Read a settlement run',
      description: 'Where the run stands, with its counts.',
      tags,
      params: z.strictObject({ runId: idInput('Identifier of the run') }),
      response: { 200: settlementRun },
    },
    handler: async (request) => {
      const run = await context.intake.runs.find<SettlementParams>(request.params.runId)
      if (run === null || run.kind !== SETTLEMENT) throw problem('resourceNotFound')
      return withHref(settlementOf(run))
    },
  })
}
