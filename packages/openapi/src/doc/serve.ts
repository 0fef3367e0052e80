import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { stringify } from 'yaml'
import type { ApiDescription } from '../types.ts'
import { documentOf, type OpenapiDocument } from './document.ts'
import type { DocumentedRoute } from './operation.ts'

declare module 'fastify' {
  interface FastifyInstance {
    openapiDocuments: Map<string, OpenapiDocument>
  }
}

/** Collects the routes of a scope from now on; the contract is made of them when the server is ready. */
export function collectRoutes(scope: FastifyInstance): readonly DocumentedRoute[] {
  const routes: DocumentedRoute[] = []
  scope.addHook('onRoute', (route) => {
    const methods = [route.method].flat().filter((method) => method !== 'HEAD')
    const schema = route.schema ?? {}
    if (schema.hide === true || /\/v\d+\/doc(\/|$)/.test(route.url)) return
    for (const method of methods) {
      const access = route.config?.access ?? 'public'
      routes.push({ method, url: route.url, access, streams: route.config?.body === 'stream', schema })
    }
  })
  return routes
}

/** The contract at `/doc/openapi.yaml` and `.json`, and Swagger UI at `/doc`. */
export async function serveContract(
  scope: FastifyInstance,
  name: string,
  api: ApiDescription | undefined,
  routes: readonly DocumentedRoute[],
): Promise<void> {
  // filled when all routes are known; the static mode keeps this very object
  const document = {} as OpenapiDocument
  scope.addHook('onReady', async () => {
    Object.assign(document, documentOf(name, api, routes))
    scope.openapiDocuments.set(name, document)
  })
  const open = { config: { access: 'public' }, schema: { hide: true } } as const
  // written when somebody asks for the first time: it takes longer than anything else at a start
  let yaml: string | undefined
  scope.get('/doc/openapi.yaml', open, async (_request, reply) => {
    yaml ??= stringify(document, { aliasDuplicateObjects: false, lineWidth: 0, compat: 'yaml-1.1' })
    return reply.type('application/yaml').send(yaml)
  })
  scope.get('/doc/openapi.json', open, async () => document)
  await scope.register(swagger, { mode: 'static', specification: { document: document as never } })
  await scope.register(swaggerUi, {
    routePrefix: '/doc',
    // the page names its scripts by the whole path: at /doc without a slash at the end a relative one leads elsewhere
    indexPrefix: scope.prefix,
    uiConfig: { docExpansion: 'list', deepLinking: true },
  })
}
