import { assertMaySee, knownAtOf, personIdInput, withZod } from '@ziv/http'
import { dateOf, yearOf } from '@ziv/kernel'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiContext } from '../context.ts'
import { decisionOn } from '../domain/answer.ts'
import { timelineKnownAt } from '../projections/timelines.ts'
import { decisionOf } from './render.ts'
import { timelineAnswer, twoDates } from './schemas.ts'
import { seenBy } from './seen-by.ts'

/** `GET /persons/{personId}/timeline`: every decision and every day in order, as known at a moment. */
export function timelineRoute(app: FastifyInstance, context: ApiContext): void {
  withZod(app).route({
    method: 'GET',
    url: '/persons/:personId/timeline',
    config: {
      access: { roles: ['clerk', 'landsbondViewer', 'insured', 'rizivSupervisor', 'system'], scope: 'person' },
    },
    schema: {
      operationId: 'getTimeline',
      summary: 'The right of a person over time',
      description: 'With asOf only the period and the decision of that day; with knownAt the knowledge of that moment.',
      tags: ['Insurability'],
      params: z.strictObject({ personId: personIdInput }),
      querystring: z.strictObject(twoDates),
      response: { 200: timelineAnswer },
    },
    handler: async (request) => {
      const { personId } = request.params
      assertMaySee(request.caller, await seenBy(context, personId))
      const knownAt = knownAtOf(context.clock, request.query.knownAt)
      const logged = context.accessLog.record(request, personId)
      const { asOf } = request.query
      const today = context.clock.today()
      const knownOn = request.query.knownAt === undefined ? today : dateOf(knownAt)
      const decidedThrough = yearOf(knownOn)
      const { timeline } = await timelineKnownAt(context.database, context.law, personId, knownAt, decidedThrough)
      const about = ({ from, to }: { from: string; to: string }): boolean =>
        asOf === undefined || (from <= asOf && to >= asOf)
      const ofDay = asOf === undefined ? null : decisionOn(timeline, asOf)
      const decisions = asOf === undefined ? timeline.decisions : ofDay === null ? [] : [ofDay]
      await logged
      return {
        personId,
        knownAt,
        decidedThrough,
        periods: timeline.periods.filter(about).map((period) => ({ ...period, insurer: period.insurer as '100' })),
        decisions: decisions.map((decision) => decisionOf(personId, decision, request.language, knownOn)),
      }
    },
  })
}
