import { accessLogRoute } from '@ziv/http'
import { loadMembers } from '@ziv/members/store'
import type { FastifyInstance } from 'fastify'
import type { ApiContext } from '../context.ts'
import { contributionItemRoutes, seenBy } from './contributions.ts'
import { incomeProofRoutes } from './income-proofs.ts'
import { referenceYearRoutes } from './reference-years.ts'
import { settlementRunRoutes } from './settlement-runs.ts'
import { contributionTasks } from './tasks.ts'

/** All routes of the service, inside the prefix the host chose. */
export async function contributionRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  await context.intake.routes(app)
  contributionItemRoutes(app, context)
  referenceYearRoutes(app, context)
  incomeProofRoutes(app, context)
  await settlementRunRoutes(app, context)
  contributionTasks(app, context)
  accessLogRoute(app, {
    accessLog: context.accessLog,
    tenantOf: async (personId) => seenBy(context, (await loadMembers(context.database, [personId])).get(personId)),
  })
}
