import { accessLogRoute } from '@ziv/http'
import type { FastifyInstance } from 'fastify'
import type { ApiContext } from '../context.ts'
import { decisionRoutes } from './decisions.ts'
import { insurabilityRoute } from './insurability.ts'
import { timelineRoute } from './persons.ts'
import { runRoutes } from './runs.ts'
import { seenBy } from './seen-by.ts'

/** All resources of the rights API. */
export async function rightsRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  insurabilityRoute(app, context)
  timelineRoute(app, context)
  decisionRoutes(app, context)
  runRoutes(app, context)
  accessLogRoute(app, {
    accessLog: context.accessLog,
    tenantOf: (personId) => seenBy(context, personId),
  })
}
