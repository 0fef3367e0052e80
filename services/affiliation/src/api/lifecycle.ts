import { versionedWriteHeaders, withZod } from '@ziv/http'
import { parseInsz } from '@ziv/kernel'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { finishErasures } from '../commands/erasures.ts'
import { firstEventOf, sealContext } from '../commands/event-ids.ts'
import { identityFacts } from '../commands/identity.ts'
import { refusedWith } from '../commands/refused.ts'
import type { ApiContext } from '../context.ts'
import type { SealedValue } from '../domain/capacities.ts'
import type { PersonCommand } from '../domain/person.commands.ts'
import { write } from './command-route.ts'
import { answer, deathBody, erasureBody, identifierBody, personId as idField, personParams } from './schemas.ts'

const access = { access: { roles: ['clerk', 'system'], scope: 'person' } } as const

function deathRoute(app: FastifyInstance, context: ApiContext): void {
  withZod(app).route({
    method: 'POST',
    url: '/persons/:personId/death',
    config: access,
    schema: {
      headers: versionedWriteHeaders,
      operationId: 'recordDeath',
      summary: 'Record a death',
      description: 'Affiliation and capacities end on the day of death; dependants lose that quality.',
      tags: ['Persons'],
      params: personParams,
      body: deathBody,
      response: { 200: answer('DeathRecorded', { diedOn: z.iso.date().describe('Day of death') }) },
    },
    handler: async (request, reply) => {
      const { personId } = request.params
      const { diedOn } = request.body
      const command: PersonCommand = { type: 'RecordDeath', diedOn }
      return write(
        context,
        request,
        reply,
        () => ({ personId, command }),
        () => ({ status: 200, body: { diedOn } }),
      ) as never
    },
  })
}

function indexOf(context: ApiContext, text: string): string {
  const parsed = parseInsz(text)
  if (!parsed.ok) throw refusedWith('inszInvalid', { reason: parsed.error.code })
  return context.vault.blindIndex('insz', parsed.value.insz)
}

function identifierRoute(app: FastifyInstance, context: ApiContext): void {
  withZod(app).route({
    method: 'POST',
    url: '/persons/:personId/identifierReplacements',
    config: access,
    schema: {
      headers: versionedWriteHeaders,
      operationId: 'replaceIdentifier',
      summary: 'Replace the INSZ of a person',
      description:
        'A bisnummer becomes a national number, or a register corrects one; both keep leading to the person.',
      tags: ['Persons'],
      params: personParams,
      body: identifierBody,
      response: { 201: answer('IdentifierReplaced', { personId: idField }) },
    },
    handler: async (request, reply) => {
      const { personId } = request.params
      const build = async (id: string) => {
        const previousInszIndex = indexOf(context, request.body.previousSsin)
        const { insz, bis, birthDate, sex } = identityFacts(request.body)
        const inszIndex = context.vault.blindIndex('insz', insz)
        const eventContext = sealContext(firstEventOf(id, personId), 'insz')
        const [sealed] = await context.vault.seal([{ subjectId: personId, context: eventContext, plaintext: insz }])
        const command: PersonCommand = {
          type: 'ReplaceIdentifier',
          ...{ previousInszIndex, inszIndex, bis, insz: sealed as SealedValue, birthDate },
          // a number that does not tell the sex takes away nothing that is known
          ...(sex === 'X' && request.body.sex === undefined ? {} : { sex }),
        }
        return { personId, command }
      }
      const headers = { Location: `/affiliation/v1/persons/${personId}` }
      return write(context, request, reply, build, () => ({ status: 201, headers, body: { personId } })) as never
    },
  })
}

function erasureRoute(app: FastifyInstance, context: ApiContext): void {
  withZod(app).route({
    method: 'POST',
    url: '/persons/:personId/erasure',
    config: { access: { roles: ['landsbondApprover', 'system'], scope: 'person' } },
    schema: {
      headers: versionedWriteHeaders,
      operationId: 'erasePerson',
      summary: 'Erase the personal data of a person',
      description:
        'Destroys the key of the person once no affiliation and no term of the law runs; totals and chains stay valid.',
      tags: ['Persons'],
      params: personParams,
      body: erasureBody,
      response: {
        200: answer('PersonErased', { personId: idField, erased: z.literal(true).describe('The key is destroyed') }),
      },
    },
    handler: async (request, reply) => {
      const { personId } = request.params
      const command: PersonCommand = { type: 'ErasePerson', reason: request.body.reason }
      const answer = await write(
        context,
        request,
        reply,
        () => ({ personId, command }),
        () => ({
          status: 200,
          body: { personId, erased: true },
        }),
      )
      return answer as never
    },
    // the event is stored first: a stop between the two is corrected by resume()
    preSerialization: async (_request, reply, payload) => {
      if (reply.statusCode === 200) await finishErasures(context)
      return payload
    },
  })
}

export function lifecycleRoutes(app: FastifyInstance, context: ApiContext): void {
  deathRoute(app, context)
  identifierRoute(app, context)
  erasureRoute(app, context)
}
