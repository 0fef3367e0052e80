import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

const healthStatus = z
  .object({
    status: z.enum(['UP', 'DOWN']).describe('UP: answers requests; DOWN: does not now').meta({ example: 'UP' }),
  })
  .meta({ title: 'HealthStatus', description: 'State of the service' })

/** Longest time a check may take before the service counts as down. */
const patienceMs = 2_000

/** `GET /health`: 200 UP or 503 DOWN, open to everyone, telling nothing of the inside. */
export function healthRoute(app: FastifyInstance, check: () => Promise<boolean>): void {
  app.route({
    method: 'GET',
    url: '/health',
    config: { access: 'public' },
    schema: {
      operationId: 'checkHealth',
      summary: 'Check health',
      description: 'Whether the service can answer requests now.',
      tags: ['Monitoring'],
      response: { 200: healthStatus, 503: healthStatus },
    },
    handler: async (_request, reply) => {
      const up = await withPatience(check)
      return reply
        .code(up ? 200 : 503)
        .header('Cache-Control', 'no-store')
        .send({ status: up ? 'UP' : 'DOWN' })
    },
  })
}

async function withPatience(check: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs)
  })
  try {
    return await Promise.race([check(), late])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}
