import {
  accepted,
  collectionOf,
  cursorPageOf,
  cursorQuery,
  fromCursor,
  idInput,
  problem,
  tenantFilter,
  toCursor,
  withZod,
} from '@ziv/http'
import { year as aYear, yearText } from '@ziv/kernel/schemas'
import { warningDay } from '@ziv/law'
import { rebuildRoute, runTasks, taskHref, taskRoute } from '@ziv/service'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiContext } from '../context.ts'
import { runSchema, warningSchema } from './schemas.ts'

const roles = ['system', 'rizivSupervisor'] as const

/** `POST /renewalRuns` and its task, `GET /renewalRadar`. */
export function runRoutes(app: FastifyInstance, context: ApiContext): void {
  startRun(app, context)
  showRun(app, context)
  taskRoute(app, {
    api: 'rights',
    scope: 'none',
    sources: [runTasks(context.runs, { roles })],
  })
  rebuildRoute(app, { api: 'rights', database: context.database, runs: context.runs })
  showRadar(app, context)
}

function startRun(app: FastifyInstance, context: ApiContext): void {
  withZod(app).route({
    method: 'POST',
    url: '/renewalRuns',
    config: { access: { roles: ['system'], scope: 'none' } },
    schema: {
      operationId: 'startRenewalRun',
      summary: 'Start the renewal or the warnings of a year',
      description:
        'A renewal starts from the first day of its year on, warnings from their day of the law on. The same command on the same business date is the same run; an interrupted run goes on where it was. Its task tells how far it is.',
      tags: ['Runs'],
      body: z
        .strictObject({
          kind: z.enum(['renewal', 'warning']).describe('What to do').meta({ example: 'renewal' }),
          year: aYear.describe('Year of the right').meta({ example: 2025 }),
        })
        .meta({ title: 'RenewalRunRequest', description: 'Which run to start' }),
      response: { 202: runSchema },
    },
    handler: async (request, reply) => {
      const { kind, year } = request.body
      const run = await context.runner.start(kind, year, request.caller.subject)
      return accepted(reply, taskHref('rights', run.runId), run)
    },
  })
}

function showRun(app: FastifyInstance, context: ApiContext): void {
  withZod(app).route({
    method: 'GET',
    url: '/renewalRuns/:runId',
    config: { access: { roles: ['system', 'rizivSupervisor'], scope: 'none' } },
    schema: {
      operationId: 'getRenewalRun',
      summary: 'Progress of a run',
      description:
        'Counts so far; done when everybody was looked at. Persons whose decision failed are counted apart and stop nobody else.',
      tags: ['Runs'],
      params: z.strictObject({ runId: idInput('Identifier of the run') }),
      response: { 200: runSchema },
    },
    handler: async (request) => {
      const run = await context.runner.find(request.params.runId)
      if (run === null) throw problem('resourceNotFound')
      return run
    },
  })
}

function showRadar(app: FastifyInstance, context: ApiContext): void {
  withZod(app).route({
    method: 'GET',
    url: '/renewalRadar',
    config: {
      access: {
        roles: ['clerk', 'landsbondViewer', 'landsbondApprover', 'rizivSupervisor', 'system'],
        scope: 'ziekenfonds',
      },
    },
    schema: {
      operationId: 'listRenewalWarnings',
      summary: 'Holders who will not be renewed',
      description: 'The warnings of 1 December, per year, of the members the caller may see.',
      tags: ['Runs'],
      querystring: z.strictObject({
        year: yearText.describe('Year that would not be renewed').meta({ example: 2026 }),
        ...cursorQuery,
      }),
      response: { 200: collectionOf('RenewalWarnings', warningSchema) },
    },
    handler: async (request) => {
      const { year, cursor, pageSize } = request.query
      const filter = tenantFilter(request.caller)
      const after = cursor === undefined ? null : fromCursor(cursor)
      const { rows } = await context.database.query<Omit<z.infer<typeof warningSchema>, 'dueOn'>>(
        `select person_id as "personId", year, reference_year as "referenceYear", short_cents::int as "shortCents",
                payable_until as "payableUntil", warned_on as "warnedOn", insurer, ziekenfonds
         from app.warnings where year = $1 and ($2::text is null or insurer = $2) and ($3::text is null or ziekenfonds = $3)
           and person_id > coalesce($4::uuid, '00000000-0000-0000-0000-000000000000') order by person_id limit $5`,
        [year, filter.insurer ?? null, filter.ziekenfonds ?? null, isUuid(after) ? after : null, pageSize + 1],
      )
      // of a year whose day the law here does not know, nobody was warned
      const items = rows.slice(0, pageSize).map((row) => ({ ...row, dueOn: warningDay(year, context.law).result.day }))
      const next = rows.length > pageSize ? toCursor((items.at(-1) as { personId: string }).personId) : null
      return cursorPageOf(request, { items, pageSize, next })
    },
  })
}

const isUuid = (text: string | null): text is string => text !== null && z.uuid().safeParse(text).success
