import type { FastifyInstance } from 'fastify'
import type { ApiContext } from '../context.ts'
import { affiliationRoutes } from './affiliations.ts'
import { capacityRoutes } from './capacities.ts'
import { codeListRoutes } from './code-lists.ts'
import { correctionRoutes } from './corrections.ts'
import { dependantRoutes } from './dependants.ts'
import { historyRoutes } from './history.ts'
import { lifecycleRoutes } from './lifecycle.ts'
import { personRoutes } from './persons.ts'
import { taskRoutes } from './tasks.ts'

export async function registerRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  personRoutes(app, context)
  affiliationRoutes(app, context)
  capacityRoutes(app, context)
  dependantRoutes(app, context)
  lifecycleRoutes(app, context)
  correctionRoutes(app, context)
  historyRoutes(app, context)
  codeListRoutes(app)
  await context.intake.routes(app)
  taskRoutes(app, context)
}
