import { assertMayAct, versionedWriteHeaders, withZod } from '@ziv/http'
import { uuidV5 } from '@ziv/kernel'
import { loadZiekenfondsen } from '@ziv/law'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { refusedWith } from '../commands/refused.ts'
import type { ApiContext } from '../context.ts'
import type { PersonCommand, PersonCommandOf } from '../domain/person.commands.ts'
import { eventsOf, factOf } from './answers.ts'
import { requestOf } from './capacity-request.ts'
import { answering, write } from './command-route.ts'
import { affiliationBody, affiliationParams, answer, endAffiliationBody, personParams } from './schemas.ts'

const opened = answer('AffiliationOpened', {
  affiliationId: z.uuid().describe('Identifier of the affiliation'),
  from: z.iso.date().describe('First day of the affiliation'),
  capacityId: z.uuid().optional().describe('Identifier of the capacity, when one was given'),
  pending: z.boolean().optional().describe('True when the capacity waits for a decision of others'),
})
const ended = answer('AffiliationEnded', {
  affiliationId: z.uuid().describe('Identifier of the affiliation'),
  to: z.iso.date().describe('Last day of the affiliation'),
})

function openRoute(app: FastifyInstance, context: ApiContext): void {
  withZod(app).route({
    method: 'POST',
    url: '/persons/:personId/affiliations',
    config: { access: { roles: ['clerk', 'system'], scope: 'ziekenfonds' } },
    schema: {
      headers: versionedWriteHeaders,
      operationId: 'affiliatePerson',
      summary: 'Affiliate a person',
      description:
        'With a ziekenfonds, the HZIV or HR Rail; with a capacity the first day follows from its start rule.',
      tags: ['Affiliations'],
      params: personParams,
      body: affiliationBody,
      response: { 201: opened },
    },
    handler: async (request, reply) => {
      const { ziekenfonds, from, capacity } = request.body
      const { personId } = request.params
      const today = context.clock.today()
      const requestedOn = request.body.requestedOn ?? today
      return answering(async () => {
        const insurer = loadZiekenfondsen().insurerOf(ziekenfonds, today)
        if (insurer === null) throw refusedWith('ziekenfondsUnknown', { ziekenfonds })
        assertMayAct(request.caller, { insurer, ziekenfonds })
        const build = (id: string) => {
          const command: PersonCommandOf<'Affiliate'> = {
            ...{ type: 'Affiliate', affiliationId: uuidV5(`${id}/affiliation`), ziekenfonds, requestedOn },
            ...(from ? { from } : {}),
            ...(capacity ? { capacity: requestOf(id, capacity, requestedOn) } : {}),
          }
          return { personId, command }
        }
        return write(
          context,
          request,
          reply,
          build,
          (result, { affiliationId, capacity: asked }) => {
            const { from: firstDay } = factOf(result, 'AffiliationOpened', { affiliationId })
            const capacityId = asked?.capacityId
            const told = capacityId === undefined ? [] : eventsOf(result, { capacityId })
            const waits = told.some(({ type }) => type === 'CapacityRequested')
            const given = capacityId === undefined ? {} : { capacityId, ...(waits ? { pending: true } : {}) }
            const body = { affiliationId, from: firstDay, ...given }
            const location = `/affiliation/v1/persons/${personId}`
            return { status: 201, headers: { Location: location }, body }
          },
          'checked',
        )
      }) as never
    },
  })
}

function endRoute(app: FastifyInstance, context: ApiContext): void {
  withZod(app).route({
    method: 'POST',
    url: '/persons/:personId/affiliations/:affiliationId/end',
    config: { access: { roles: ['clerk', 'system'], scope: 'person' } },
    schema: {
      headers: versionedWriteHeaders,
      operationId: 'endAffiliation',
      summary: 'End an affiliation',
      description: 'Capacities that still run and dependants end on the same day.',
      tags: ['Affiliations'],
      params: affiliationParams,
      body: endAffiliationBody,
      response: { 200: ended },
    },
    handler: async (request, reply) => {
      const { personId, affiliationId } = request.params
      const { to, reason } = request.body
      const command: PersonCommand = { type: 'EndAffiliation', affiliationId, to, reason }
      return write(
        context,
        request,
        reply,
        () => ({ personId, command }),
        () => ({
          status: 200,
          body: { affiliationId, to },
        }),
      ) as never
    },
  })
}

export function affiliationRoutes(app: FastifyInstance, context: ApiContext): void {
  openRoute(app, context)
  endRoute(app, context)
}
