import { fileTasks, taskRoute } from '@ziv/service'
import type { FastifyInstance } from 'fastify'
import type { ApiContext } from '../context.ts'

/** Files as tasks: those of the own ziekenfonds, of the own insurer, or all. */
export function taskRoutes(app: FastifyInstance, { database, intake }: ApiContext): void {
  taskRoute(app, { api: intake.api, scope: 'ziekenfonds', sources: fileTasks(database, intake) })
}
