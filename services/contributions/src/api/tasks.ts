import { fileTasks, runTasks, taskRoute } from '@ziv/service'
import type { FastifyInstance } from 'fastify'
import { SLIP_INTAKE } from '../intake/slip-file.ts'
import { SETTLEMENT } from '../runs/settlement-run.ts'
import type { ServiceContext } from '../service.ts'

/** Settlements and files of slips as tasks; each role sees what it sees of their own resources. */
export function contributionTasks(scope: FastifyInstance, { runs, database }: ServiceContext): void {
  taskRoute(scope, {
    api: 'contributions',
    access: { roles: ['system', 'rizivSupervisor', 'rsz'], scope: 'none' },
    sources: [
      runTasks(runs, {
        ...{ roles: ['system', 'rizivSupervisor'], kinds: [SETTLEMENT] },
        resultOf: ({ runId }) => `/contributions/v1/settlementRuns/${runId}`,
      }),
      fileTasks(database, {
        ...{ kind: SLIP_INTAKE, roles: ['system', 'rsz'], openTo: ['rsz'] },
        done: `coalesce((f.counts ->> 'received')::bigint, (f.facts ->> 'refused')::bigint + (
          select coalesce(sum(c.value::bigint), 0) from jsonb_each_text(run.counts) c where c.key not like '$%'))`,
        // several records make one slip: how many is known at the end
        total: `coalesce((f.counts ->> 'received')::bigint, (f.facts ->> 'records')::bigint - (f.facts ->> 'withoutSlip')::bigint)`,
        resultOf: (intakeId) => `/contributions/v1/slipIntakes/${intakeId}`,
      }),
    ],
  })
}
