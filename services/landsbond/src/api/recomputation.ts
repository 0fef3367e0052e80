import { withZod } from '@ziv/http'
import type { FastifyInstance } from 'fastify'
import { differencesOf } from '../domain/figures.ts'
import { recompute } from '../returns/recompute.ts'
import type { ApiContext } from './context.ts'
import { figuresOf, readers, visibleReturn } from './render.ts'
import { recomputationSchema, returnParams } from './schemas.ts'

/** `POST /returns/{returnId}/recomputation`: nothing is stored, the proof is the answer. */
export function recomputationRoute(app: FastifyInstance, { database }: ApiContext): void {
  withZod(app).route({
    method: 'POST',
    url: '/returns/:returnId/recomputation',
    config: readers,
    schema: {
      operationId: 'recomputeReturn',
      summary: 'Fold a return again',
      description: 'Folds the events up to the positions of the return once more and compares every figure.',
      tags: ['Returns'],
      params: returnParams,
      response: { 200: recomputationSchema },
    },
    handler: async (request) => {
      const found = await visibleReturn(database, request.caller, request.params.returnId)
      const figures = await recompute(database, found)
      const differences = differencesOf(found.figures, figures)
      return {
        returnId: found.returnId,
        same: differences.length === 0,
        figures: figuresOf(figures),
        differences: differences.map(({ cell, before, after }) => ({ cell, submitted: before, recomputed: after })),
      }
    },
  })
}
