import { fileTasks, taskRoute } from '@ziv/service'
import type { FastifyInstance } from 'fastify'
import type { ReimbursementContext } from '../context.ts'

/** Files as tasks; each caller sees those it sees of their own resources. */
export function taskRoutes(app: FastifyInstance, { database, intake }: ReimbursementContext): void {
  taskRoute(app, { api: intake.api, scope: 'own', sources: fileTasks(database, intake) })
}
