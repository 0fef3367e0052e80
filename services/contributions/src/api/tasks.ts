import { fileTasks, runTasks, taskRoute } from '@ziv/service'
import type { FastifyInstance } from 'fastify'
import type { ApiContext } from '../context.ts'

/** Settlements and files as tasks; each role sees what it sees of their own resources. */
export function contributionTasks(scope: FastifyInstance, { intake, database }: ApiContext): void {
  taskRoute(scope, {
    ...{ api: intake.api, scope: 'none' },
    sources: [runTasks(intake.runs, { roles: ['system', 'rizivSupervisor'] }), ...fileTasks(database, intake)],
  })
}
