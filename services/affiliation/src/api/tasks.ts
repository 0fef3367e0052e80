import { storedTasks, taskRoute } from '@ziv/service'
import type { FastifyInstance } from 'fastify'
import type { Api } from './routes.ts'

const roles = ['clerk', 'landsbondViewer', 'landsbondApprover', 'system'] as const

/** Imports of members as tasks: those of the own ziekenfonds, of the own insurer, or all. */
export function taskRoutes(app: FastifyInstance, { context: { database } }: Api): void {
  taskRoute(app, {
    api: 'affiliation',
    access: { roles, scope: 'ziekenfonds' },
    sources: [
      storedTasks(database, {
        ...{ kind: 'memberImport', roles },
        text: `select import_id as task_id, started_at, finished_at, handled as done, lines as total from app.member_imports i
                where state <> 'receiving' and (caller.insurer is null or i.insurer = caller.insurer)
                  and (caller.ziekenfonds is null or i.ziekenfonds = caller.ziekenfonds)`,
        // a landsbond follows the imports of its ziekenfondsen; the import itself, with its lines, is theirs
        resultOf: (importId, { roles: held }) =>
          held.some((role) => role === 'clerk' || role === 'system')
            ? `/affiliation/v1/memberImports/${importId}`
            : null,
      }),
    ],
  })
}
