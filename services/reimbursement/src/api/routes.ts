import { accessLogRoute } from '@ziv/http'
import { loadMembers } from '@ziv/members/store'
import type { FastifyInstance } from 'fastify'
import type { ApiContext } from '../context.ts'
import { claimRoutes } from './claims.ts'
import { invoiceAnswerRoute } from './invoice-files.ts'
import { seenBy } from './origin.ts'
import { statusRoutes } from './statuses.ts'
import { tariffRoutes } from './tariffs.ts'
import { taskRoutes } from './tasks.ts'

/** All routes of the service, inside the prefix the host chose. */
export async function reimbursementRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  await tariffRoutes(app, context)
  claimRoutes(app, context)
  await context.intake.routes(app)
  invoiceAnswerRoute(app, context)
  statusRoutes(app, context)
  taskRoutes(app, context)
  accessLogRoute(app, {
    accessLog: context.accessLog,
    tenantOf: async (id) => seenBy(context, (await loadMembers(context.database, [id])).get(id)),
  })
}
