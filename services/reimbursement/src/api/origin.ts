import type { Origin } from '@ziv/event-store'
import { requestDigest } from '@ziv/http'
import { type Member, tenantOf } from '@ziv/members'
import type { FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'

/** Who asks and in which conversation, for the metadata of what is stored. */
export function originOf(request: FastifyRequest): Origin {
  const digest = requestDigest(request)
  const origin = { actor: request.caller.subject, correlationId: request.trace.id }
  return digest === undefined ? origin : { ...origin, request: digest }
}

/** Whose the person is today, or was last; null when nobody is known. */
export function seenBy(context: Pick<Context, 'clock'>, person: Member | undefined) {
  const tenant = person && tenantOf(person, context.clock.today())
  return person === undefined || tenant === undefined ? null : { ...tenant, personId: person.personId }
}
