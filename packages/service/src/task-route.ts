import {
  type AccessScope,
  answerTask,
  collectionOf,
  cursorPageOf,
  cursorQuery,
  fromCursor,
  idInput,
  markChecked,
  problem,
  type RouteAccess,
  taskItem,
  toCursor,
  withZod,
} from '@ziv/http'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { allTasks, type Task, type TaskPlace, type TaskSource } from './task-sources.ts'

export interface TaskRouteOptions {
  /** Name of the API, for the addresses of its tasks. */
  readonly api: string
  /** What the tasks belong to. */
  readonly scope: AccessScope
  /** Whoever sees the work of at least one of them may call; each then says which. */
  readonly sources: readonly TaskSource[]
}

/** Address of the task of a run, for `Location` of the 202 that started it. */
export const taskHref = (api: string, runId: string): string => `/${api}/v1/tasks/${runId}`

/** `GET /tasks` and `GET /tasks/{taskId}`: the one form in which integrators follow every long work of a service. */
export function taskRoute(app: FastifyInstance, { api, scope, sources }: TaskRouteOptions): void {
  const tasks = allTasks(sources)
  const access = { roles: tasks.roles, scope }
  showTask(app, access, tasks, api)
  listTasks(app, access, tasks, api)
}

/** 200 with state and progress while the work is on its way or when it failed, 303 to its result when it is done. */
function showTask(app: FastifyInstance, access: RouteAccess, tasks: TaskSource, api: string): void {
  withZod(app).route({
    method: 'GET',
    url: '/tasks/:taskId',
    config: { access },
    schema: {
      operationId: 'getTask',
      summary: 'Progress of long work',
      description:
        'State and progress while the work is on its way or when it failed; leads to the result when it is done and has one.',
      tags: ['Tasks'],
      params: z.strictObject({ taskId: idInput('Identifier of the task') }),
      response: { 200: taskItem },
    },
    handler: async ({ caller, params }, reply) => {
      const task = await tasks.find(caller, params.taskId)
      // every source asked which tenant the caller is
      markChecked(caller)
      if (task === null) throw problem('resourceNotFound')
      return answerTask(reply, itemOf(api, task), task.result)
    },
  })
}

function listTasks(app: FastifyInstance, access: RouteAccess, tasks: TaskSource, api: string): void {
  withZod(app).route({
    method: 'GET',
    url: '/tasks',
    config: { access },
    schema: {
      operationId: 'listTasks',
      summary: 'List long work',
      description: 'The long work the caller may see, whatever its kind, the newest first.',
      tags: ['Tasks'],
      querystring: z.strictObject(cursorQuery),
      response: { 200: collectionOf('Tasks', taskItem) },
    },
    handler: async (request) => {
      const { cursor, pageSize } = request.query
      const behind = cursor === undefined ? null : placeOf(cursor)
      const found = await tasks.list(request.caller, behind, pageSize + 1)
      markChecked(request.caller)
      const items = found.slice(0, pageSize)
      const last = found.length > pageSize ? items.at(-1) : undefined
      return cursorPageOf(request, {
        items: items.map((task) => itemOf(api, task)),
        pageSize,
        next: last === undefined ? null : cursorOf(last),
      })
    },
  })
}

/** A task as the list and its own address answer it alike. */
const itemOf = (api: string, { result: _, ...task }: Task) => ({ ...task, href: taskHref(api, task.taskId) })

const cursorOf = ({ startedAt, taskId }: Task): string => toCursor(`${startedAt}/${taskId}`)

const place = z.tuple([z.iso.datetime(), z.uuid()])

function placeOf(cursor: string): TaskPlace {
  const parsed = place.safeParse(fromCursor(cursor)?.split('/'))
  if (!parsed.success) throw problem('badRequest')
  const [startedAt, taskId] = parsed.data
  return { startedAt, taskId }
}
