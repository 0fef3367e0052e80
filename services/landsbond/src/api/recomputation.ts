import { withZod } from '@ziv/http'
import type { FastifyInstance } from 'fastify'
import { recompute } from '../commands/recompute.ts'
import type { ApiContext } from '../context.ts'
import { type Difference, differencesOf } from '../domain/figures.ts'
import { placesOn, samePlaces } from '../domain/membership.ts'
import { daysOfMonth } from '../domain/month.ts'
import { capturePositions } from '../projections/positions.ts'
import { MEMBERS_CONSUMER } from '../reactors/members-consumer.ts'
import { figuresOf, readers, visibleReturn } from './render.ts'
import { recomputationSchema, returnParams } from './schemas.ts'

const told = ({ cell, before, after }: Difference) => ({ cell, submitted: before, recomputed: after })

/** `POST /returns/{returnId}/recomputation`: nothing is stored, the proof is the answer. */
export function recomputationRoute(app: FastifyInstance, { database, law }: ApiContext): void {
  withZod(app).route({
    method: 'POST',
    url: '/returns/:returnId/recomputation',
    config: readers,
    schema: {
      operationId: 'recomputeReturn',
      summary: 'Fold a return again',
      description:
        'Folds the events up to the positions of the return once more, by the law it was made with, and compares every figure; then all events until now by the law of now, to show what corrections since have changed: a new return of the month corrects it.',
      tags: ['Returns'],
      params: returnParams,
      response: { 200: recomputationSchema },
    },
    handler: async (request) => {
      const found = await visibleReturn(database, request.caller, request.params.returnId)
      const figures = await recompute(database, found)
      const differences = differencesOf(found.figures, figures)
      const { positions } = await capturePositions(database, MEMBERS_CONSUMER, found.insurer)
      const places = placesOn(law, daysOfMonth(found.month).last)
      const now = differencesOf(found.figures, await recompute(database, { ...found, positions, places }))
      return {
        returnId: found.returnId,
        same: differences.length === 0,
        figures: figuresOf(figures),
        differences: differences.map(told),
        lawChanged: !samePlaces(places, found.places),
        changedSince: now.map(told),
      }
    },
  })
}
