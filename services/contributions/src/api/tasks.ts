import { fileTasks, runTasks, taskRoute } from '@ziv/service'
import type { FastifyInstance } from 'fastify'
import { SETTLEMENT } from '../runs/settlement-run.ts'
import type { ServiceContext } from '../service.ts'

/** Settlements and files as tasks; each role sees what it sees of their own resources. */
export function contributionTasks(scope: FastifyInstance, { intake, database }: ServiceContext): void {
  taskRoute(scope, {
    ...{ api: intake.api, scope: 'none' },
    sources: [
      runTasks(intake.runs, {
        ...{ roles: ['system', 'rizivSupervisor'], kinds: [SETTLEMENT] },
        resultOf: ({ runId }) => `/contributions/v1/settlementRuns/${runId}`,
      }),
      ...fileTasks(database, intake),
    ],
  })
}
