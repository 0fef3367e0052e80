import type { Origin } from '@ziv/event-store'
import type { FastifyRequest } from 'fastify'

/** Who asks and in which conversation, for the metadata of what is stored. */
export const originOf = (request: FastifyRequest): Origin => ({
  actor: request.caller.subject,
  correlationId: request.trace.id,
})
