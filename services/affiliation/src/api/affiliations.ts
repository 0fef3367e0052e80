import { assertMayAct, mayAct, versionedWriteHeaders, withZod } from '@ziv/http'
import { uuidV5 } from '@ziv/kernel'
import { loadZiekenfondsen } from '@ziv/law'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { leftByCommand } from '../commands/dependants.ts'
import { refusedWith } from '../commands/refused.ts'
import type { ApiContext } from '../context.ts'
import type { PersonCommand, PersonCommandOf } from '../domain/person.commands.ts'
import { eventsOf, factOf } from './answers.ts'
import { requestOf } from './capacity-request.ts'
import { answering, write } from './command-route.ts'
import { affiliationBody, affiliationParams, answer, endAffiliationBody, personParams, titled } from './schemas.ts'

const opened = answer('AffiliationOpened', {
  affiliationId: z.uuid().describe('Identifier of the affiliation'),
  from: z.iso.date().describe('First day of the affiliation'),
  capacityId: z.uuid().optional().describe('Identifier of the capacity, when one was given'),
  pending: z.boolean().optional().describe('True when the capacity waits for a decision of others'),
})
const ended = answer('AffiliationEnded', {
  affiliationId: z.uuid().describe('Identifier of the affiliation'),
  to: z.iso.date().describe('Last day of the affiliation'),
  dependants: z
    .array(
      titled('DependantLeft', {
        personId: z.uuid().describe('Identifier of the dependant'),
        to: z.iso.date().optional().describe('Last day of the affiliation; absent when no day of it is left'),
      }),
    )
    .describe(
      'Dependants who are members no longer because their holder left, and need another holder or a right of their own',
    ),
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
      description:
        'Capacities that still run end on the same day, and so does the affiliation of dependants without a capacity of their own: the answer names them.',
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
        async (result, _, { commandId, loaded }) => {
          // who became a dependant since the holder was read is among the changes
          const known = loaded.person.dependants.map((entry) => entry.personId)
          const others = new Set([...known, ...result.changes.map((change) => change.personId)])
          others.delete(personId)
          const left = await leftByCommand(context, others, commandId)
          const seen = left.filter((entry) => mayAct(request.caller, entry, 'read'))
          const dependants = seen.map(({ personId: id, to: last }) => ({ personId: id, ...(last ? { to: last } : {}) }))
          return { status: 200, body: { affiliationId, to, dependants } }
        },
      ) as never
    },
  })
}

export function affiliationRoutes(app: FastifyInstance, context: ApiContext): void {
  openRoute(app, context)
  endRoute(app, context)
}
