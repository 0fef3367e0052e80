import { problem, versionedWriteHeaders, withZod } from '@ziv/http'
import { uuidV5 } from '@ziv/kernel'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { loadPerson } from '../commands/load-person.ts'
import type { ApiContext } from '../context.ts'
import type { PersonCommandOf } from '../domain/person.commands.ts'
import { factOf } from './answers.ts'
import { numbered } from './capacity-request.ts'
import { write } from './command-route.ts'
import { answer, dependantBody, personParams } from './schemas.ts'

const added = answer('DependantAdded', {
  dependantPersonId: z.uuid().describe('The dependant'),
  capacityId: z.uuid().describe('Capacity of the dependant'),
  from: z.iso.date().describe('First day of insurance'),
})

/** Adds a dependant to a holder: both are decided on and stored together, and insured with the insurer of the holder. */
export function dependantRoutes(app: FastifyInstance, context: ApiContext): void {
  withZod(app).route({
    method: 'POST',
    url: '/persons/:personId/dependants',
    config: { access: { roles: ['clerk', 'system'], scope: 'person' } },
    schema: {
      headers: versionedWriteHeaders,
      operationId: 'addDependant',
      summary: 'Add a dependant to a holder',
      description: 'Insured from the exact day the quality is acquired, with the insurer of the holder.',
      tags: ['Dependants'],
      params: personParams,
      body: dependantBody,
      response: { 201: added },
    },
    handler: async (request, reply) => {
      const { personId: holderId } = request.params
      const { dependantPersonId, kind, acquiredOn, relation, partnership, evidence } = request.body
      const requestedOn = request.body.requestedOn ?? context.clock.today()
      const build = async (id: string) => {
        if (!(await loadPerson(context, dependantPersonId))) throw problem('resourceNotFound')
        const ids = { capacityId: uuidV5(`${id}/capacity`), affiliationId: uuidV5(`${id}/affiliation`) }
        const command: PersonCommandOf<'BecomeDependant'> = {
          ...{ type: 'BecomeDependant', ...ids, kind, acquiredOn, requestedOn, evidence: numbered(id, evidence) },
          ...(relation ? { relation } : {}),
          ...(partnership ? { partnership } : {}),
        }
        return { personId: holderId, subjectId: dependantPersonId, holderId, command }
      }
      return write(context, request, reply, build, (result, { capacityId }) => {
        const { from } = factOf(result, 'CapacityAcquired', { capacityId })
        const headers = { Location: `/affiliation/v1/persons/${dependantPersonId}` }
        return { status: 201, headers, body: { dependantPersonId, capacityId, from } }
      }) as never
    },
  })
}
