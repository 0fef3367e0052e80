import { idempotent, taskItem, withZod, writeHeaders } from '@ziv/http'
import type { Database } from '@ziv/postgres'
import { type Runs, taskOf } from '@ziv/runs'
import type { FastifyInstance } from 'fastify'
import { taskHref } from './task-route.ts'

export interface RebuildRouteOptions {
  /** Name of the API, for the address of the task. */
  readonly api: string
  readonly database: Database
  /** Runs of the service, among them the kind `rebuild`. */
  readonly runs: Pick<Runs, 'start'>
}

/** `POST /rebuilds`: makes the read models of a service again; the answer is its task, as every other long work has one. */
export function rebuildRoute(app: FastifyInstance, { api, database, runs }: RebuildRouteOptions): void {
  withZod(app).route({
    method: 'POST',
    url: '/rebuilds',
    config: { access: { roles: ['system'], scope: 'none' } },
    schema: {
      headers: writeHeaders,
      operationId: 'startRebuild',
      summary: 'Make the read models again',
      description:
        'From facts and events, in chunks, while the service runs: readers see the old figures of a chunk or the new ones. A rebuild on its way is given again; its task tells how far it is.',
      tags: ['Tasks'],
      response: { 202: taskItem },
    },
    handler: async (request, reply) =>
      idempotent(request, reply, { database }, async () => {
        const origin = { actor: request.caller.subject, correlationId: request.trace.id }
        const run = await runs.start('rebuild', {}, origin)
        const { runId: taskId, kind, startedAt } = run
        const href = taskHref(api, taskId)
        return { status: 202, headers: { Location: href }, body: { ...taskOf(run), taskId, kind, startedAt, href } }
      }),
  })
}
