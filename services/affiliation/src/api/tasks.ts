import { fileTasks, taskRoute } from '@ziv/service'
import type { FastifyInstance } from 'fastify'
import { MEMBER_IMPORT } from '../intake/member-file.ts'
import type { Api } from './routes.ts'

const roles = ['clerk', 'landsbondViewer', 'landsbondApprover', 'system'] as const

/** Imports of members as tasks: those of the own ziekenfonds, of the own insurer, or all. */
export function taskRoutes(app: FastifyInstance, { context: { database } }: Api): void {
  taskRoute(app, {
    api: 'affiliation',
    access: { roles, scope: 'ziekenfonds' },
    sources: [
      fileTasks(database, {
        ...{ kind: MEMBER_IMPORT, roles },
        seen: `(caller.insurer is null or f.insurer = caller.insurer)
          and (caller.ziekenfonds is null or f.ziekenfonds = caller.ziekenfonds)`,
        done: `(select coalesce(sum(c.value::bigint), 0)
          from jsonb_each_text(case when f.state = 'done' then f.counts else run.counts end) c where c.key not like '$%')`,
        total: `(f.facts ->> 'lines')::bigint`,
        // a landsbond follows the imports of its ziekenfondsen; the import itself, with its lines, is theirs
        resultOf: (importId, { roles: held }) =>
          held.some((role) => role === 'clerk' || role === 'system')
            ? `/affiliation/v1/memberImports/${importId}`
            : null,
      }),
    ],
  })
}
