import type { Database } from '@ziv/postgres'
import { storedTasks, taskRoute } from '@ziv/service'
import type { FastifyInstance } from 'fastify'
import { readers } from './access.ts'

/** Payments of advances and settlements as tasks: done at once, in the form in which every other service tells its work. */
export function rizivTasks(app: FastifyInstance, database: Database): void {
  taskRoute(app, {
    api: 'riziv',
    scope: readers.access.scope,
    sources: [
      storedTasks(database, {
        ...{ kind: 'distribution', roles: readers.access.roles, openTo: readers.access.roles },
        text: `select distribution_id as task_id, decided_at as started_at, decided_at as finished_at,
                      jsonb_array_length(shares) as done, jsonb_array_length(shares) as total from app.distributions`,
        resultOf: (distributionId) => `/riziv/v1/distributions/${distributionId}`,
      }),
    ],
  })
}
