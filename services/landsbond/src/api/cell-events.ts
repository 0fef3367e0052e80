import { collectionOf, cursorPageOf, cursorQuery, fromCursor, toCursor, withZod } from '@ziv/http'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiContext } from '../context.ts'
import type { Cell } from '../domain/figures.ts'
import { cellEvents } from '../projections/cell-events.ts'
import { badCursor, readers, visibleReturn } from './render.ts'
import { cell, cellEventSchema, returnParams } from './schemas.ts'

/** The supervisor proves a figure by its events; whose they are is for the ziekenfonds and its landsbond to know. */
const maySeePersons = ['clerk', 'landsbondViewer', 'landsbondApprover', 'system'] as const

/** `GET /returns/{returnId}/cells/{cell}/events`: every figure leads to the events it was folded from. */
export function cellEventRoute(app: FastifyInstance, { database, accessLog }: ApiContext): void {
  withZod(app).route({
    method: 'GET',
    url: '/returns/:returnId/cells/:cell/events',
    config: readers,
    schema: {
      operationId: 'listCellEvents',
      summary: 'Events behind a figure',
      description:
        'One event per unit of a count, or the events whose amounts add up to the figure, each with its topic, partition and offset. Persons are named by id, and only to the ziekenfonds and its landsbond; their consultation is logged.',
      tags: ['Returns'],
      params: returnParams.extend({ cell }),
      querystring: z.strictObject(cursorQuery),
      response: { 200: collectionOf('CellEvents', cellEventSchema) },
    },
    handler: async (request) => {
      const { caller, params, query } = request
      const about = await visibleReturn(database, caller, params.returnId)
      const after = query.cursor === undefined ? null : fromCursor(query.cursor)
      if (query.cursor !== undefined && after === null) throw badCursor()
      const limit = query.pageSize + 1
      const found = await cellEvents(database, about, params.cell as Cell, { after, limit })
      if (found === null) throw badCursor()
      const page = found.slice(0, query.pageSize)
      const named = caller.roles.some((role) => maySeePersons.some((one) => one === role))
      if (named) await accessLog.record(request, ...new Set(page.map((event) => event.personId)))
      const items = page.map(({ personId, amountCents, place: _, ...event }) => ({
        ...event,
        ...(amountCents === null ? {} : { amountCents }),
        ...(named ? { personId } : {}),
      }))
      const next = found.length > page.length ? toCursor(page.at(-1)!.place) : null
      return cursorPageOf(request, { items, pageSize: query.pageSize, next })
    },
  })
}
