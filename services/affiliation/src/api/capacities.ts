import { versionedWriteHeaders, withZod } from '@ziv/http'
import { uuidV5 } from '@ziv/kernel'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { CommandResult } from '../commands/run-command.ts'
import type { ApiContext } from '../context.ts'
import type { PersonCommand, PersonCommandOf } from '../domain/person.commands.ts'
import { eventsOf } from './answers.ts'
import { requestOf } from './capacity-request.ts'
import { answering, write } from './command-route.ts'
import { answer, capacityBody, capacityParams, endCapacityBody, evidenceBody, personParams } from './schemas.ts'

const outcomeFields = {
  capacityId: z.uuid().describe('Identifier of the capacity'),
  state: z.enum(['acquired', 'pending', 'refused', 'unchanged']).describe('What became of it'),
  from: z.iso.date().optional().describe('First day of insurance in this capacity'),
  waitingFor: z.string().optional().describe('Whose decision it waits for'),
}
const outcome = answer('CapacityOutcome', outcomeFields)

/** What a command did to a capacity. */
function outcomeOf(result: CommandResult, capacityId: string): z.infer<typeof outcome> {
  for (const event of eventsOf(result, { capacityId }).toReversed()) {
    if (event.type === 'CapacityAcquired') return { capacityId, state: 'acquired', from: event.data.from }
    if (event.type === 'CapacityRequested') return { capacityId, state: 'pending', waitingFor: event.data.waitingFor }
    if (event.type === 'CapacityRefused') return { capacityId, state: 'refused' }
  }
  return { capacityId, state: 'unchanged' }
}

const access = { access: { roles: ['clerk', 'system'], scope: 'person' } } as const

function acquireRoute(app: FastifyInstance, context: ApiContext): void {
  withZod(app).route({
    method: 'POST',
    url: '/persons/:personId/capacities',
    config: access,
    schema: {
      headers: versionedWriteHeaders,
      operationId: 'acquireCapacity',
      summary: 'Insure a person in a capacity',
      description:
        'For holders; a dependant is added at the holder. The evidence is weighed, and may leave it pending.',
      tags: ['Capacities'],
      params: personParams,
      body: capacityBody,
      response: { 201: outcome },
    },
    handler: async (request, reply) =>
      answering(async () => {
        const { personId } = request.params
        const build = (id: string) => {
          const command: PersonCommandOf<'AcquireCapacity'> = {
            type: 'AcquireCapacity',
            ...requestOf(id, request.body, context.clock.today()),
          }
          return { personId, command }
        }
        return write(context, request, reply, build, (result, { capacityId }) => {
          const headers = { Location: `/affiliation/v1/persons/${personId}` }
          return { status: 201, headers, body: outcomeOf(result, capacityId) }
        })
      }) as never,
  })
}

function endRoute(app: FastifyInstance, context: ApiContext): void {
  withZod(app).route({
    method: 'POST',
    url: '/persons/:personId/capacities/:capacityId/end',
    config: access,
    schema: {
      headers: versionedWriteHeaders,
      operationId: 'endCapacity',
      summary: 'End a capacity',
      description: 'The last day on which the quality existed; the right may still run out after it.',
      tags: ['Capacities'],
      params: capacityParams,
      body: endCapacityBody,
      response: {
        200: answer('CapacityEnded', {
          capacityId: z.uuid().describe('Identifier of the capacity'),
          to: z.iso.date().describe('Last day'),
        }),
      },
    },
    handler: async (request, reply) => {
      const { personId, capacityId } = request.params
      const { to } = request.body
      const command: PersonCommand = { type: 'EndCapacity', capacityId, to }
      return write(
        context,
        request,
        reply,
        () => ({ personId, command }),
        () => ({
          status: 200,
          body: { capacityId, to },
        }),
      ) as never
    },
  })
}

function evidenceRoute(app: FastifyInstance, context: ApiContext): void {
  withZod(app).route({
    method: 'POST',
    url: '/persons/:personId/evidence',
    config: access,
    schema: {
      headers: versionedWriteHeaders,
      operationId: 'recordEvidence',
      summary: 'Add evidence to a capacity',
      description:
        'A decision that a pending capacity waited for makes it count, or closes it; a proof that is enough without that decision makes it count too.',
      tags: ['Capacities'],
      params: personParams,
      body: evidenceBody,
      response: {
        201: answer('EvidenceOutcome', {
          ...outcomeFields,
          evidenceId: z.uuid().describe('Identifier of the evidence'),
        }),
      },
    },
    handler: async (request, reply) => {
      const { personId } = request.params
      const { capacityId, evidence } = request.body
      const build = (id: string) => {
        const command: PersonCommandOf<'RecordEvidence'> = {
          type: 'RecordEvidence',
          evidenceId: uuidV5(`${id}/evidence`),
          capacityId,
          evidence,
        }
        return { personId, command }
      }
      return write(context, request, reply, build, (result, { evidenceId }) => {
        const headers = { Location: `/affiliation/v1/persons/${personId}` }
        return { status: 201, headers, body: { evidenceId, ...outcomeOf(result, capacityId) } }
      }) as never
    },
  })
}

export function capacityRoutes(app: FastifyInstance, context: ApiContext): void {
  acquireRoute(app, context)
  endRoute(app, context)
  evidenceRoute(app, context)
}
