import { fileTasks, taskRoute } from '@ziv/service'
import type { FastifyInstance } from 'fastify'
import type { ApiContext } from '../context.ts'

/** Files as tasks; each caller sees those it sees of their own resources. */
export function taskRoutes(app: FastifyInstance, { database, intake }: ApiContext): void {
  taskRoute(app, { api: intake.api, scope: 'own', sources: fileTasks(database, intake) })
}
