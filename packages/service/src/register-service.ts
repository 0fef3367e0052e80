import { buildServer, healthRoute, problem, problemTypesRoute } from '@ziv/http'
import { collectRoutes, type OpenapiDocument, problemTypesOf, serveContract } from '@ziv/openapi'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { pino } from 'pino'
import { serveEvents } from './serve-events.ts'
import { messagesStandStill } from './standstill.ts'
import type { ServiceDeps, ServiceModule } from './types.ts'

/**
 * Mounts a service under `/<name>/v1` in a scope of its own, with its health, problem types and contract. The consumers,
 * relay and resumed work of the module are started by the composition root.
 */
export async function registerService(
  app: FastifyInstance,
  module: ServiceModule,
  deps: Pick<ServiceDeps, 'database'>,
): Promise<void> {
  if (!app.hasRoute({ method: 'GET', url: '/doc/asyncapi.yaml' })) serveEvents(app)
  if (!app.hasDecorator('openapiDocuments')) app.decorate('openapiDocuments', new Map())
  const mount: FastifyPluginAsync = async (scope) => {
    const routes = collectRoutes(scope)
    healthRoute(scope, async () => {
      const standing = await messagesStandStill(deps.database)
      if (module.healthy !== undefined && !(await module.healthy())) return 'DOWN'
      return standing ? 'DEGRADED' : 'UP'
    })
    problemTypesRoute(scope, problemTypesOf(module.name, module.api?.rejections ?? {}))
    await module.routes(scope)
    await serveContract(scope, module.name, module.api, routes)
  }
  await app.register(mount, { prefix: `/${module.name}/v1` })
}

type DescribedModule = Pick<ServiceModule, 'name' | 'routes' | 'api'>

/** The contract of a module without running it: for its spec (`lintOpenapi`) and the generated reference. */
export async function openapiOf(module: DescribedModule): Promise<OpenapiDocument> {
  const app = await buildServer({
    logger: pino({ level: 'silent' }),
    auth: { verify: () => Promise.reject(problem('invalidAccessToken')) },
    environment: 'sandbox',
    eventLoopDelayMaxMs: 0,
  })
  try {
    const idle: Omit<ServiceModule, keyof DescribedModule> = {
      consumers: [],
      resume: async () => undefined,
      proofs: [],
      verify: async function* () {},
      stop: async () => undefined,
    }
    await registerService(app, { ...idle, ...module }, { database: {} as ServiceDeps['database'] })
    await app.ready()
    return structuredClone(app.openapiDocuments.get(module.name)!)
  } finally {
    await app.close()
  }
}
