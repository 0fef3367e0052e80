import { accessLogRoute, createAccessLog } from '@ziv/http'
import { loadMembers } from '@ziv/members/store'
import type { FastifyInstance } from 'fastify'
import type { ReimbursementContext } from '../context.ts'
import { claimRoutes } from './claims.ts'
import { invoiceAnswerRoute } from './invoice-files.ts'
import { seenBy } from './origin.ts'
import { statusRoutes } from './statuses.ts'
import { tariffRoutes } from './tariffs.ts'
import { taskRoutes } from './tasks.ts'

/** All routes of the service, inside the prefix the host chose. */
export async function reimbursementRoutes(app: FastifyInstance, context: ReimbursementContext): Promise<void> {
  const accessLog = createAccessLog(context)
  await tariffRoutes(app, context)
  claimRoutes(app, context, accessLog)
  await context.intake.routes(app)
  invoiceAnswerRoute(app, context)
  statusRoutes(app, context, accessLog)
  taskRoutes(app, context)
  accessLogRoute(app, {
    accessLog,
    tenantOf: async (id) => seenBy(context, (await loadMembers(context.database, [id])).get(id)),
  })
}
