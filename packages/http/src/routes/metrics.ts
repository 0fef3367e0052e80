import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

declare module 'fastify' {
  interface FastifyInstance {
    metrics: Registry
  }
}

/** Durations per route template and `GET /metrics` for Prometheus. `app.metrics` takes the gauges of the host too. */
export function measure(app: FastifyInstance): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'ziv_http_request_seconds',
    help: 'Duration of HTTP requests',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  app.decorate('metrics', registry)
  // finding a series by its labels costs more than counting in it; there are as many as routes have statuses
  const series = new Map<string, Histogram.Internal<string>>()
  app.addHook('onResponse', (request, reply, done) => {
    const { method } = request
    const route = request.routeOptions.url ?? 'unknown'
    const status = String(reply.statusCode)
    const name = `${method} ${route} ${status}`
    let own = series.get(name)
    if (own === undefined) {
      own = durations.labels({ method, route, status })
      series.set(name, own)
    }
    own.observe(reply.elapsedTime / 1_000)
    done()
  })
  app.route({
    method: 'GET',
    url: '/metrics',
    config: { access: 'public' },
    schema: { hide: true },
    handler: async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  })
}
