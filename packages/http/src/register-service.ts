import type { FastifyInstance } from 'fastify'
import { healthRoute } from './routes/health.ts'
import type { ServiceDeps, ServiceModule } from './types.ts'

/**
 * Mounts a service under `/<name>/v1` in a scope of its own, with its health, code lists and contract. The consumers,
 * relay and resumed work of the module are started by the composition root.
 */
export async function registerService(
  app: FastifyInstance,
  module: ServiceModule,
  deps: Pick<ServiceDeps, 'database'>,
): Promise<void> {
  await app.register(
    async (scope) => {
      healthRoute(scope, async () => {
        await deps.database.query('select 1')
        return module.healthy === undefined || (await module.healthy())
      })
      await module.routes(scope)
    },
    { prefix: `/${module.name}/v1` },
  )
}
