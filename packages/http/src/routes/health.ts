import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

const healthStatus = (example: Health) =>
  z
    .object({
      status: z
        .enum(['UP', 'DEGRADED', 'DOWN'])
        .describe('UP: answers requests; DEGRADED: answers, but messages stand still; DOWN: does not now')
        .meta({ example }),
    })
    .meta({ title: example === 'UP' ? 'HealthStatus' : 'HealthStatusDown', description: 'State of the service' })

/** What a service says of itself. */
export type Health = 'UP' | 'DEGRADED' | 'DOWN'

/** Longest time a check may take before the service counts as down. */
const patienceMs = 2_000

/** `GET /health`: 200 UP or DEGRADED, or 503 DOWN, open to everyone, telling nothing of the inside. */
export function healthRoute(app: FastifyInstance, check: () => Promise<Health>): void {
  app.route({
    method: 'GET',
    url: '/health',
    config: { access: 'public' },
    schema: {
      operationId: 'checkHealth',
      summary: 'Check health',
      description: 'Whether the service can answer requests now.',
      tags: ['Monitoring'],
      response: { 200: healthStatus('UP'), 503: healthStatus('DOWN') },
    },
    handler: async (_request, reply) => {
      const status = await withPatience(check)
      return reply
        .code(status === 'DOWN' ? 503 : 200)
        .header('Cache-Control', 'no-store')
        .send({ status })
    },
  })
}

async function withPatience(check: () => Promise<Health>): Promise<Health> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Health>((resolve) => {
    timer = setTimeout(() => resolve('DOWN'), patienceMs)
  })
  try {
    return await Promise.race([check(), late])
  } catch {
    return 'DOWN'
  } finally {
    clearTimeout(timer)
  }
}
