import type { FastifyRequest } from 'fastify'
import type { Origin } from '../commands/year-context.ts'

/** Who asks and in which conversation, for the metadata of what is stored. */
export const originOf = (request: FastifyRequest): Origin => ({
  actor: request.caller.subject,
  correlationId: request.trace.id,
})
