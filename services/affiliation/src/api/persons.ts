import {
  assertMayAct,
  commandId,
  idempotent,
  problem,
  settledKnownAt,
  setVersion,
  withZod,
  writeHeaders,
} from '@ziv/http'
import { type IsoDate, uuidV5 } from '@ziv/kernel'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { firstEventOf } from '../commands/event-ids.ts'
import { identityFacts, sealIdentities } from '../commands/identity.ts'
import { loadPerson } from '../commands/load-person.ts'
import { refusedWith } from '../commands/refused.ts'
import { runCommand } from '../commands/run-command.ts'
import type { ApiContext } from '../context.ts'
import { requireMember, seesIdentity, visibleTo } from './access.ts'
import { answering, metadataOf } from './command-route.ts'
import { viewOf } from './person-view.ts'
import { answer, personParams, personView, queryBody, registerBody, timeQuery } from './schemas.ts'

const reference = answer('PersonReference', {
  personId: z.uuid().describe('Identifier of the person'),
  href: z.string().describe('Address of the person'),
})
const hrefOf = (personId: string): string => `/affiliation/v1/persons/${personId}`

function registerRoute(app: FastifyInstance, context: ApiContext): void {
  withZod(app).route({
    method: 'POST',
    url: '/persons',
    config: { access: { roles: ['clerk', 'system'], scope: 'ziekenfonds' } },
    schema: {
      headers: writeHeaders,
      operationId: 'registerPerson',
      summary: 'Register a person',
      description: 'Seals the identity and makes the number lead to one person only.',
      tags: ['Persons'],
      body: registerBody,
      response: { 201: reference },
    },
    handler: async (request, reply) => {
      const { insurer, ziekenfonds } = request.caller
      assertMayAct(request.caller, { insurer, ziekenfonds })
      return answering(() =>
        idempotent(request, reply, { database: context.database }, async () => {
          const id = commandId(request)
          const personId = uuidV5(`${id}/person`)
          const facts = identityFacts(request.body)
          const inszIndex = context.vault.blindIndex('insz', facts.insz)
          const eventId = firstEventOf(id, personId)
          // asked first: sealing makes a key, and a person who exists already needs none
          const held = await context.database.query(
            'select 1 from app.insz_index where insz_index = $1 and person_id <> $2',
            [inszIndex, personId],
          )
          if (held.rowCount !== 0) throw refusedWith('inszAlreadyRegistered')
          const [identity] = await sealIdentities(context.vault, [
            { personId, eventId, insz: facts.insz, plain: request.body },
          ])
          if (!identity) throw new Error('the vault answered nothing')
          const { bis, birthDate, sex } = facts
          const registeredBy = insurer && ziekenfonds ? { registeredBy: `${insurer}/${ziekenfonds}` } : {}
          const command = {
            type: 'RegisterPerson',
            personId,
            inszIndex,
            bis,
            birthDate,
            sex,
            identity,
            ...registeredBy,
          } as const
          const metadata = { ...metadataOf(request), causationId: id }
          const { version } = await runCommand(context, { commandId: id, personId, command, metadata })
          const headers = { Location: hrefOf(personId), ETag: `"${version}"` }
          return { status: 201, headers, body: { personId, href: hrefOf(personId) } }
        }),
      ) as never
    },
  })
}

function queryRoute(app: FastifyInstance, context: ApiContext): void {
  const { accessLog } = context
  withZod(app).route({
    method: 'POST',
    url: '/persons/query',
    config: { access: { roles: ['clerk', 'system'], scope: 'none' } },
    schema: {
      operationId: 'queryPersons',
      summary: 'Find a person by INSZ',
      description: 'Answers the identifier only; whoever affiliates a person needs it whatever the insurer was before.',
      tags: ['Persons'],
      body: queryBody,
      response: {
        200: answer('PersonReferences', { items: z.array(reference).describe('The person with this number, if any') }),
      },
    },
    handler: async (request) =>
      answering(async () => {
        const inszIndex = context.vault.blindIndex('insz', request.body.ssin)
        const { rows } = await context.database.query<{ person_id: string }>({
          name: 'person_of_number',
          text: 'select person_id from app.insz_index where insz_index = $1',
          values: [inszIndex],
        })
        const found = rows.map((row) => row.person_id)
        await accessLog.record(request, ...found)
        return { items: found.map((personId) => ({ personId, href: hrefOf(personId) })) }
      }),
  })
}

function readRoute(app: FastifyInstance, context: ApiContext): void {
  const { accessLog } = context
  withZod(app).route({
    method: 'GET',
    url: '/persons/:personId',
    config: {
      access: {
        roles: ['clerk', 'landsbondViewer', 'landsbondApprover', 'rizivSupervisor', 'insured', 'system'],
        scope: 'person',
      },
    },
    schema: {
      operationId: 'getPerson',
      summary: 'A person on a day, as known at a moment',
      description:
        'Affiliations, capacities and dependants. Name and number only for clerks of the ziekenfonds and for the person.',
      tags: ['Persons'],
      params: personParams,
      querystring: timeQuery,
      response: { 200: personView },
    },
    handler: async (request, reply) => {
      const { personId } = request.params
      const today = context.clock.today()
      const asked = request.query.knownAt
      // before anything is read: the person may be the one who is being recorded
      const knownAt = asked === undefined ? undefined : await settledKnownAt(context, asked)
      const now = requireMember(request.caller, await loadPerson(context, personId), 'read', today)
      const loaded = knownAt === undefined ? now : await loadPerson(context, personId, knownAt)
      if (!loaded) throw problem('resourceNotFound')
      const logged = accessLog.record(request, personId)
      const asOf: IsoDate = request.query.asOf ?? today
      const person = visibleTo(request.caller, { ...loaded, registeredBy: now.registeredBy }, today)
      const view = await viewOf(
        context,
        { ...loaded, person },
        { asOf, knownAt, identity: seesIdentity(request.caller) && !now.person.erased },
      )
      await logged
      setVersion(reply, now.version)
      return view
    },
  })
}

export function personRoutes(app: FastifyInstance, context: ApiContext): void {
  registerRoute(app, context)
  queryRoute(app, context)
  readRoute(app, context)
}
