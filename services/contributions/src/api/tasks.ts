import { fileTasks, runTasks, taskRoute } from '@ziv/service'
import type { FastifyInstance } from 'fastify'
import type { ServiceContext } from '../service.ts'

/** Settlements and files as tasks; each role sees what it sees of their own resources. */
export function contributionTasks(scope: FastifyInstance, { intake, database }: ServiceContext): void {
  taskRoute(scope, {
    ...{ api: intake.api, scope: 'none' },
    sources: [runTasks(intake.runs, { roles: ['system', 'rizivSupervisor'] }), ...fileTasks(database, intake)],
  })
}
