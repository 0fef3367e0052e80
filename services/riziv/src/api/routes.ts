import type { Clock } from '@ziv/kernel'
import type { FastifyInstance } from 'fastify'
import { ledgerRoute } from './ledger.ts'
import { registerRoutes } from './register.ts'
import { rizivTasks } from './tasks.ts'
import { type TreasuryApi, treasuryRoutes } from './treasury.ts'

/** All resources of the RIZIV API. */
export async function rizivRoutes(app: FastifyInstance, api: TreasuryApi & { readonly clock: Clock }): Promise<void> {
  registerRoutes(app, api.clock)
  treasuryRoutes(app, api)
  ledgerRoute(app, api.database)
  rizivTasks(app, api.database)
}
