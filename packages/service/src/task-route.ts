import { answerTask, type Caller, idInput, problem, type RouteAccess, taskStatus, withZod } from '@ziv/http'
import { type Run, type Runs, taskOf } from '@ziv/runs'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

export interface TaskRouteOptions {
  readonly runs: Pick<Runs, 'find'>
  readonly access: RouteAccess
  /** Address of what a run that is done came to. */
  readonly resultOf: (run: Run) => string
  /** Throws when the caller may not see the run. Default: whom the access of the route lets in may see every run. */
  readonly assertMaySee?: (caller: Caller, run: Run) => void
}

/** Address of the task of a run, for `Location` of the 202 that started it. */
export const taskHref = (api: string, runId: string): string => `/${api}/v1/tasks/${runId}`

/**
 * `GET /tasks/{taskId}`: the task resource of the guide for every long work of a service, whatever its kind: 200 with state and
 * progress while it is at work or when it failed, 303 to its result when it is done.
 */
export function taskRoute(app: FastifyInstance, options: TaskRouteOptions): void {
  withZod(app).route({
    method: 'GET',
    url: '/tasks/:taskId',
    config: { access: options.access },
    schema: {
      operationId: 'getTask',
      summary: 'Progress of long work',
      description:
        'State and progress while the work is on its way or when it failed; leads to the result when it is done.',
      tags: ['Tasks'],
      params: z.strictObject({ taskId: idInput('Identifier of the task') }),
      response: { 200: taskStatus },
    },
    handler: async (request, reply) => {
      const run = await options.runs.find(request.params.taskId)
      if (run === null) throw problem('resourceNotFound')
      options.assertMaySee?.(request.caller, run)
      return answerTask(reply, taskOf(run), options.resultOf(run))
    },
  })
}
