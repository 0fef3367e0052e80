import type { FastifyReply } from 'fastify'
import { z } from 'zod'

/** Where long work stands. */
export const taskState = z.enum(['processing', 'failed', 'done'])

/** State of long work as its task resource answers it. */
export const taskStatus = z
  .object({
    state: taskState.describe('Where the work stands').meta({ example: 'processing' }),
    pollAfter: z.iso.datetime().optional().describe('Not worth asking before'),
    completed: z.iso.datetime().optional().describe('When the work ended'),
    progress: z
      .object({
        done: z.int().describe('Units done').meta({ example: 4000 }),
        total: z.int().optional().describe('Units in all, when known').meta({ example: 10000 }),
      })
      .optional()
      .meta({ title: 'TaskProgress', description: 'How far the work is' }),
    problem: z
      .looseObject({})
      .optional()
      .describe('The problem document of work that failed')
      .meta({ title: 'TaskProblem' }),
  })
  .meta({ title: 'LongRunningTaskStatus', description: 'State of long-running work' })
export type TaskStatus = z.infer<typeof taskStatus>

/** One line of the list of long work. */
export const taskItem = taskStatus
  .extend({
    taskId: z.uuid().describe('Identifier of the task'),
    kind: z.string().describe('What kind of work it is').meta({ example: 'settlement' }),
    startedAt: z.iso.datetime().describe('When it was taken on'),
    href: z.string().describe('Address of the task'),
  })
  .meta({ title: 'Task', description: 'Long work and how far it is' })

/** 202: the work was taken on; its task resource is at `location`. */
export function accepted(reply: FastifyReply, location: string, body?: object): FastifyReply {
  return reply.code(202).header('Location', location).send(body)
}

/** 200 with the state while the work runs, when it failed or leaves no result to read; 303 to its result when it is done. */
export function answerTask(reply: FastifyReply, status: TaskStatus, resultLocation: string | null): FastifyReply {
  if (status.state === 'done' && resultLocation !== null)
    return reply.code(303).header('Location', resultLocation).send()
  return reply.code(200).header('Cache-Control', 'no-store').send(status)
}
