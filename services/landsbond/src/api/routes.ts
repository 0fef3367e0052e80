import { accessLogRoute } from '@ziv/http'
import type { FastifyInstance } from 'fastify'
import { seenBy } from '../projections/tenants.ts'
import { cellEventRoute } from './cell-events.ts'
import type { ApiContext } from './context.ts'
import { overviewRoutes } from './overview.ts'
import { recomputationRoute } from './recomputation.ts'
import { returnRoutes } from './returns.ts'

/** Every route of the service. */
export async function landsbondRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  returnRoutes(app, context)
  recomputationRoute(app, context)
  cellEventRoute(app, context)
  overviewRoutes(app, context)
  accessLogRoute(app, {
    accessLog: context.accessLog,
    tenantOf: (personId) => seenBy(context.database, personId, context.clock.today()),
  })
}
