import { accessLogRoute } from '@ziv/http'
import { rebuildRoute, runTasks, taskRoute } from '@ziv/service'
import type { FastifyInstance } from 'fastify'
import type { ApiContext } from '../context.ts'
import { seenBy } from '../projections/tenants.ts'
import { cellEventRoute } from './cell-events.ts'
import { overviewRoutes } from './overview.ts'
import { recomputationRoute } from './recomputation.ts'
import { returnRoutes } from './returns.ts'

const operators = ['system', 'rizivSupervisor'] as const

/** Every route of the service. */
export async function landsbondRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  returnRoutes(app, context)
  recomputationRoute(app, context)
  cellEventRoute(app, context)
  overviewRoutes(app, context)
  taskRoute(app, {
    api: 'landsbond',
    scope: 'none',
    // a rebuild leaves nothing to read beside the figures that were there before
    sources: [runTasks(context.runs, { roles: operators })],
  })
  rebuildRoute(app, { api: 'landsbond', database: context.database, runs: context.runs })
  accessLogRoute(app, {
    accessLog: context.accessLog,
    tenantOf: (personId) => seenBy(context.database, personId, context.clock.today()),
  })
}
