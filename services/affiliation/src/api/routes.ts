import type { AccessLog } from '@ziv/http'
import type { Intake } from '@ziv/intake'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../commands/context.ts'
import { affiliationRoutes } from './affiliations.ts'
import { capacityRoutes } from './capacities.ts'
import { codeListRoutes } from './code-lists.ts'
import { correctionRoutes } from './corrections.ts'
import { dependantRoutes } from './dependants.ts'
import { historyRoutes } from './history.ts'
import { lifecycleRoutes } from './lifecycle.ts'
import { personRoutes } from './persons.ts'
import { taskRoutes } from './tasks.ts'

/** What the routes of this service work with. */
export interface Api {
  readonly context: Context
  readonly accessLog: AccessLog
  readonly intake: Intake
}

export async function registerRoutes(app: FastifyInstance, api: Api): Promise<void> {
  personRoutes(app, api)
  affiliationRoutes(app, api)
  capacityRoutes(app, api)
  dependantRoutes(app, api)
  lifecycleRoutes(app, api)
  correctionRoutes(app, api)
  historyRoutes(app, api)
  codeListRoutes(app)
  await api.intake.routes(app)
  taskRoutes(app, api)
}
