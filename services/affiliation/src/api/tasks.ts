import { fileTasks, taskRoute } from '@ziv/service'
import type { FastifyInstance } from 'fastify'
import type { Api } from './routes.ts'

/** Files as tasks: those of the own ziekenfonds, of the own insurer, or all. */
export function taskRoutes(app: FastifyInstance, { context: { database }, intake }: Api): void {
  taskRoute(app, { api: intake.api, scope: 'ziekenfonds', sources: fileTasks(database, intake) })
}
