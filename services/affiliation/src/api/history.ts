import { accessLogRoute, withZod } from '@ziv/http'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { describeEvent } from '../commands/history.ts'
import { loadPerson } from '../commands/load-person.ts'
import type { ApiContext } from '../context.ts'
import { parsePersonEvent } from '../domain/person.events.ts'
import { homeOf, requireMember, visibleTo } from './access.ts'
import { answer, personParams } from './schemas.ts'

const item = answer('HistoryItem', {
  eventId: z.uuid().describe('Identifier of the event'),
  version: z.int().describe('Place in the history of the person'),
  type: z.string().describe('Kind of event'),
  recordedAt: z.string().describe('When it was recorded'),
  recordedBy: z.string().describe('Who recorded it, as the token named the caller'),
  text: z.string().describe('What happened, in the language asked for'),
})

/** Events that a former insurer may read: those before the person left it. */
export function historyRoutes(app: FastifyInstance, context: ApiContext): void {
  const { accessLog } = context
  withZod(app).route({
    method: 'GET',
    url: '/persons/:personId/history',
    config: {
      access: { roles: ['clerk', 'landsbondViewer', 'landsbondApprover', 'insured', 'system'], scope: 'person' },
    },
    schema: {
      operationId: 'getHistory',
      summary: 'What happened to a person, in plain words',
      description: 'Every event with the moment it was recorded, oldest first.',
      tags: ['Persons'],
      params: personParams,
      response: {
        200: answer('History', {
          items: z.array(item).describe('Events, oldest first'),
          total: z.int().describe('Number of events'),
        }),
      },
    },
    handler: async (request) => {
      const { personId } = request.params
      const loaded = requireMember(request.caller, await loadPerson(context, personId), 'read', context.clock.today())
      await accessLog.record(request, personId)
      const seen = visibleTo(request.caller, loaded, context.clock.today())
      const own = new Set(seen.affiliations.map((entry) => `${entry.insurer}/${entry.ziekenfonds}`))
      const all = seen === loaded.person
      const items = loaded.events.flatMap((stored) => {
        const event = parsePersonEvent(stored.type, stored.data)
        const data = event.data as { readonly insurer?: string; readonly ziekenfonds?: string }
        const mine = all || (data.insurer !== undefined && own.has(`${data.insurer}/${data.ziekenfonds}`))
        if (!mine) return []
        const { eventId, version, type, recordedAt, metadata } = stored
        const text = describeEvent(event, request.language)
        return [{ eventId, version, type, recordedAt, recordedBy: metadata.actor, text }]
      })
      return { items, total: items.length }
    },
  })
  accessLogRoute(app, {
    accessLog,
    tenantOf: async (personId) => {
      const loaded = await loadPerson(context, personId)
      return loaded && homeOf(loaded, context.clock.today())
    },
  })
}
