import { asyncapiYaml } from '@ziv/contracts'
import type { FastifyInstance } from 'fastify'

/** `GET /doc/asyncapi.yaml`: the contract of all events, open to everyone. */
export function serveEvents(app: FastifyInstance): void {
  let yaml: string | null = null
  const options = { config: { access: 'public' }, schema: { hide: true } } as const
  app.get('/doc/asyncapi.yaml', options, async (_request, reply) => {
    yaml ??= asyncapiYaml()
    return reply.type('application/yaml').send(yaml)
  })
}
