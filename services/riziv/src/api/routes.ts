import type { FastifyInstance } from 'fastify'
import type { ApiContext } from '../context.ts'
import { ledgerRoute } from './ledger.ts'
import { registerRoutes } from './register.ts'
import { rizivTasks } from './tasks.ts'
import { treasuryRoutes } from './treasury.ts'

/** All resources of the RIZIV API. */
export async function rizivRoutes(app: FastifyInstance, api: ApiContext): Promise<void> {
  registerRoutes(app, api.clock)
  treasuryRoutes(app, api)
  ledgerRoute(app, api.database)
  rizivTasks(app, api.database)
}
