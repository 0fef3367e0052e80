import { runTasks, storedTasks, taskRoute } from '@ziv/service'
import type { FastifyInstance } from 'fastify'
import type { ServiceContext } from '../service.ts'

/** Settlements and files of slips as tasks; each role sees what it sees of their own resources. */
export function contributionTasks(scope: FastifyInstance, { runs, database }: ServiceContext): void {
  taskRoute(scope, {
    api: 'contributions',
    access: { roles: ['system', 'rizivSupervisor', 'rsz'], scope: 'none' },
    sources: [
      runTasks(runs, {
        roles: ['system', 'rizivSupervisor'],
        resultOf: ({ runId }) => `/contributions/v1/settlementRuns/${runId}`,
      }),
      storedTasks(database, {
        ...{ kind: 'slipIntake', roles: ['system', 'rsz'], openTo: ['rsz'] },
        text: `select intake_id as task_id, received_at as started_at, completed_at as finished_at,
                      recorded + unchanged + waiting + refused as done, received as total
                 from app.slip_intakes where state <> 'receiving'`,
        resultOf: (intakeId) => `/contributions/v1/slipIntakes/${intakeId}`,
      }),
    ],
  })
}
